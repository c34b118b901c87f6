#pragma once

// Bytes from one worker to the writer thread without a lock: one producer, one consumer, a power of
// two of memory. A line goes in whole or not at all. Indices only grow; their difference is what is
// in the ring.

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <string_view>

namespace gateway::observe {

class LogRing {
public:
    static constexpr std::size_t default_capacity = 1024 * 1024;

    /// `capacity` must be a power of two.
    explicit LogRing(std::size_t capacity = default_capacity);

    /// Producer. False when there is no room; nothing was written then.
    bool push(std::string_view line);

    /// Consumer: what is there, in order; the second piece is what wrapped round. Valid until
    /// consume().
    std::array<std::string_view, 2> peek() const;
    void consume(std::size_t bytes);

private:
    std::unique_ptr<char[]> memory_;
    std::size_t mask_;
    // Each side writes its own cache line, and looks at the other's only when it must.
    alignas(64) std::atomic<std::size_t> written_{0};
    std::size_t seen_consumed_ = 0; ///< the producer's last look at consumed_
    alignas(64) std::atomic<std::size_t> consumed_{0};
};

} // namespace gateway::observe
