#pragma once

// What the record of a decision does not tell. A rule is then evaluated twice: once as if every
// comparison that cannot be made worked against the request, and once as if it worked for it. Where
// both come to the same, the record tells enough. Never used on the request path.

#include "policy/rule/node.hpp"

#include <vector>

namespace policy::rule {

class Redactions {
public:
    virtual ~Redactions() = default;
    virtual bool hides(const NamedMatcher& named, const Matcher::Check& check) const = 0;
    /// Places of scopes, roles or groups.
    virtual bool hides(const std::vector<ClaimPath>& places) const = 0;
    virtual bool hides_certificate() const = 0;

    bool in_favour = false; ///< what cannot be compared works for the request
};

} // namespace policy::rule
