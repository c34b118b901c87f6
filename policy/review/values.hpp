#pragma once

// What a claim's value may still be after some conditions: enough to see that none is left.

#include "config/model.hpp"

#include <optional>
#include <vector>

namespace policy::review {

class Values {
public:
    /// Takes one more condition that must hold. Templates, patterns and types are not looked into.
    void narrow(const config::Condition& condition);

    /// True when no value fits all the conditions.
    bool is_empty() const;

private:
    using Value = decltype(config::Scalar::value);

    void allow(const config::Condition& condition);
    bool is_shut_out(const Value& value) const;

    std::optional<std::vector<Value>> allowed_; ///< nothing: any
    std::vector<Value> forbidden_;
    std::optional<double> least_, most_;
    bool must_be_there_ = false, must_be_absent_ = false;
};

} // namespace policy::review
