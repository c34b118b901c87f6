#pragma once

// Choices out of bytes: a fuzzer's, or those of a seeded generator. The same bytes make the same
// choices; when they run out, every choice is the first.

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>

namespace support::oracle {

class Choices {
public:
    explicit Choices(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

    std::size_t below(std::size_t count) { return next() % count; }
    /// True once in `times`.
    bool once_in(std::size_t times) { return below(times) == times - 1; }
    template <class List> const auto& pick(const List& list) {
        return *(std::begin(list) + static_cast<std::ptrdiff_t>(below(std::size(list))));
    }

private:
    std::size_t next() {
        if (bytes_.empty()) return 0;
        const std::uint8_t byte = bytes_.front();
        bytes_ = bytes_.subspan(1);
        return byte;
    }
    std::span<const std::uint8_t> bytes_;
};

} // namespace support::oracle
