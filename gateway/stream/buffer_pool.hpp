#pragma once

// Blocks of one size, for one thread, given out last-in first-out so that the warm one is used
// next. A connection holds a block only while there are bytes in it.

#include <cstddef>
#include <vector>

namespace gateway {

struct Block {
    char* data = nullptr;
    std::size_t size = 0;
    explicit operator bool() const { return data != nullptr; }
};

class BufferPool {
public:
    /// `keep`: how many free blocks stay; what comes back beyond that is freed.
    BufferPool(std::size_t block_size, std::size_t keep) : size_(block_size), keep_(keep) {}
    BufferPool(const BufferPool&) = delete;
    BufferPool& operator=(const BufferPool&) = delete;
    ~BufferPool() { trim(); }

    Block take() {
        if (free_.empty()) return {new char[size_], size_};
        Block block{free_.back(), size_};
        free_.pop_back();
        return block;
    }

    void give(Block block) {
        if (!block) return;
        if (block.size == size_ && free_.size() < keep_)
            free_.push_back(block.data);
        else
            delete[] block.data;
    }

    std::size_t block_size() const { return size_; }

    /// Blocks of the old size are freed as they come back.
    void set_block_size(std::size_t size) {
        if (size == size_) return;
        trim();
        size_ = size;
    }

private:
    void trim() {
        for (char* data : free_) delete[] data;
        free_.clear();
    }

    std::size_t size_;
    std::size_t keep_;
    std::vector<char*> free_;
};

} // namespace gateway
