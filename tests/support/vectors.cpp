#include "tests/support/vectors.hpp"

#include "policy/jose/base64url.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace support {

std::string read_data(const std::string& path) {
    std::ifstream file(std::string(CLAIMGATE_SOURCE_DIR) + "/tests/data/" + path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read tests/data/" + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

policy::JsonDocument to_json(std::string_view text) {
    const policy::JsonLimits limits{
        .bytes = std::size_t{16} << 20, .depth = 32, .members = 100000, .nodes = 1000000};
    auto document = policy::parse_json(text, limits);
    if (!document) throw std::runtime_error("not JSON: " + std::string(text.substr(0, 80)));
    return *std::move(document);
}

policy::JsonDocument read_json_data(const std::string& path) { return to_json(read_data(path)); }

std::string from_hex(std::string_view hex) {
    const auto value = [](char c) {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        throw std::runtime_error("not lower-case hex");
    };
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes += static_cast<char>(value(hex[i]) * 16 + value(hex[i + 1]));
    return bytes;
}

std::string from_base64url(std::string_view text) {
    auto bytes = policy::jose::decode_base64url(text);
    if (!bytes) throw std::runtime_error("not base64url: " + std::string(text));
    return *std::move(bytes);
}

std::string_view text_of(policy::JsonValue object, std::string_view name) {
    const auto member = object.find(name);
    return member && member->is(policy::JsonType::string) ? member->text() : std::string_view{};
}

namespace {

void append(std::string& out, policy::JsonValue value) {
    const bool object = value.is(policy::JsonType::object);
    switch (value.type()) {
    case policy::JsonType::null: out += "null"; return;
    case policy::JsonType::boolean: out += value.boolean() ? "true" : "false"; return;
    case policy::JsonType::number: out += value.text(); return;
    case policy::JsonType::string: policy::append_json_string(out, value.text()); return;
    case policy::JsonType::array:
    case policy::JsonType::object: break;
    }
    out += object ? '{' : '[';
    const char* comma = "";
    for (auto child = value.first(); child; child = child->next()) {
        out += comma;
        comma = ",";
        if (object) {
            policy::append_json_string(out, child->name());
            out += ':';
        }
        append(out, *child);
    }
    out += object ? '}' : ']';
}

} // namespace

std::string to_text(policy::JsonValue value) {
    std::string out;
    append(out, value);
    return out;
}

} // namespace support
