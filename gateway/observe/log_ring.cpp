#include "gateway/observe/log_ring.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace gateway::observe {

LogRing::LogRing(std::size_t capacity) : memory_(new char[capacity]), mask_(capacity - 1) {
    assert((capacity & mask_) == 0);
}

bool LogRing::push(std::string_view line) {
    const std::size_t capacity = mask_ + 1;
    const std::size_t written = written_.load(std::memory_order_relaxed);
    if (line.size() > capacity - (written - seen_consumed_)) {
        seen_consumed_ = consumed_.load(std::memory_order_acquire);
        if (line.size() > capacity - (written - seen_consumed_)) return false;
    }
    const std::size_t at = written & mask_;
    const std::size_t first = std::min(line.size(), capacity - at);
    std::memcpy(memory_.get() + at, line.data(), first);
    std::memcpy(memory_.get(), line.data() + first, line.size() - first);
    written_.store(written + line.size(), std::memory_order_release);
    return true;
}

std::array<std::string_view, 2> LogRing::peek() const {
    const std::size_t consumed = consumed_.load(std::memory_order_relaxed);
    const std::size_t size = written_.load(std::memory_order_acquire) - consumed;
    const std::size_t at = consumed & mask_;
    const std::size_t first = std::min(size, mask_ + 1 - at);
    return {std::string_view(memory_.get() + at, first),
            std::string_view(memory_.get(), size - first)};
}

void LogRing::consume(std::size_t bytes) {
    consumed_.store(consumed_.load(std::memory_order_relaxed) + bytes, std::memory_order_release);
}

} // namespace gateway::observe
