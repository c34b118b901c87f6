#include "policy/rule/contradiction.hpp"
#include "policy/rule/matcher.hpp"

#include <re2/re2.h>

#include <cmath>
#include <string_view>

namespace policy::rule {

namespace {

using config::Operator;

constexpr std::size_t max_pattern = 1024; ///< bytes of a regular expression
constexpr std::int64_t pattern_memory = 1 << 20;

struct Context {
    Matcher::Subjects subjects;
    const std::vector<std::string>& parameters;
    const std::string& file;
    config::Problems& problems;

    void error(config::Position at, std::string message, std::string hint = {}) const {
        problems.push_back(
            {config::Severity::error, file, at, std::move(message), std::move(hint), {}});
    }
};

bool takes_list(Operator op) {
    return op == Operator::one_of || op == Operator::none_of || op == Operator::contains_any ||
           op == Operator::contains_all;
}

bool is_about_arrays(Operator op) {
    return op == Operator::contains || op == Operator::contains_any || op == Operator::contains_all;
}

bool is_about_numbers(Operator op) { return op == Operator::at_least || op == Operator::at_most; }

bool is_about_strings(Operator op) {
    return op == Operator::prefix || op == Operator::suffix || op == Operator::matches;
}

JsonNumber number_of(std::int64_t value) { return {true, value, static_cast<double>(value)}; }

/// What the operator can never be true for is a mistake, not a rule.
std::string_view why_impossible(Operator op, const config::Scalar& scalar, const Context& context) {
    const auto& value = scalar.value;
    const bool is_string = std::holds_alternative<std::string>(value);
    const auto* real = std::get_if<double>(&value);
    if (real && !std::isfinite(*real)) return "not a finite number";
    if (op == Operator::exists)
        return std::holds_alternative<bool>(value) ? "" : "`exists` takes true or false";
    if (is_about_numbers(op))
        return real || std::holds_alternative<std::int64_t>(value)
                   ? ""
                   : "`at_least` and `at_most` take a number";
    if (is_about_strings(op) && !is_string) return "`prefix`, `suffix` and `matches` take a string";
    if (is_about_strings(op) && std::get<std::string>(value).empty())
        return "an empty string here matches everything or nothing";
    if (context.subjects == Matcher::Subjects::request && !is_string)
        return "values of a request are strings; put the value in quotes";
    return "";
}

Operand compile_operand(Operator op, const config::Scalar& scalar, const Context& context) {
    if (const auto* text = std::get_if<std::string>(&scalar.value)) {
        if (op == Operator::matches) return Text::make_literal(*text); // braces count there
        return Text::compile(*text, scalar.at, context.parameters, context.file, context.problems);
    }
    if (const auto* boolean = std::get_if<bool>(&scalar.value)) return *boolean;
    if (const auto* integer = std::get_if<std::int64_t>(&scalar.value)) return number_of(*integer);
    if (const auto* real = std::get_if<double>(&scalar.value)) return JsonNumber{false, 0, *real};
    return nullptr;
}

std::unique_ptr<re2::RE2> compile_pattern(const config::Scalar& scalar, const Context& context) {
    const std::string& text = std::get<std::string>(scalar.value);
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_never_capture(true);
    options.set_max_mem(pattern_memory);
    auto pattern = std::make_unique<re2::RE2>(text, options);
    if (text.size() > max_pattern)
        context.error(scalar.at, "a regular expression has at most 1024 bytes");
    else if (!pattern->ok())
        context.error(scalar.at, "not an RE2 regular expression: " + pattern->error());
    return pattern;
}

void compile_check(const config::Condition& condition, Matcher::Check& check,
                   const Context& context) {
    const Operator op = condition.op;
    if (condition.operands.empty() || (condition.operands.size() > 1 && !takes_list(op)))
        return context.error(condition.at, takes_list(op) ? "a list that is not empty is expected"
                                                          : "one value is expected");
    if (context.subjects == Matcher::Subjects::request &&
        (is_about_arrays(op) || is_about_numbers(op)))
        return context.error(condition.at,
                             "values of a request are strings; this operator never holds for one",
                             "use equals, one_of, prefix, suffix or matches");
    for (const config::Scalar& scalar : condition.operands) {
        const std::string_view why = why_impossible(op, scalar, context);
        if (!why.empty()) return context.error(scalar.at, std::string(why));
        check.operands.push_back(compile_operand(op, scalar, context));
    }
    if (op == Operator::matches) check.pattern = compile_pattern(condition.operands[0], context);
}

} // namespace

Matcher Matcher::compile(const config::Match& match, Subjects subjects,
                         const std::vector<std::string>& parameters, const std::string& file,
                         config::Problems& problems) {
    const Context context{subjects, parameters, file, problems};
    Matcher matcher;
    const std::size_t problems_before = problems.size();
    if (match.conditions.empty()) context.error(match.at, "a matcher needs at least one condition");
    for (const config::Condition& condition : match.conditions) {
        Check check;
        check.settings = &condition;
        compile_check(condition, check, context);
        matcher.checks_.push_back(std::move(check));
    }
    if (problems.size() == problems_before)
        if (auto found = find_contradiction(match))
            context.error(found->at, std::move(found->message), "remove one of them");
    return matcher;
}

} // namespace policy::rule
