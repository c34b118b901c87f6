#include "policy/rule/policy_use.hpp"

namespace policy::rule {

PolicyUse::PolicyUse(const config::Model& model) {
    for (const config::Policy& policy : model.policies) rules_.emplace(policy.name, &policy.rule);
    for (const config::Route& route : model.routes) follow(route.rule);
}

void PolicyUse::follow(const config::Rule& rule) {
    for (const config::Entry& entry : rule.entries) {
        for (const config::Rule& inner : entry.rules) follow(inner);
        if (entry.kind != config::EntryKind::policy || entry.names.empty()) continue;
        const auto policy = rules_.find(entry.names.front());
        if (policy != rules_.end() && used_.insert(policy->first).second) follow(*policy->second);
    }
}

} // namespace policy::rule
