#pragma once

// Rules compared as they are written: the same, or asking for at least as much.

#include "config/model.hpp"

namespace policy::review {

/// The same kind with the same operands. Different texts that mean the same are not the same.
bool is_same(const config::Entry& a, const config::Entry& b);

/// Every entry of `less` stands in `more` too, lists of what must be granted perhaps longer: where
/// `more` holds, `less` does.
bool asks_for_all_of(const config::Rule& more, const config::Rule& less);

} // namespace policy::review
