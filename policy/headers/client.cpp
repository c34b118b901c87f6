#include "policy/headers/client.hpp"

#include <array>
#include <optional>

namespace policy::headers {

namespace {

constexpr std::size_t max_hops = 64;

/// `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:80`.
std::optional<Address> parse_hop(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == text.npos) return {};
    text = text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
    std::string_view port;
    if (text.front() == '[') {
        const std::size_t close = text.find(']');
        if (close == text.npos || text.find(':') > close) return {};
        port = text.substr(close + 1);
        text = text.substr(1, close - 1);
    } else if (const std::size_t colon = text.find(':');
               colon != text.npos && text.find('.') < colon) {
        port = text.substr(colon);
        text = text.substr(0, colon);
    }
    if (!port.empty() && (port.front() != ':' || port.size() < 2 || port.size() > 6 ||
                          port.find_first_not_of("0123456789", 1) != port.npos))
        return {};
    return parse_address(text);
}

/// The hops of all X-Forwarded-For fields as if they were one, from the right.
class Hops {
public:
    explicit Hops(const FieldList& fields) : fields_(fields.all()), field_(fields_.size()) {}

    std::optional<std::string_view> next() {
        while (!in_field_) {
            if (field_ == 0) return {};
            const Field& field = fields_[--field_];
            if (field.id != FieldId::x_forwarded_for) continue;
            rest_ = field.value;
            in_field_ = true;
        }
        const std::size_t comma = rest_.rfind(',');
        in_field_ = comma != rest_.npos;
        const std::string_view hop = in_field_ ? rest_.substr(comma + 1) : rest_;
        if (in_field_) rest_ = rest_.substr(0, comma);
        return hop;
    }

private:
    std::span<const Field> fields_;
    std::size_t field_;
    std::string_view rest_;
    bool in_field_ = false;
};

} // namespace

Client find_client(const Admission& admission) {
    const Client peer{admission.peer.address, admission.peer.text};
    const Snapshot& snapshot = admission.snapshot;
    Address address = peer.address;
    Hops hops(admission.head.fields);
    std::size_t seen = 0;
    while (snapshot.is_trusted_proxy(address)) {
        const auto hop = hops.next();
        if (!hop) break;
        const auto next = parse_hop(*hop);
        if (!next || ++seen > max_hops) return peer;
        address = *next;
    }
    if (seen == 0) return peer;
    std::array<char, Address::text_size> text;
    const char* const end = address.print(text.data());
    const std::string_view copy =
        admission.tools.scratch.copy({text.data(), static_cast<std::size_t>(end - text.data())});
    return copy.data() ? Client{address, copy} : peer;
}

} // namespace policy::headers
