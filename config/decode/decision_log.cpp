#include "config/decode/areas.hpp"
#include "config/decode/fields.hpp"
#include "config/decode/scalar.hpp"
#include "config/text.hpp"

#include <algorithm>
#include <array>

namespace config::decode {
namespace {

/// "100%", "2.5%", "0.01%" in millionths; nothing when it is no such text.
std::optional<std::uint32_t> parse_percent(std::string_view text) {
    constexpr std::size_t decimals = 4;
    if (!text.ends_with('%')) return std::nullopt;
    text.remove_suffix(1);
    const std::size_t point = std::min(text.find('.'), text.size());
    const auto whole = parse_integer(text.substr(0, point));
    if (!whole || *whole < 0 || *whole > 100) return std::nullopt;
    std::string fraction(text.substr(std::min(point + 1, text.size())));
    if ((point < text.size() && fraction.empty()) || fraction.size() > decimals ||
        !std::all_of(fraction.begin(), fraction.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    fraction.append(decimals - fraction.size(), '0');
    const auto millionths = static_cast<std::uint32_t>(*whole) * 10'000 +
                            static_cast<std::uint32_t>(std::stoul(fraction));
    if (millionths == 0 || millionths > DecisionLog::everything) return std::nullopt;
    return millionths;
}

void read_sample(Decoder& decoder, const Member& member, DecisionLog& out) {
    const auto text = decoder.text(member.value, "a percentage");
    if (!text) return;
    if (const auto sample = parse_percent(*text))
        out.sample = *sample;
    else
        decoder.mismatch(member.value, "a percentage from 0.0001% to 100%", "write 10%, or 0.5%");
}

/// What holds credentials is never recorded, whoever asks for it.
void read_headers(Decoder& decoder, const Member& member, DecisionLog& out) {
    constexpr std::array<std::string_view, 3> never = {"authorization", "cookie",
                                                       "proxy-authorization"};
    const auto names = decoder.texts(member.value);
    if (!names) return;
    for (std::size_t i = 0; i < names->size(); ++i) {
        out.headers.push_back(lower_case((*names)[i]));
        if (std::find(never.begin(), never.end(), out.headers.back()) != never.end())
            decoder.error(member.value.items[i].at,
                          in_backticks(out.headers.back()) +
                              " holds credentials, which are never recorded",
                          "remove it");
    }
}

void read_queries(Decoder& decoder, const Member& member, DecisionLog& out) {
    auto names = decoder.texts(member.value);
    if (!names) return;
    for (std::size_t i = 0; i < names->size(); ++i)
        if ((*names)[i] == "access_token")
            decoder.error(member.value.items[i].at,
                          "`access_token` holds credentials, which are never recorded",
                          "remove it");
    out.queries = std::move(*names);
}

constexpr std::array keys = {
    Key<DecisionLog>{"path", Need::required, as_path<&DecisionLog::path>,
                     "The file; SIGUSR1 opens it again, for rotation"},
    Key<DecisionLog>{"sample",
                     Need::optional,
                     {read_sample, shape::form("^[0-9]+([.][0-9]+)?%$")},
                     "How many of the decisions are recorded"},
    Key<DecisionLog>{"claims", Need::optional, as_texts<&DecisionLog::claims>,
                     "Claims to record as they are, whether a rule looks at them or not"},
    Key<DecisionLog>{
        "headers", Need::optional, {read_headers, shape::texts}, "Headers to record as they are"},
    Key<DecisionLog>{"queries",
                     Need::optional,
                     {read_queries, shape::texts},
                     "Query parameters to record as they are"},
};

} // namespace

Table decision_log_table() { return table_of<keys>("decision_log"); }

void read_decision_log(Decoder& decoder, const Member& member, Model& out) {
    out.decision_log.emplace().at = member.at;
    decoder.mapping<DecisionLog>(member.value, keys, {member.at, "`decision_log`"},
                                 *out.decision_log);
}

} // namespace config::decode
