#pragma once

// Which named policies the routes use, also through other policies.

#include "config/model.hpp"

#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace policy::rule {

class PolicyUse {
public:
    /// Points into `model`.
    explicit PolicyUse(const config::Model& model);

    bool is_used(std::string_view policy) const { return used_.contains(policy); }

private:
    void follow(const config::Rule& rule);

    std::unordered_map<std::string_view, const config::Rule*> rules_;
    std::unordered_set<std::string_view> used_;
};

} // namespace policy::rule
