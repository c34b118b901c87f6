#include "tests/support/oracle/plain_json.hpp"

namespace support::oracle {

const Json* Json::find(const std::string& name) const {
    for (const auto& [key, value] : members)
        if (key == name) return &value;
    return nullptr;
}

Json json_text(std::string text) { return {.kind = Json::Kind::string, .text = std::move(text)}; }

Json json_number(std::string as_written) {
    return {.kind = Json::Kind::number, .text = std::move(as_written)};
}

Json json_boolean(bool value) { return {.kind = Json::Kind::boolean, .boolean = value}; }

Json json_array(std::vector<Json> items) {
    return {.kind = Json::Kind::array, .items = std::move(items)};
}

std::string print(const Json& value) {
    std::string out;
    switch (value.kind) {
    case Json::Kind::null: return "null";
    case Json::Kind::boolean: return value.boolean ? "true" : "false";
    case Json::Kind::number: return value.text;
    case Json::Kind::string: return '"' + value.text + '"';
    case Json::Kind::array:
        for (const Json& item : value.items) out += (out.empty() ? "" : ",") + print(item);
        return '[' + out + ']';
    case Json::Kind::object:
        for (const auto& [name, member] : value.members)
            out += (out.empty() ? "\"" : ",\"") + name + "\":" + print(member);
        return '{' + out + '}';
    }
    return out;
}

} // namespace support::oracle
