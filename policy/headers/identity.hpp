#pragma once

// Identity headers are written by the gateway or are absent. What a client sends under such a name,
// in any spelling that a server may fold into it (case, '_' or '.' for '-'), is dropped on every
// route, public ones too.

#include "policy/message.hpp"

#include <string>
#include <vector>

namespace policy::headers {

/// `name` in lower case, with '-' for '_' and '.'.
std::string fold_name(std::string_view name);

/// `names` are folded and sorted. A name with '_' is dropped whatever it is: CGI-like servers
/// cannot tell it from '-'.
void drop_identity(RequestHead& head, const std::vector<std::string>& names);

} // namespace policy::headers
