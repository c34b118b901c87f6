#include "tests/support/oracle/situation.hpp"

#include <variant>

namespace support::oracle {
namespace {

std::string to_text(const config::Scalar& scalar) {
    if (const auto* text = std::get_if<std::string>(&scalar.value)) return '"' + *text + '"';
    if (const auto* value = std::get_if<bool>(&scalar.value)) return *value ? "true" : "false";
    if (const auto* value = std::get_if<std::int64_t>(&scalar.value)) return std::to_string(*value);
    if (const auto* value = std::get_if<double>(&scalar.value)) return std::to_string(*value);
    return "null";
}

/// Kinds and operators by their number: the order of config/model.hpp.
std::string to_text(const config::Rule& rule, const std::string& indent) {
    std::string out;
    for (const config::Entry& entry : rule.entries) {
        out += indent + "entry " + std::to_string(static_cast<int>(entry.kind));
        for (const std::string& name : entry.names) out += ' ' + name;
        if (entry.duration.count()) out += ' ' + std::to_string(entry.duration.count()) + " ms";
        for (const config::Match& match : entry.matches)
            for (const config::Condition& condition : match.conditions) {
                out += ' ' + match.subject + " operator " +
                       std::to_string(static_cast<int>(condition.op));
                for (const config::Scalar& operand : condition.operands)
                    out += ' ' + to_text(operand);
            }
        out += '\n';
        for (const config::Rule& inner : entry.rules)
            out += indent + (inner.shadow ? "- shadow\n" : "-\n") + to_text(inner, indent + "  ");
    }
    return out;
}

} // namespace

std::string describe(const Situation& situation, const config::Rule& rule) {
    std::string out = to_text(rule, "");
    out += situation.has_token ? "claims " + print(situation.claims) : "no token";
    out += "\ncustomer " + situation.customer;
    for (const auto& [name, value] : situation.headers) out += "\nheader " + name + ": " + value;
    for (const auto& [name, value] : situation.query) out += "\nquery " + name + "=" + value;
    return out + '\n';
}

} // namespace support::oracle
