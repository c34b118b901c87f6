#include "policy/rule/text.hpp"

#include "policy/admission.hpp"
#include "policy/route/percent.hpp"

#include <algorithm>
#include <array>

namespace policy::rule {

namespace {

/// A scalar as text; nothing for null, objects and arrays.
std::optional<std::string_view> scalar_text(const JsonValue& value) {
    switch (value.type()) {
    case JsonType::string:
    case JsonType::number: return value.text();
    case JsonType::boolean: return value.boolean() ? "true" : "false";
    default: return {};
    }
}

Value join(const JsonValue& array, Scratch& scratch) {
    std::size_t size = 0;
    for (auto element = array.first(); element; element = element->next()) {
        const auto text = scalar_text(*element);
        if (!text) return TextError::missing;
        if (text->find(',') != text->npos) return TextError::unfit;
        size += text->size() + 1;
    }
    if (size == 0) return TextError::missing;
    char* const memory = scratch.allocate(size);
    if (!memory) return TextError::no_room;
    char* out = memory;
    for (auto element = array.first(); element; element = element->next()) {
        out = std::ranges::copy(*scalar_text(*element), out).out;
        *out++ = ',';
    }
    return std::string_view{memory, size - 1};
}

Value claim_text(const Admission& admission, const ClaimPath& path) {
    if (!admission.proof) return TextError::missing;
    const auto value = find_claim(admission.proof->claims.document, path);
    if (!value) return TextError::missing;
    if (value->is(JsonType::array)) return join(*value, admission.tools.scratch);
    const auto text = scalar_text(*value);
    if (!text) return TextError::missing;
    return *text;
}

Value parameter_text(const Admission& admission, std::size_t index) {
    if (index >= admission.parameters.size) return TextError::missing;
    const auto text = route::decode_percent(admission.parameters.values[index],
                                            route::Plus::literal, admission.tools.scratch);
    if (!text) return TextError::no_room; // its escapes are whole: the path is normal
    return *text;
}

Value piece_text(const Piece& piece, const Admission& admission) {
    switch (piece.kind) {
    case Piece::Kind::literal: return std::string_view(piece.text);
    case Piece::Kind::path: return parameter_text(admission, piece.parameter);
    case Piece::Kind::header: return find_header(admission.head.fields, piece.text);
    case Piece::Kind::query:
        return find_query(admission.query, piece.text, admission.tools.scratch);
    case Piece::Kind::claim: return claim_text(admission, piece.claim);
    case Piece::Kind::client_ip: return admission.client_text;
    case Piece::Kind::host: return admission.host;
    }
    return TextError::missing;
}

} // namespace

bool Text::is_literal() const {
    return pieces_.empty() || (pieces_.size() == 1 && pieces_[0].kind == Piece::Kind::literal);
}

std::string_view Text::literal() const {
    return pieces_.empty() ? std::string_view{} : pieces_[0].text;
}

Text Text::make_literal(std::string_view text) {
    Text result;
    result.pieces_.push_back({Piece::Kind::literal, std::string(text), 0, {}});
    return result;
}

Value Text::evaluate(const Admission& admission) const {
    if (is_literal()) return literal();
    std::array<std::string_view, max_pieces> values;
    std::size_t size = 0;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
        const Value value = piece_text(pieces_[i], admission);
        if (!value) return value;
        if (value->empty()) return TextError::missing;
        values[i] = *value;
        size += value->size();
    }
    if (pieces_.size() == 1) return values[0];
    char* const memory = admission.tools.scratch.allocate(size);
    if (!memory) return TextError::no_room;
    char* out = memory;
    for (std::size_t i = 0; i < pieces_.size(); ++i) out = std::ranges::copy(values[i], out).out;
    return std::string_view{memory, size};
}

} // namespace policy::rule
