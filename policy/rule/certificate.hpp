#pragma once

// `certificate: { subject, san, fingerprint }`: matchers on the verified certificate of the client.
// Without one the entry does not hold, whatever it asks, `exists: false` included.

#include "policy/rule/node.hpp"

namespace policy {
struct Admission;
class Trace;
} // namespace policy

namespace policy::rule {

/// A matcher of `san` holds where one of the names fulfils all of it. Allocates nothing without a
/// trace.
Truth judge_certificate(const Node& node, const Admission& admission, Trace* trace);

} // namespace policy::rule
