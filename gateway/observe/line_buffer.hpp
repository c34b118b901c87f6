#pragma once

// Text that one line is put together in. It keeps its memory, and appending is inline:
// std::string's append is a call into the library each time, and an access-log line takes sixty of
// them.

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

namespace gateway::observe {

class LineBuffer {
public:
    void clear() { size_ = 0; }
    std::string_view view() const { return {memory_.get(), size_}; }

    void append(std::string_view text) {
        char* to = room(text.size());
        if (!text.empty()) std::memcpy(to, text.data(), text.size());
        size_ += text.size();
    }
    void append(char c) {
        *room(1) = c;
        ++size_;
    }
    template <class Integer> void append_number(Integer value) {
        constexpr std::size_t longest = 20; // of a 64-bit integer with its sign
        char* to = room(longest);
        size_ += static_cast<std::size_t>(std::to_chars(to, to + longest, value).ptr - to);
    }

private:
    char* room(std::size_t size) {
        if (capacity_ - size_ < size) grow(size);
        return memory_.get() + size_;
    }
    void grow(std::size_t size) {
        const std::size_t capacity = std::max(2 * capacity_, size_ + size + 1024);
        std::unique_ptr<char[]> memory(new char[capacity]);
        if (size_ > 0) std::memcpy(memory.get(), memory_.get(), size_);
        memory_ = std::move(memory);
        capacity_ = capacity;
    }

    std::unique_ptr<char[]> memory_;
    std::size_t size_ = 0, capacity_ = 0;
};

/// Not zero when one of these eight bytes cannot stand in a JSON string, or on a terminal, as it
/// is: a control byte, one beyond ASCII, '"' or '\'. A false alarm only ever follows a true one.
inline std::uint64_t find_special(std::uint64_t eight) {
    constexpr std::uint64_t ones = 0x0101010101010101u, high = 0x8080808080808080u;
    const auto below = [=](std::uint64_t bytes, std::uint64_t limit) {
        return (bytes - ones * limit) & ~bytes & high;
    };
    return (eight & high) | below(eight, ' ') | below(eight ^ (ones * '"'), 1) |
           below(eight ^ (ones * '\\'), 1) | below(eight ^ (ones * 0x7f), 1);
}

/// True when no byte is special. Looks at eight at a time; the last eight overlap those before.
inline bool is_plain(std::string_view text) {
    const auto load = [&](std::size_t at, std::size_t size) {
        std::uint64_t bytes = 0x3030303030303030u; // '0', which is plain, where there is no text
        std::memcpy(&bytes, text.data() + at, size);
        return bytes;
    };
    const std::size_t size = text.size();
    std::uint64_t special = 0;
    if (size >= 8) {
        for (std::size_t at = 0; at + 8 < size; at += 8) special |= find_special(load(at, 8));
        return (special | find_special(load(size - 8, 8))) == 0;
    }
    if (size >= 4) return (find_special(load(0, 4)) | find_special(load(size - 4, 4))) == 0;
    for (std::size_t at = 0; at < size; ++at) special |= find_special(load(at, 1));
    return special == 0;
}

} // namespace gateway::observe
