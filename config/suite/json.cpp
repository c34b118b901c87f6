#include "config/decode/scalar.hpp"
#include "config/json_string.hpp"
#include "config/suite/areas.hpp"
#include "config/text.hpp"

#include <variant>

namespace config::suite {
namespace {

std::optional<std::string> read_plain(Decoder& decoder, const Node& node) {
    std::string why, hint;
    const std::optional<Scalar> scalar = decode::parse_plain(node.text, node.at, why, hint);
    if (!scalar) {
        decoder.error(node.at, Decoder::shown(node) + " " + why, hint);
        return std::nullopt;
    }
    // Numbers and booleans look in JSON as they look here.
    return std::holds_alternative<std::string>(scalar->value) ? json_string(node.text) : node.text;
}

std::optional<std::string> read_scalar(Decoder& decoder, const Node& node) {
    if (find_invalid_utf8(node.text) != std::string::npos ||
        node.text.find('\0') != std::string::npos) {
        decoder.error(node.at, "this text cannot stand in a token");
        return std::nullopt;
    }
    return node.quoted ? json_string(node.text) : read_plain(decoder, node);
}

std::optional<std::string> read_list(Decoder& decoder, const Node& node) {
    std::string out = "[";
    bool good = true;
    for (const Node& item : node.items) {
        const std::optional<std::string> value = read_json(decoder, item);
        good = good && value;
        if (value) out += (out.size() > 1 ? "," : "") + *value;
    }
    return good ? std::optional(out + ']') : std::nullopt;
}

std::optional<std::string> read_object(Decoder& decoder, const Node& node) {
    std::string out = "{";
    bool good = true;
    for (const Member& member : node.members) {
        const std::optional<std::string> value = read_json(decoder, member.value);
        good = good && value;
        if (value) out += (out.size() > 1 ? "," : "") + json_string(member.key) + ':' + *value;
    }
    return good ? std::optional(out + '}') : std::nullopt;
}

} // namespace

std::optional<std::string> read_json(Decoder& decoder, const Node& node) {
    switch (node.kind) {
    case NodeKind::scalar: return read_scalar(decoder, node);
    case NodeKind::sequence: return read_list(decoder, node);
    case NodeKind::mapping: return read_object(decoder, node);
    case NodeKind::nothing: break;
    case NodeKind::refused: return std::nullopt;
    }
    if (!node.text.empty()) return "null";
    decoder.mismatch(node, "a value", "write null if you mean it");
    return std::nullopt;
}

} // namespace config::suite
