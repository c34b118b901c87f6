#pragma once

// What a decision on one route looks at, and so what its record holds: claims, headers and query
// parameters of its rules and templates, and what the configuration lists beside them. Compiled
// with a snapshot that has a decision log.
//
// A text is recorded as it is only where it is vocabulary of authorization (`iss`, `aud`, scopes,
// roles, groups, client ids, `acr`) or listed; else its keyed digest. Numbers, booleans and null
// are always recorded as they are.

#include "config/model.hpp"
#include "policy/route/table.hpp"
#include "policy/rule/claim_path.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace policy::record {

/// Members of a claims set, as far as they are recorded.
struct ClaimTree {
    std::string name;
    bool whole = false;                   ///< with everything below it
    bool clear = false;                   ///< texts as they are
    std::vector<std::string> clear_texts; ///< these as they are, whatever `clear` says
    std::vector<ClaimTree> children;

    ClaimTree& add(const std::vector<std::string>& steps, bool as_it_is);
    const ClaimTree* find(std::string_view member) const;
};

struct NamedPart {
    std::string name; ///< of a header in lower case
    bool clear = false;
};

struct Interest {
    ClaimTree claims;                        ///< the root; it has no name
    std::vector<NamedPart> headers, queries; ///< sorted by name
};

/// Never recorded, not even as a digest.
bool is_secret_header(std::string_view lower_case_name);
bool is_secret_query(std::string_view name);

/// Top-level claims that every record holds where the token has them: that one is not there says
/// that the token did not have it.
bool is_always_recorded(std::string_view claim);

/// A path of `log` that cannot be read is an error of the configuration, and is left out.
Interest make_interest(const route::Route& route, const config::Model& model,
                       const config::DecisionLog& log);

} // namespace policy::record
