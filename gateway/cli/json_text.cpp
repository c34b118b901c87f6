#include "gateway/cli/json_text.hpp"

namespace gateway::cli {
namespace {

void append_children(std::string& out, const policy::JsonValue& value) {
    const bool object = value.is(policy::JsonType::object);
    out += object ? '{' : '[';
    const char* separator = "";
    for (auto child = value.first(); child; child = child->next()) {
        out += separator;
        if (object) {
            policy::append_json_string(out, child->name());
            out += ':';
        }
        append_json(out, *child);
        separator = ",";
    }
    out += object ? '}' : ']';
}

} // namespace

void append_json(std::string& out, const policy::JsonValue& value) {
    switch (value.type()) {
    case policy::JsonType::null: out += "null"; break;
    case policy::JsonType::boolean: out += value.boolean() ? "true" : "false"; break;
    case policy::JsonType::number: out += value.text(); break;
    case policy::JsonType::string: policy::append_json_string(out, value.text()); break;
    case policy::JsonType::array:
    case policy::JsonType::object: append_children(out, value); break; // depth: parse_json's
    }
}

std::string json_string(std::string_view text) {
    std::string out;
    policy::append_json_string(out, text);
    return out;
}

} // namespace gateway::cli
