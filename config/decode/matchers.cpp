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
    std::string_view description;
};

constexpr std::array operators = {
    OperatorKey{"equals", Operator::equals, Operand::scalar, "Is this value, of this type"},
    OperatorKey{"not_equals", Operator::not_equals, Operand::scalar,
                "Is there, and is not this value"},
    OperatorKey{"one_of", Operator::one_of, Operand::scalars, "Is one of these values"},
    OperatorKey{"none_of", Operator::none_of, Operand::scalars,
                "Is there, and is none of these values"},
    OperatorKey{"contains", Operator::contains, Operand::scalar, "Is a list that holds this"},
    OperatorKey{"contains_any", Operator::contains_any, Operand::scalars,
                "Is a list that holds one of these"},
    OperatorKey{"contains_all", Operator::contains_all, Operand::scalars,
                "Is a list that holds all of these"},
    OperatorKey{"prefix", Operator::prefix, Operand::text, "Is a text that begins with this"},
    OperatorKey{"suffix", Operator::suffix, Operand::text, "Is a text that ends with this"},
    OperatorKey{"matches", Operator::matches, Operand::text,
                "Is a text that this RE2 expression matches from its begin to its end"},
    OperatorKey{"at_least", Operator::at_least, Operand::number, "Is a number, this or greater"},
    OperatorKey{"at_most", Operator::at_most, Operand::number, "Is a number, this or smaller"},
    OperatorKey{"exists", Operator::exists, Operand::boolean, "Is there at all, or is not"},
};

/// In a request everything is a text.
constexpr Shape request_value = shape::form({});

constexpr KeyFacts facts(const OperatorKey& key, const Shape& value) {
    const auto with = [&](const Shape& shape) {
        return KeyFacts{key.name, Need::optional, shape, key.description};
    };
    switch (key.operand) {
    case Operand::scalar: return with(value);
    case Operand::scalars: return with(shape::list_of(value));
    case Operand::text: return with(shape::text);
    case Operand::number: return with(shape::number);
    case Operand::boolean: break;
    }
    return with(shape::boolean);
}

template <const Shape& value> Table operator_table(std::string_view name) {
    return {.name = name,
            .size = operators.size(),
            .key = [](std::size_t i) { return facts(operators[i], value); },
            .least = 1};
}

Table claim_operators() { return operator_table<shape::scalar>("claim_operators"); }
Table request_operators() { return operator_table<request_value>("request_operators"); }

template <const Shape& value> constexpr Shape values = shape::list_of(value);
template <Table (*table)()> constexpr Shape conditions = shape::mapping(table);
template <const Shape& value, Table (*table)()>
constexpr Shape matcher_of = shape::either(value, values<value>, conditions<table>);

std::string texts_of(Subjects subjects) {
    return subjects == Subjects::request ? "a header or query parameter"
                                         : "a part of a certificate";
}

/// Reads the conditions on one subject. A header, a query parameter and a part of a certificate are
/// always texts, so a number can never match.
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
        std::optional<Scalar> scalar = read_operand(node, operand);
        if (!scalar) return;
        scalar->from_variable = node.replaced;
        condition.operands.push_back(std::move(*scalar));
    }

    std::optional<Scalar> read_operand(const Node& node, Operand operand) {
        if (operand == Operand::boolean) {
            const std::optional<bool> value = decoder_.boolean(node);
            return value ? std::optional(Scalar{node.at, *value}) : std::nullopt;
        }
        if (operand == Operand::text) return read_text(node);
        if (operand == Operand::number) return read_number(node);
        return subjects_ == Subjects::claims ? read_scalar(node) : read_request_value(node);
    }

    std::optional<Scalar> read_text(const Node& node) {
        std::optional<std::string> text = decoder_.text(node);
        return text ? std::optional(Scalar{node.at, std::move(*text)}) : std::nullopt;
    }

    std::optional<Scalar> read_number(const Node& node) {
        if (subjects_ != Subjects::claims) {
            decoder_.error(node.at,
                           texts_of(subjects_) + " is a text and cannot be compared with a number",
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

constexpr std::array<std::string_view, 3> certificate_parts = {"subject", "san", "fingerprint"};

/// What may stand before the colon, or why not.
void check_subject(Decoder& decoder, const Member& entry, Subjects subjects) {
    if (subjects == Subjects::request && !is_request_subject(entry.key))
        decoder.error(entry.at, in_backticks(entry.key) + " is no part of a request",
                      "write header.NAME or query.NAME");
    if (subjects == Subjects::certificate &&
        std::ranges::find(certificate_parts, entry.key) == certificate_parts.end())
        decoder.unknown_key(entry, certificate_parts, {entry.at, "`certificate`"});
    if (entry.key.empty() || find_control(entry.key) != std::string::npos)
        decoder.error(entry.at, "this name is empty or holds a control byte");
}

/// Tools print fingerprints in either case, with colons or without; they are compared in one form.
void normalise_fingerprints(Decoder& decoder, std::vector<Condition>& conditions) {
    for (Condition& condition : conditions)
        for (Scalar& scalar : condition.operands) {
            auto* text = std::get_if<std::string>(&scalar.value);
            if (!text) continue;
            std::erase(*text, ':');
            *text = lower_case(*text);
            if (text->size() != 64 || text->find_first_not_of("0123456789abcdef") != text->npos)
                decoder.error(scalar.at, "a SHA-256 fingerprint has 64 hex digits",
                              "see `openssl x509 -noout -fingerprint -sha256 -in FILE`");
        }
}

} // namespace

const Shape claim_matcher = matcher_of<shape::scalar, claim_operators>;
const Shape request_matcher = matcher_of<request_value, request_operators>;

void read_matches(Decoder& decoder, const Member& member, Subjects subjects,
                  std::vector<Match>& out) {
    const Node& node = member.value;
    if (!decoder.is_mapping(node, in_backticks(member.key))) return;
    if (node.members.empty())
        decoder.error(node.at, "this mapping is empty",
                      subjects == Subjects::claims    ? "name a claim"
                      : subjects == Subjects::request ? "name a header or query parameter"
                                                      : "name subject, san or fingerprint");
    for (const Member& entry : node.members) {
        check_subject(decoder, entry, subjects);
        Match& match = out.emplace_back();
        match.at = entry.at;
        match.subject = entry.key;
        MatcherReader(decoder, subjects, match.conditions).read(entry.value);
        if (subjects == Subjects::certificate && entry.key == "fingerprint")
            normalise_fingerprints(decoder, match.conditions);
    }
}

} // namespace config::decode
