#pragma once

// A compiled rule: a tree that evaluates without allocation, and knows the line it came from.

#include "config/error.hpp"
#include "config/model.hpp"
#include "policy/reason.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace policy {
struct Admission;
class Trace;
} // namespace policy

namespace policy::rule {

struct Node; // node.hpp

/// Some of Rule::shadows(), one bit each.
using ShadowSet = std::uint64_t;

class Rule {
public:
    Rule();
    Rule(Rule&&) noexcept;
    Rule& operator=(Rule&&) noexcept;
    ~Rule();

    /// Resolves policies (a cycle is an error), compiles matchers, checks operand types. The result
    /// points into `model`. Bounds: 64 levels, 10,000 nodes with the policies inlined, 64 of them
    /// in shadow mode.
    static Rule compile(const config::Rule& rule, const config::Model& model,
                        const std::vector<std::string>& parameters, config::Problems& problems);

    bool empty() const { return !root_; }
    const Node* root() const { return root_.get(); }
    /// The scopes that the rule names outside `none`, each once, space separated: what a client may
    /// want to ask for.
    std::string scopes() const;
    /// Where the rules in shadow mode stand: "access", "access.all[0]", "policies.staff.none[1]". A
    /// policy's is there once, however often the policy is used. A rule inside a rule in shadow
    /// mode is part of that one.
    const std::vector<std::string>& shadows() const { return shadows_; }

private:
    std::unique_ptr<Node> root_;
    std::vector<std::string> shadows_;
};

struct Verdict {
    Reason reason =
        Reason::allowed; ///< allowed, insufficient_scope, step_up_required or rule_denied
    const config::Entry* entry = nullptr; ///< the first entry that decided against
    bool shadow_denied = false;           ///< it would be no if rules in shadow mode decided
    bool shadow_allowed = false;          ///< it would be yes then
    ShadowSet shadow_rules = 0;           ///< which of them make the difference
    std::string_view acr_values;          ///< step_up_required
    std::optional<long long> max_age;     ///< step_up_required, seconds
};

/// Without a token (admission.proof is null) every entry about claims is false. An entry that
/// cannot be judged (a header or parameter sent twice, a broken escape, no room) denies, under
/// `none` as well. `trace` may be nullptr; with one, every entry is looked at, else the first that
/// decides ends it.
Verdict evaluate(const Rule& rule, const Admission& admission, Trace* trace);

} // namespace policy::rule
