#pragma once

// What a header that the gateway writes may carry.

#include <string_view>

namespace policy::headers {

/// At most 4 KiB of valid UTF-8, without control characters (C0, DEL, C1) and without white space
/// around: a receiver would cut that off, and then see another value than the one that was decided
/// on.
bool is_forwardable(std::string_view value);

} // namespace policy::headers
