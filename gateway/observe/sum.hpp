#pragma once

#include <cstdint>

namespace gateway::observe {

/// One number of every owner of cells, added up.
template <class Owners, class Read> std::uint64_t sum(const Owners& owners, Read read) {
    std::uint64_t total = 0;
    for (const auto* owner : owners) total += read(*owner).read();
    return total;
}

} // namespace gateway::observe
