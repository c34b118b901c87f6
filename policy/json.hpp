#pragma once

// Strict, bounded JSON (RFC 8259) as an immutable tree. The only RapidJSON user is json.cpp, which
// never lets it convert a number (CVE-2024-38517) and never lets it recurse. Refused: duplicate
// names, invalid UTF-8, lone surrogates, NUL anywhere, a byte order mark, anything after the value,
// more depth or members than the limits allow.

#include "policy/result.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace policy {

enum class JsonError : std::uint8_t {
    syntax,
    too_large,
    too_deep,
    too_many_members,
    duplicate_name,
    bad_text,   ///< invalid UTF-8, a lone surrogate, NUL, a byte order mark
    bad_number, ///< legal JSON but outside what a double holds
};

struct JsonLimits {
    std::size_t bytes = 8 * 1024;
    std::size_t depth = 16;
    std::size_t members = 256; ///< of one object or array
    std::size_t nodes = 4096;  ///< of the whole document
};

enum class JsonType : std::uint8_t { null, boolean, number, string, array, object };

/// A number as it stood: an exact integer where it is one, else the nearest double (always finite).
struct JsonNumber {
    bool is_integer = false; ///< written without fraction and exponent, and it fits
    std::int64_t integer = 0;
    double real = 0; ///< set in both cases
};

class JsonDocument;

/// One value of a document; cheap to copy, valid as long as the document.
class JsonValue {
public:
    JsonType type() const;
    bool is(JsonType wanted) const { return type() == wanted; }
    bool boolean() const;             ///< of a boolean
    std::string_view text() const;    ///< of a string: unescaped; of a number: as written
    const JsonNumber& number() const; ///< of a number
    std::string_view name() const;    ///< the member's name, where the parent is an object
    std::size_t size() const;         ///< children of an array or object

    /// Children in their order: `for (auto v = value.first(); v; v = v->next())`.
    std::optional<JsonValue> first() const;
    std::optional<JsonValue> next() const;
    /// The member of that name (compared byte by byte); nothing for other types.
    std::optional<JsonValue> find(std::string_view name) const;

private:
    friend class JsonDocument;
    JsonValue(const JsonDocument& document, std::uint32_t index)
        : document_(&document), index_(index) {}
    const JsonDocument* document_;
    std::uint32_t index_;
};

class JsonDocument {
public:
    JsonValue root() const { return {*this, 0}; }
    std::size_t memory() const; ///< bytes held, for bounds

private:
    friend class JsonValue;
    friend class JsonBuilder;
    struct Node {
        JsonType type = JsonType::null;
        bool boolean = false;
        std::uint32_t next = 0;  ///< index of the next sibling; 0: none
        std::uint32_t child = 0; ///< index of the first child; 0: none
        std::uint32_t size = 0;
        std::uint32_t name_at = 0, name_size = 0;
        std::uint32_t text_at = 0, text_size = 0;
        JsonNumber number;
    };
    std::vector<Node> nodes_;
    std::vector<char> text_; ///< names and strings, unescaped
};

Result<JsonDocument, JsonError> parse_json(std::string_view text, const JsonLimits& limits = {});

/// Appends `text` as a JSON string with its quotes; control bytes and invalid UTF-8 come out
/// escaped or replaced.
void append_json_string(std::string& out, std::string_view text);

} // namespace policy
