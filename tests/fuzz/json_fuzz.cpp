// Any bytes as JSON: no crash, bounded, and what was read can be written and read again.

#include "policy/json.hpp"
#include "tests/support/vectors.hpp"

#include <cmath>
#include <cstdint>
#include <cstdlib>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void walk(policy::JsonValue value, std::size_t depth) {
    require(depth <= policy::JsonLimits{}.depth);
    if (value.is(policy::JsonType::number)) require(std::isfinite(value.number().real));
    require(value.text().find('\0') == std::string_view::npos);
    std::size_t children = 0;
    for (auto child = value.first(); child; child = child->next(), ++children) {
        if (value.is(policy::JsonType::object)) require(value.find(child->name()).has_value());
        walk(*child, depth + 1);
    }
    require(children == value.size());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    std::string escaped;
    policy::append_json_string(escaped, text);
    const auto as_string = policy::parse_json(escaped, {.bytes = escaped.size()});
    require(as_string ||
            text.find('\0') != std::string_view::npos); // a NUL is refused, escaped or not

    const auto document = policy::parse_json(text);
    if (!document) return 0;
    walk(document->root(), 0);
    const std::string written = support::to_text(document->root());
    const auto again = policy::parse_json(written, {.bytes = written.size()});
    require(again && support::to_text(again->root()) == written);
    return 0;
}
