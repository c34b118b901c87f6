#include "policy/json.hpp"

#include "policy/json_number.hpp"

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace policy {

/// RapidJSON's events to nodes. An event answers false to end the parse; error() then says why.
class JsonBuilder {
public:
    JsonBuilder(std::size_t text_size, const JsonLimits& limits) : limits_(limits) {
        // Unescaped text is never longer than what it came from, so views into it could not move
        // even while building.
        document_.text_.reserve(text_size);
    }

    bool Null() { return add(JsonType::null); }
    bool Bool(bool value) {
        if (!add(JsonType::boolean)) return false;
        document_.nodes_.back().boolean = value;
        return true;
    }
    bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
        const auto number = parse_json_number({text, size});
        if (!number) return fail(JsonError::bad_number);
        if (!add(JsonType::number)) return false;
        JsonDocument::Node& node = document_.nodes_.back();
        node.number = *number;
        node.text_at = keep({text, size});
        node.text_size = size;
        return true;
    }
    bool String(const char* text, rapidjson::SizeType size, bool) {
        if (!is_clean({text, size})) return fail(JsonError::bad_text);
        if (!add(JsonType::string)) return false;
        JsonDocument::Node& node = document_.nodes_.back();
        node.text_at = keep({text, size});
        node.text_size = size;
        return true;
    }
    bool Key(const char* text, rapidjson::SizeType size, bool) {
        if (!is_clean({text, size})) return fail(JsonError::bad_text);
        name_at_ = keep({text, size});
        name_size_ = size;
        return true;
    }
    bool StartObject() { return open(JsonType::object); }
    bool StartArray() { return open(JsonType::array); }
    bool EndObject(rapidjson::SizeType) {
        if (has_duplicate_name(open_.back().node)) return fail(JsonError::duplicate_name);
        open_.pop_back();
        return true;
    }
    bool EndArray(rapidjson::SizeType) {
        open_.pop_back();
        return true;
    }

    // The reader is told to hand numbers over as text; these exist because its interface asks for
    // them.
    bool Int(int) { return fail(JsonError::bad_number); }
    bool Uint(unsigned) { return fail(JsonError::bad_number); }
    bool Int64(std::int64_t) { return fail(JsonError::bad_number); }
    bool Uint64(std::uint64_t) { return fail(JsonError::bad_number); }
    bool Double(double) { return fail(JsonError::bad_number); }

    JsonError error() const { return error_; }
    JsonDocument take() {
        document_.nodes_.shrink_to_fit();
        document_.text_.shrink_to_fit();
        return std::move(document_);
    }

private:
    struct Open {
        std::uint32_t node;
        std::uint32_t last_child;
    };

    bool fail(JsonError error) {
        error_ = error;
        return false;
    }

    /// NUL may only come as an escape here, and a lone low surrogate is one that RapidJSON lets
    /// through.
    static bool is_clean(std::string_view text) {
        if (text.find('\0') != std::string_view::npos) return false;
        for (std::size_t at = 0; (at = text.find('\xed', at)) != std::string_view::npos; ++at)
            if (at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) >= 0xa0)
                return false;
        return true;
    }

    std::uint32_t keep(std::string_view text) {
        const auto at = static_cast<std::uint32_t>(document_.text_.size());
        document_.text_.insert(document_.text_.end(), text.begin(), text.end());
        return at;
    }

    /// A new node, linked behind its elder siblings.
    bool add(JsonType type) {
        auto& nodes = document_.nodes_;
        if (nodes.size() >= limits_.nodes) return fail(JsonError::too_many_members);
        const auto index = static_cast<std::uint32_t>(nodes.size());
        JsonDocument::Node node;
        node.type = type;
        if (!open_.empty()) {
            Open& parent = open_.back();
            if (nodes[parent.node].size >= limits_.members)
                return fail(JsonError::too_many_members);
            ++nodes[parent.node].size;
            (parent.last_child == 0 ? nodes[parent.node].child : nodes[parent.last_child].next) =
                index;
            parent.last_child = index;
            if (nodes[parent.node].type == JsonType::object) {
                node.name_at = name_at_;
                node.name_size = name_size_;
            }
        }
        nodes.push_back(node);
        return true;
    }

    bool open(JsonType type) {
        if (open_.size() >= limits_.depth) return fail(JsonError::too_deep);
        if (!add(type)) return false;
        open_.push_back({static_cast<std::uint32_t>(document_.nodes_.size() - 1), 0});
        return true;
    }

    std::string_view name_of(const JsonDocument::Node& node) const {
        return {document_.text_.data() + node.name_at, node.name_size};
    }

    bool has_duplicate_name(std::uint32_t object) {
        const auto& nodes = document_.nodes_;
        if (nodes[object].size < 2) return false;
        names_.clear();
        for (std::uint32_t at = nodes[object].child; at != 0; at = nodes[at].next)
            names_.push_back(name_of(nodes[at]));
        std::sort(names_.begin(), names_.end());
        return std::adjacent_find(names_.begin(), names_.end()) != names_.end();
    }

    JsonLimits limits_;
    JsonDocument document_;
    std::vector<Open> open_;
    std::vector<std::string_view> names_; ///< kept to save allocations
    std::uint32_t name_at_ = 0, name_size_ = 0;
    JsonError error_ = JsonError::syntax;
};

namespace {

// Iterative: a short text must not eat the stack. Numbers as text: RapidJSON 1.1.0 converts some of
// them into a crash (CVE-2024-38517). Validate: it does not look at UTF-8 otherwise.
constexpr unsigned reader_flags = rapidjson::kParseIterativeFlag |
                                  rapidjson::kParseValidateEncodingFlag |
                                  rapidjson::kParseNumbersAsStringsFlag;

JsonError translate(const rapidjson::ParseResult& result, const JsonBuilder& builder) {
    switch (result.Code()) {
    case rapidjson::kParseErrorTermination: return builder.error();
    case rapidjson::kParseErrorStringUnicodeSurrogateInvalid:
    case rapidjson::kParseErrorStringInvalidEncoding: return JsonError::bad_text;
    case rapidjson::kParseErrorNumberTooBig: return JsonError::bad_number;
    default: return JsonError::syntax;
    }
}

} // namespace

Result<JsonDocument, JsonError> parse_json(std::string_view text, const JsonLimits& limits) {
    // Positions in a document are 32 bits wide.
    constexpr std::size_t widest = std::numeric_limits<std::uint32_t>::max() / 2;
    if (text.size() > std::min(limits.bytes, widest)) return JsonError::too_large;
    // RapidJSON takes a NUL for the end of the text and skips a byte order mark.
    if (text.find('\0') != std::string_view::npos) return JsonError::bad_text;
    if (text.starts_with("\xef\xbb\xbf")) return JsonError::bad_text;

    JsonBuilder builder(text.size(), limits);
    rapidjson::MemoryStream stream(text.data(), text.size());
    rapidjson::Reader reader;
    const rapidjson::ParseResult result = reader.Parse<reader_flags>(stream, builder);
    if (result.IsError()) return translate(result, builder);
    return builder.take();
}

} // namespace policy
