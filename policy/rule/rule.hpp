#pragma once

// A compiled rule: a tree that evaluates without allocation, and knows the line it came from.

#include "config/error.hpp"
#include "config/model.hpp"
#include "policy/address.hpp"
#include "policy/reason.hpp"
#include "policy/rule/text.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace policy {
struct Admission;
class Trace;
}

namespace policy::rule {

struct Node; // evaluate.cpp's own

class Rule {
public:
    Rule();
    Rule(Rule&&) noexcept;
    Rule& operator=(Rule&&) noexcept;
    ~Rule();

    /// Resolves policies (a cycle is an error), compiles matchers, checks operand types.
    static Rule compile(const config::Rule& rule, const config::Model& model,
                        const std::vector<std::string>& parameters, config::Problems& problems);

    bool empty() const { return !root_; }
    const Node* root() const { return root_.get(); }

private:
    std::unique_ptr<Node> root_;
};

struct Verdict {
    Reason reason = Reason::allowed;     ///< allowed, insufficient_scope, step_up_required or rule_denied
    const config::Entry* entry = nullptr;///< the first entry that decided against
    bool shadow_denied = false;          ///< a rule in shadow mode would have said no
};

/// Without a token (admission.proof is null) every entry about claims is false. `trace` may be nullptr.
Verdict evaluate(const Rule& rule, const Admission& admission, Trace* trace);

} // namespace policy::rule
