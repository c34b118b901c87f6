#include "tests/support/oracle/plain_json.hpp"

namespace support::oracle {

const Json* Json::find(const std::string& name) const {
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == name) return &items[i];
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

void add_member(Json& object, std::string name, Json value) {
    object.names.push_back(std::move(name));
    object.items.push_back(std::move(value));
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
        for (std::size_t i = 0; i < value.names.size(); ++i)
            out += (out.empty() ? "\"" : ",\"") + value.names[i] + "\":" + print(value.items[i]);
        return '{' + out + '}';
    }
    return out;
}

} // namespace support::oracle
