#include "policy/review/values.hpp"

#include <algorithm>
#include <string>

namespace policy::review {

namespace {

using config::Operator;

std::optional<double> number_of(const decltype(config::Scalar::value)& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value))
        return static_cast<double>(*integer);
    if (const auto* real = std::get_if<double>(&value)) return *real;
    return std::nullopt;
}

bool is_equal(const decltype(config::Scalar::value)& a, const decltype(config::Scalar::value)& b) {
    const auto x = number_of(a), y = number_of(b);
    return x && y ? *x == *y : a == b;
}

bool holds_template(const config::Scalar& scalar) {
    const auto* text = std::get_if<std::string>(&scalar.value);
    return text && text->find('{') != std::string::npos;
}

} // namespace

void Values::narrow(const config::Condition& condition) {
    const auto& operands = condition.operands;
    if (condition.op == Operator::exists) {
        const auto* there = std::get_if<bool>(&operands.front().value);
        if (there) (*there ? must_be_there_ : must_be_absent_) = true;
        return;
    }
    must_be_there_ = true;
    if (std::ranges::any_of(operands, holds_template)) return;
    const auto number = number_of(operands.front().value);
    switch (condition.op) {
    case Operator::equals:
    case Operator::one_of: return allow(condition);
    case Operator::not_equals:
    case Operator::none_of:
        for (const config::Scalar& scalar : operands) forbidden_.push_back(scalar.value);
        return;
    case Operator::at_least:
        if (number) least_ = std::max(least_.value_or(*number), *number);
        return;
    case Operator::at_most:
        if (number) most_ = std::min(most_.value_or(*number), *number);
        return;
    default: return;
    }
}

void Values::allow(const config::Condition& condition) {
    std::vector<Value> both;
    for (const config::Scalar& scalar : condition.operands)
        if (!allowed_ || std::ranges::any_of(*allowed_, [&](const Value& value) {
                return is_equal(value, scalar.value);
            }))
            both.push_back(scalar.value);
    allowed_ = std::move(both);
}

bool Values::is_shut_out(const Value& value) const {
    const auto is_it = [&](const Value& other) { return is_equal(value, other); };
    if (std::ranges::any_of(forbidden_, is_it)) return true;
    if (!least_ && !most_) return false;
    const auto number = number_of(value);
    return !number || (least_ && *number < *least_) || (most_ && *number > *most_);
}

bool Values::is_empty() const {
    if (must_be_there_ && must_be_absent_) return true;
    if (least_ && most_ && *least_ > *most_) return true;
    return allowed_ &&
           std::ranges::all_of(*allowed_, [&](const Value& value) { return is_shut_out(value); });
}

} // namespace policy::review
