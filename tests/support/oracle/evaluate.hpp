#pragma once

// The rule language once more, by its contract (docs/configuration.md) and by nothing else: slow,
// plain, and without a line of policy/rule. Where the two disagree, one of them is wrong.

#include "config/model.hpp"
#include "tests/support/oracle/situation.hpp"

namespace support::oracle {

enum class Truth {
    no,
    yes,
    unclear ///< cannot be judged, and so holds neither as it stands nor under `none`
};

Truth evaluate(const config::Rule& rule, const Situation& situation);

} // namespace support::oracle
