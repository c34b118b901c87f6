#include "policy/rule/matcher.hpp"

#include "policy/admission.hpp"

#include <re2/re2.h>

#include <limits>

namespace policy::rule {

namespace {

using config::Operator;

bool is_scalar(const Subject& subject) {
    return subject.text ||
           !(subject.claim->is(JsonType::array) || subject.claim->is(JsonType::object));
}

std::optional<std::string_view> string_of(const Subject& subject) {
    if (subject.text) return subject.text;
    if (subject.claim->is(JsonType::string)) return subject.claim->text();
    return {};
}

/// Holds every 64-bit integer and every double exactly, so that nothing is equal by rounding.
long double exact(const JsonNumber& number) {
    return number.is_integer ? static_cast<long double>(number.integer)
                             : static_cast<long double>(number.real);
}
static_assert(std::numeric_limits<long double>::digits >= 64);

int compare(const JsonNumber& a, const JsonNumber& b) {
    return exact(a) < exact(b) ? -1 : exact(a) > exact(b);
}

Truth truth(bool value) { return value ? Truth::yes : Truth::no; }

/// A text that is missing matches nothing; one that cannot be read for sure breaks the rule.
Truth broken_or_no(TextError error) {
    return error == TextError::missing ? Truth::no : Truth::broken;
}

/// One operand against one scalar; `found` holds when the types and the values are the same.
Truth equals(const Operand& operand, const Subject& subject, const Admission& admission) {
    if (const auto* text = std::get_if<Text>(&operand)) {
        // Evaluated before the types are looked at: a template without value is false under
        // not_equals as well.
        const auto wanted = text->evaluate(admission);
        if (!wanted) return broken_or_no(wanted.error());
        const auto found = string_of(subject);
        return truth(found && *found == *wanted);
    }
    if (subject.text) return Truth::no;
    const JsonValue& claim = *subject.claim;
    if (const auto* number = std::get_if<JsonNumber>(&operand))
        return truth(claim.is(JsonType::number) && compare(claim.number(), *number) == 0);
    if (const auto* boolean = std::get_if<bool>(&operand))
        return truth(claim.is(JsonType::boolean) && claim.boolean() == *boolean);
    return truth(claim.is(JsonType::null));
}

/// Whether every text among the operands has a value; no and broken as in equals().
Truth operands_hold(const Matcher::Check& check, const Admission& admission) {
    for (const Operand& operand : check.operands) {
        const auto* text = std::get_if<Text>(&operand);
        if (!text || text->is_literal()) continue;
        if (const auto value = text->evaluate(admission); !value)
            return broken_or_no(value.error());
    }
    return Truth::yes;
}

Truth equals_one(const Matcher::Check& check, const Subject& subject, const Admission& admission) {
    for (const Operand& operand : check.operands)
        if (const Truth found = equals(operand, subject, admission); found != Truth::no)
            return found;
    return Truth::no;
}

Truth array_has(const Operand& operand, const JsonValue& array, const Admission& admission) {
    for (auto element = array.first(); element; element = element->next())
        if (const Truth found = equals(operand, {*element, {}}, admission); found != Truth::no)
            return found;
    return Truth::no;
}

Truth contains(const Matcher::Check& check, const Subject& subject, const Admission& admission) {
    if (!subject.claim || !subject.claim->is(JsonType::array)) return Truth::no;
    const bool any = check.settings->op == Operator::contains_any;
    for (const Operand& operand : check.operands) {
        const Truth found = array_has(operand, *subject.claim, admission);
        if (found == Truth::broken || (found == Truth::yes) == any) return found;
    }
    return truth(!any);
}

Truth affix(const Matcher::Check& check, const Subject& subject, const Admission& admission) {
    const auto wanted = std::get<Text>(check.operands[0]).evaluate(admission);
    if (!wanted) return broken_or_no(wanted.error());
    const auto found = string_of(subject);
    if (!found || wanted->empty()) return Truth::no;
    return truth(check.settings->op == Operator::prefix ? found->starts_with(*wanted)
                                                        : found->ends_with(*wanted));
}

Truth matches(const Matcher::Check& check, const Subject& subject) {
    const auto found = string_of(subject);
    return truth(found && re2::RE2::FullMatch(re2::StringPiece(found->data(), found->size()),
                                              *check.pattern));
}

Truth is_bounded(const Matcher::Check& check, const Subject& subject) {
    if (!subject.claim || !subject.claim->is(JsonType::number)) return Truth::no;
    const int order = compare(subject.claim->number(), std::get<JsonNumber>(check.operands[0]));
    return truth(check.settings->op == Operator::at_least ? order >= 0 : order <= 0);
}

Truth negate(Truth value) { return value == Truth::broken ? value : truth(value == Truth::no); }

} // namespace

Matcher::Matcher() = default;
Matcher::Matcher(Matcher&&) noexcept = default;
Matcher& Matcher::operator=(Matcher&&) noexcept = default;
Matcher::~Matcher() = default;

Truth Matcher::evaluate(const Check& check, const Subject& subject, const Admission& admission) {
    if (check.settings->op == Operator::exists)
        return truth(subject.exists() == std::get<bool>(check.operands[0]));
    if (!subject.exists()) return Truth::no;
    if (const Truth ready = operands_hold(check, admission); ready != Truth::yes) return ready;
    switch (check.settings->op) {
    case Operator::equals:
    case Operator::one_of:
        return is_scalar(subject) ? equals_one(check, subject, admission) : Truth::no;
    case Operator::not_equals:
    case Operator::none_of:
        return is_scalar(subject) ? negate(equals_one(check, subject, admission)) : Truth::no;
    case Operator::contains:
    case Operator::contains_any:
    case Operator::contains_all: return contains(check, subject, admission);
    case Operator::prefix:
    case Operator::suffix: return affix(check, subject, admission);
    case Operator::matches: return matches(check, subject);
    case Operator::at_least:
    case Operator::at_most: return is_bounded(check, subject);
    case Operator::exists: break;
    }
    return Truth::no;
}

Truth Matcher::evaluate(const Subject& subject, const Admission& admission) const {
    for (const Check& check : checks_)
        if (const Truth held = evaluate(check, subject, admission); held != Truth::yes) return held;
    return Truth::yes;
}

} // namespace policy::rule
