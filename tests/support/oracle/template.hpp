#pragma once

// Templates and claim paths, by their contract.

#include "tests/support/oracle/situation.hpp"

#include <string>

namespace support::oracle {

struct Filled {
    enum class State { filled, missing, unclear };
    enum class Empty { is_missing, counts };
    State state = State::missing;
    std::string text;
};

/// Every `{...}` in `text` replaced.
Filled fill(const std::string& text, const Situation& situation,
            Filled::Empty empty = Filled::Empty::is_missing);

/// `name`, `name.name`, or a name with "://".
const Json* find_claim(const Json& claims, const std::string& path);

} // namespace support::oracle
