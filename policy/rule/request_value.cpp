#include "policy/rule/request_value.hpp"

#include "policy/route/percent.hpp"

#include <algorithm>
#include <optional>

namespace policy::rule {

namespace {

/// Whether `text`, decoded, is `name`; without memory, since a query may hold thousands of names.
bool is_encoded(std::string_view text, std::string_view name) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        int byte = static_cast<unsigned char>(text[i] == '+' ? ' ' : text[i]);
        if (text[i] == '%') {
            byte = route::parse_escape(text, i);
            i += 2;
        }
        if (at == name.size() || byte != static_cast<unsigned char>(name[at++])) return false;
    }
    return at == name.size();
}

} // namespace

Value find_header(const FieldList& fields, std::string_view name) {
    const Field* found = nullptr;
    for (const Field& field : fields.all()) {
        if (field.dropped || field.name != name) continue;
        if (found) return TextError::unfit;
        found = &field;
    }
    if (!found) return TextError::missing;
    return found->value;
}

Value find_query(std::string_view query, std::string_view name, Scratch& scratch) {
    if (!query.empty()) query.remove_prefix(1);
    std::optional<std::string_view> found;
    while (!query.empty()) {
        const std::string_view pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(pair.size() + 1, query.size()));
        const std::size_t equals = std::min(pair.find('='), pair.size());
        if (!is_encoded(pair.substr(0, equals), name)) continue;
        if (found) return TextError::unfit;
        found = pair.substr(std::min(equals + 1, pair.size()));
    }
    if (!found) return TextError::missing;
    const auto decoded = route::decode_percent(*found, route::Plus::space, scratch);
    if (!decoded) return TextError::unfit;
    return *decoded;
}

} // namespace policy::rule
