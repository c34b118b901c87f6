#include "policy/rule/contradiction.hpp"

#include "policy/rule/describe.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace policy::rule {

namespace {

using config::Condition;
using config::Operator;
using config::Scalar;

/// Every value is held against every operand: beyond this, a mistake is left to be found by use.
constexpr std::size_t most_operands = 1000;

/// What an operator needs its subject to be.
enum class Domain : std::uint8_t { anything, scalar, text, number, list };

Domain domain_of(Operator op) {
    switch (op) {
    case Operator::equals:
    case Operator::not_equals:
    case Operator::one_of:
    case Operator::none_of: return Domain::scalar;
    case Operator::contains:
    case Operator::contains_any:
    case Operator::contains_all: return Domain::list;
    case Operator::prefix:
    case Operator::suffix:
    case Operator::matches: return Domain::text;
    case Operator::at_least:
    case Operator::at_most: return Domain::number;
    case Operator::exists: break;
    }
    return Domain::anything;
}

std::string_view words_for(Domain domain) {
    constexpr std::array<std::string_view, 5> words = {"", "single values", "texts", "numbers",
                                                       "lists"};
    return words[static_cast<std::size_t>(domain)];
}

bool can_meet(Domain a, Domain b) {
    if (a == b || a == Domain::anything || b == Domain::anything) return true;
    return (a == Domain::scalar && b != Domain::list) || (b == Domain::scalar && a != Domain::list);
}

std::string name_of(const Condition& condition) {
    std::string text = "`";
    text += to_string(condition.op);
    return text + "`";
}

std::optional<long double> number_of(const Scalar& scalar) {
    if (const auto* integer = std::get_if<std::int64_t>(&scalar.value)) return *integer;
    if (const auto* real = std::get_if<double>(&scalar.value)) return *real;
    return std::nullopt;
}

bool is_template(const Scalar& scalar) {
    const auto* text = std::get_if<std::string>(&scalar.value);
    return text && text->find_first_of("{}") != text->npos;
}

bool is_same(const Scalar& a, const Scalar& b) {
    const auto x = number_of(a), y = number_of(b);
    return x || y ? x == y : a.value == b.value;
}

bool has(const Condition& condition, const Scalar& value) {
    return std::ranges::any_of(condition.operands, [&](const Scalar& operand) {
        return is_template(operand) || is_same(operand, value);
    });
}

/// Refuses for certain: a template among its operands may be any value, this one too.
bool excludes(const Condition& condition, const Scalar& value) {
    return std::ranges::any_of(condition.operands, [&](const Scalar& operand) {
        return !is_template(operand) && is_same(operand, value);
    });
}

bool fits_text(const Condition& condition, const Scalar& value) {
    const auto* text = std::get_if<std::string>(&value.value);
    if (!text) return false;
    const Scalar& operand = condition.operands.front();
    const std::string& wanted = std::get<std::string>(operand.value);
    if (condition.op == Operator::matches) {
        re2::RE2::Options options;
        options.set_log_errors(false);
        const re2::RE2 pattern(wanted, options);
        return !pattern.ok() || re2::RE2::FullMatch(*text, pattern);
    }
    if (is_template(operand)) return true;
    return condition.op == Operator::prefix ? text->starts_with(wanted) : text->ends_with(wanted);
}

/// Whether a value may fulfil the condition.
bool may_fit(const Condition& condition, const Scalar& value) {
    if (is_template(value)) return true;
    switch (condition.op) {
    case Operator::equals:
    case Operator::one_of: return has(condition, value);
    case Operator::not_equals:
    case Operator::none_of: return !excludes(condition, value);
    case Operator::prefix:
    case Operator::suffix:
    case Operator::matches: return fits_text(condition, value);
    case Operator::at_least:
    case Operator::at_most: break;
    default: return true;
    }
    const auto number = number_of(value), bound = number_of(condition.operands.front());
    if (!number || !bound) return false;
    return condition.op == Operator::at_least ? *number >= *bound : *number <= *bound;
}

std::optional<Contradiction> compare(const Condition& first, const Condition& second) {
    const auto is_missing = [](const Condition& condition) {
        return condition.op == Operator::exists && !std::get<bool>(condition.operands[0].value);
    };
    if (is_missing(first) || is_missing(second))
        return Contradiction{second.at,
                             "a claim that is missing matches nothing else: " + name_of(first) +
                                 " and " + name_of(second) + " can never hold together"};
    const Domain a = domain_of(first.op), b = domain_of(second.op);
    if (!can_meet(a, b))
        return Contradiction{second.at, name_of(first) + " looks at " + std::string(words_for(a)) +
                                            ", " + name_of(second) + " at " +
                                            std::string(words_for(b)) +
                                            ": they can never hold together"};
    const bool bounds = (first.op == Operator::at_least && second.op == Operator::at_most) ||
                        (first.op == Operator::at_most && second.op == Operator::at_least);
    if (!bounds) return std::nullopt;
    const Condition& least = first.op == Operator::at_least ? first : second;
    const Condition& most = first.op == Operator::at_least ? second : first;
    if (number_of(least.operands[0]) <= number_of(most.operands[0])) return std::nullopt;
    return Contradiction{second.at, "`at_least` is more than `at_most`: no number is both"};
}

} // namespace

std::optional<Contradiction> find_contradiction(const config::Match& match) {
    const auto& all = match.conditions;
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t j = i + 1; j < all.size(); ++j)
            if (auto found = compare(all[i], all[j])) return found;
    std::size_t operands = 0;
    for (const Condition& condition : all) operands += condition.operands.size();
    for (const Condition& chosen : all) {
        if (chosen.op != Operator::equals && chosen.op != Operator::one_of) continue;
        if (operands > most_operands) continue;
        const bool possible = std::ranges::any_of(chosen.operands, [&](const Scalar& value) {
            return std::ranges::all_of(
                all, [&](const Condition& other) { return may_fit(other, value); });
        });
        if (!possible)
            return Contradiction{chosen.at, "no value of " + name_of(chosen) +
                                                " fulfils the other conditions beside it"};
    }
    return std::nullopt;
}

} // namespace policy::rule
