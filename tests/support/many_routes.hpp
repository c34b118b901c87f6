#pragma once

// A configuration with as many routes as one likes: literal, typed and rest patterns in turn, below
// services of twenty routes each, all of them with rules.

#include <cstddef>
#include <string>

namespace support {

/// A whole file; route `i` is the i-th.
std::string many_routes(std::size_t count);

/// A normal path that route `i` takes, and no other.
std::string path_of_route(std::size_t i);

} // namespace support
