#pragma once

#include "config/model.hpp"

#include <string>

namespace config::decode {

/// A place in the file that names something defined elsewhere in it.
struct Reference {
    enum class Kind { issuer, upstream, policy };
    Kind kind = Kind::upstream;
    std::string name;
    Position at;
    bool is_secret = false; ///< the name came from a variable: no message shows it
};

} // namespace config::decode
