#pragma once

// What the upstream is told about the client's side of the connection.

#include "policy/admission.hpp"

namespace policy::headers {

/// Adds X-Forwarded-For, -Proto and -Host, and drops every X-Forwarded-* of the client except a
/// trusted proxy's others. A trusted proxy's chain is continued, and its Proto, Host and Port stand
/// where they are well-formed; else they say what we saw ourselves, and Port is left out. False
/// when there is no room.
bool add_forwarded(Admission& admission, bool trusted);

} // namespace policy::headers
