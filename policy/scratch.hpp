#pragma once

// Memory for what a decision makes on the way: the normal path, template values, an answer's text.
// A bump allocator that one exchange owns: nothing is freed before reset(), which keeps the first
// block. Single-threaded. Beyond `limit` bytes allocate() answers nullptr, and the caller says no.

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace policy {

class Scratch {
public:
    static constexpr std::size_t first_block = 4 * 1024;
    static constexpr std::size_t limit = 256 * 1024;

    Scratch() = default;
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    char* allocate(std::size_t size) {
        if (size > left_ && !grow(size)) return nullptr;
        char* memory = next_;
        next_ += size;
        left_ -= size;
        return memory;
    }

    /// A copy that lives until reset(); data() is nullptr when there is no room.
    std::string_view copy(std::string_view text) {
        char* memory = allocate(text.size());
        if (!memory) return {};
        if (!text.empty()) std::memcpy(memory, text.data(), text.size());
        return {memory, text.size()};
    }

    void reset() {
        more_.clear();
        total_ = first_block;
        next_ = first_;
        left_ = first_block;
    }

private:
    bool grow(std::size_t size) {
        const std::size_t block = std::max(size, 2 * first_block);
        if (total_ + block > limit) return false;
        more_.push_back(std::make_unique<char[]>(block));
        total_ += block;
        next_ = more_.back().get();
        left_ = block;
        return true;
    }

    char first_[first_block];
    char* next_ = first_;
    std::size_t left_ = first_block;
    std::size_t total_ = first_block;
    std::vector<std::unique_ptr<char[]>> more_;
};

} // namespace policy
