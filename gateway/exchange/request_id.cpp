#include "gateway/exchange/request_id.hpp"

#include <algorithm>

namespace gateway {

namespace {

bool is_acceptable(std::string_view id) {
    return !id.empty() && id.size() <= 128 && std::ranges::all_of(id, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '_' || c == '-';
    });
}

} // namespace

void write_uuid7(char* out, std::chrono::milliseconds since_1970, std::uint64_t random_high,
                 std::uint64_t random_low) {
    constexpr char hex[] = "0123456789abcdef";
    constexpr std::uint64_t version = 0x7000, variant = 0x8000000000000000;
    const std::uint64_t high =
        static_cast<std::uint64_t>(since_1970.count()) << 16 | version | (random_high & 0x0fff);
    const std::uint64_t low = variant | (random_low >> 2);
    for (int nibble = 0; nibble < 32; ++nibble) {
        if (nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20) *out++ = '-';
        const std::uint64_t half = nibble < 16 ? high : low;
        *out++ = hex[half >> (60 - 4 * (nibble % 16)) & 0xf];
    }
}

std::string_view choose_request_id(policy::RequestHead& head, bool trusted, Random& random,
                                   policy::Scratch& scratch) {
    std::string_view given;
    for (policy::Field& field : head.fields.all()) {
        if (field.id != policy::FieldId::x_request_id) continue;
        if (trusted && given.empty() && is_acceptable(field.value)) given = field.value;
        field.dropped = true; // ours is added, this one never goes on
    }
    if (!given.empty()) return given;
    constexpr std::size_t size = 36;
    char* memory = scratch.allocate(size);
    if (!memory) return {};
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    write_uuid7(memory, std::chrono::duration_cast<std::chrono::milliseconds>(now), random(),
                random());
    return {memory, size};
}

} // namespace gateway
