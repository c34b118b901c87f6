#include "config/decode/areas.hpp"
#include "config/decode/scalar.hpp"
#include "config/text.hpp"

#include <algorithm>
#include <array>

namespace config::decode {
namespace {

enum class Operand { scalar, scalars, text, number, boolean };

struct OperatorKey {
    std::string_view name;
    Operator op;
    Operand operand;
};

constexpr std::array operators = {
    OperatorKey{"equals", Operator::equals, Operand::scalar},
    OperatorKey{"not_equals", Operator::not_equals, Operand::scalar},
    OperatorKey{"one_of", Operator::one_of, Operand::scalars},
    OperatorKey{"none_of", Operator::none_of, Operand::scalars},
    OperatorKey{"contains", Operator::contains, Operand::scalar},
    OperatorKey{"contains_any", Operator::contains_any, Operand::scalars},
    OperatorKey{"contains_all", Operator::contains_all, Operand::scalars},
    OperatorKey{"prefix", Operator::prefix, Operand::text},
    OperatorKey{"suffix", Operator::suffix, Operand::text},
    OperatorKey{"matches", Operator::matches, Operand::text},
    OperatorKey{"at_least", Operator::at_least, Operand::number},
    OperatorKey{"at_most", Operator::at_most, Operand::number},
    OperatorKey{"exists", Operator::exists, Operand::boolean},
};

/// Reads the conditions on one subject. A header or a query parameter is always a text, so a number
/// can never match.
class MatcherReader {
public:
    MatcherReader(Decoder& decoder, Subjects subjects, std::vector<Condition>& out)
        : decoder_(decoder), subjects_(subjects), out_(out) {}

    void read(const Node& node) {
        switch (node.kind) {
        case NodeKind::sequence: return add(node.at, Operator::one_of, Operand::scalars, node);
        case NodeKind::mapping: return read_operators(node);
        default: return add(node.at, Operator::equals, Operand::scalar, node);
        }
    }

private:
    void read_operators(const Node& node) {
        if (node.members.empty())
            decoder_.error(node.at, "this matcher asks for nothing",
                           "write a value, a list or operators");
        for (const Member& member : node.members) {
            const auto found =
                std::find_if(operators.begin(), operators.end(),
                             [&](const OperatorKey& key) { return key.name == member.key; });
            if (found != operators.end())
                add(member.at, found->op, found->operand, member.value);
            else
                unknown_operator(node, member);
        }
    }

    void unknown_operator(const Node& node, const Member& member) {
        // {path.id} without quotes: the reader of a scalar explains it.
        const bool is_template = node.members.size() == 1 && member.value.kind == NodeKind::nothing;
        if (is_template) return decoder_.mismatch(node, "a value or operators");
        std::vector<std::string_view> names;
        for (const OperatorKey& key : operators) names.push_back(key.name);
        decoder_.unknown_key(member, names, {member.at, "a matcher"});
    }

    void add(Position at, Operator op, Operand operand, const Node& node) {
        Condition condition{.at = at, .op = op, .operands = {}};
        if (operand == Operand::scalars) {
            if (!decoder_.is_list(node, "values")) return;
            for (const Node& item : node.items) add_operand(condition, item, Operand::scalar);
        } else {
            add_operand(condition, node, operand);
        }
        if (!condition.operands.empty()) out_.push_back(std::move(condition));
    }

    void add_operand(Condition& condition, const Node& node, Operand operand) {
        if (std::optional<Scalar> scalar = read_operand(node, operand))
            condition.operands.push_back(std::move(*scalar));
    }

    std::optional<Scalar> read_operand(const Node& node, Operand operand) {
        if (operand == Operand::boolean) {
            const std::optional<bool> value = decoder_.boolean(node);
            return value ? std::optional(Scalar{node.at, *value}) : std::nullopt;
        }
        if (operand == Operand::text) return read_text(node);
        if (operand == Operand::number) return read_number(node);
        return subjects_ == Subjects::request ? read_request_value(node) : read_scalar(node);
    }

    std::optional<Scalar> read_text(const Node& node) {
        std::optional<std::string> text = decoder_.text(node);
        return text ? std::optional(Scalar{node.at, std::move(*text)}) : std::nullopt;
    }

    std::optional<Scalar> read_number(const Node& node) {
        if (subjects_ == Subjects::request) {
            decoder_.error(
                node.at,
                "a header or query parameter is a text and cannot be compared with a number",
                "use `matches`, or compare a claim");
            return std::nullopt;
        }
        if (node.kind == NodeKind::scalar && !node.quoted) {
            if (const auto integer = parse_integer(node.text)) return Scalar{node.at, *integer};
            if (const auto decimal = parse_decimal(node.text)) return Scalar{node.at, *decimal};
        }
        decoder_.mismatch(node, "a number", node.quoted ? "write it without quotes" : "");
        return std::nullopt;
    }

    std::optional<Scalar> read_scalar(const Node& node) {
        if (node.kind == NodeKind::nothing && !node.text.empty()) return Scalar{node.at, nullptr};
        if (node.kind != NodeKind::scalar) {
            decoder_.mismatch(node, "a value",
                              node.kind == NodeKind::nothing ? "write null if you mean it" : "");
            return std::nullopt;
        }
        if (node.quoted)
            return node.text.empty() ? Scalar{node.at, std::string()} : read_text(node);
        std::string why, hint;
        std::optional<Scalar> scalar = parse_plain(node.text, node.at, why, hint);
        if (!scalar) decoder_.error(node.at, Decoder::shown(node) + " " + why, hint);
        return scalar;
    }

    std::optional<Scalar> read_request_value(const Node& node) {
        // A variable may happen to hold digits; it is a text here all the same.
        if (node.replaced) return read_text(node);
        std::optional<Scalar> scalar = read_scalar(node);
        if (!scalar || std::holds_alternative<std::string>(scalar->value)) return scalar;
        decoder_.error(node.at, "a header or query parameter is always a text",
                       "quote it: " + in_quotes(node.text));
        return std::nullopt;
    }

    Decoder& decoder_;
    Subjects subjects_;
    std::vector<Condition>& out_;
};

bool is_request_subject(std::string_view subject) {
    constexpr std::string_view header = "header.", query = "query.";
    if (subject.starts_with(header)) return is_token(subject.substr(header.size()));
    return subject.starts_with(query) && subject.size() > query.size();
}

} // namespace

void read_matches(Decoder& decoder, const Member& member, Subjects subjects,
                  std::vector<Match>& out) {
    const Node& node = member.value;
    const bool is_request = subjects == Subjects::request;
    if (!decoder.is_mapping(node, is_request ? "`request`" : "`claims`")) return;
    if (node.members.empty())
        decoder.error(node.at, "this mapping is empty",
                      is_request ? "name a header or query parameter" : "name a claim");
    for (const Member& entry : node.members) {
        if (is_request && !is_request_subject(entry.key))
            decoder.error(entry.at, in_backticks(entry.key) + " is no part of a request",
                          "write header.NAME or query.NAME");
        if (entry.key.empty() || find_control(entry.key) != std::string::npos)
            decoder.error(entry.at, "this name is empty or holds a control byte");
        Match& match = out.emplace_back();
        match.at = entry.at;
        match.subject = entry.key;
        MatcherReader(decoder, subjects, match.conditions).read(entry.value);
    }
}

} // namespace config::decode
