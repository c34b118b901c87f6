#include "policy/headers/identity.hpp"

#include <algorithm>

namespace policy::headers {

namespace {

constexpr char fold(char c) { return c == '_' || c == '.' ? '-' : to_lower(c); }

bool is_less_folded(std::string_view a, std::string_view b) {
    return std::ranges::lexicographical_compare(a, b, {}, fold, fold);
}

} // namespace

std::string fold_name(std::string_view name) {
    std::string folded(name);
    std::ranges::transform(folded, folded.begin(), fold);
    return folded;
}

void drop_identity(RequestHead& head, const std::vector<std::string>& names) {
    for (Field& field : head.fields.all())
        field.dropped |= field.name.find('_') != field.name.npos ||
                         std::ranges::binary_search(names, field.name, is_less_folded);
}

} // namespace policy::headers
