#include "config/decode/fields.hpp"
#include "config/suite/areas.hpp"
#include "config/text.hpp"

#include <array>

namespace config::suite {
namespace {

constexpr std::array<std::string_view, 2> verdicts = {"allow", "deny"};

Verdict verdict_of(std::size_t choice) { return choice == 0 ? Verdict::allow : Verdict::deny; }

template <auto field> void read_verdict(Decoder& decoder, const Member& member, Expectation& out) {
    if (const auto choice = decoder.choice(member.value, verdicts))
        out.*field = verdict_of(*choice);
}

void read_status(Decoder& decoder, const Member& member, Expectation& out) {
    if (const auto status = decoder.integer(member.value, 100, 599))
        out.status = static_cast<int>(*status);
}

template <auto field> void read_placed(Decoder& decoder, const Member& member, Expectation& out) {
    if (auto text = decoder.text(member.value)) out.*field = {member.value.at, *text};
}

void read_headers(Decoder& decoder, const Member& member, Expectation& out) {
    if (!decoder.is_mapping(member.value, "`headers`")) return;
    for (const Member& header : member.value.members) {
        ExpectedHeader expected{header.at, lower_case(header.key), {}};
        const Node& value = header.value;
        if (value.kind != NodeKind::nothing || value.text.empty()) {
            const bool is_empty = value.kind == NodeKind::scalar && value.text.empty();
            expected.value = is_empty ? std::optional<std::string>("")
                                      : decoder.text(value, "a text, or null for none");
            if (!expected.value) continue;
        }
        out.headers.push_back(std::move(expected));
    }
}

template <auto field>
constexpr decode::Field<Expectation> as_verdict{read_verdict<field>, decode::shape::word(verdicts)};
template <auto field>
constexpr decode::Field<Expectation> as_placed{read_placed<field>, decode::shape::text};

constexpr std::array keys = {
    Key<Expectation>{"verdict", Need::optional, as_verdict<&Expectation::verdict>,
                     "Whether it is let through"},
    Key<Expectation>{"status",
                     Need::optional,
                     {read_status, decode::shape::integer(100, 599)},
                     "Status of the answer that the gateway itself gives"},
    Key<Expectation>{"reason", Need::optional, as_placed<&Expectation::reason>,
                     "Why it ended so, by the names of the access log: insufficient_scope"},
    Key<Expectation>{"route", Need::optional, as_placed<&Expectation::route>,
                     "Name of the route that took it"},
    Key<Expectation>{"upstream", Need::optional, as_placed<&Expectation::upstream>,
                     "Name of the upstream that gets it"},
    Key<Expectation>{"headers",
                     Need::optional,
                     {read_headers, decode::shape::map_of(decode::shape::scalar, "")},
                     "What the upstream gets in these header fields; null for none"},
    Key<Expectation>{"challenge", Need::optional, as_placed<&Expectation::challenge>,
                     "A text that stands in WWW-Authenticate"},
    Key<Expectation>{"shadow", Need::optional, as_verdict<&Expectation::shadow>,
                     "What would come of it if rules and routes in shadow mode decided"},
};

void read_short(Decoder& decoder, const Node& node, Expectation& out) {
    if (node.kind == NodeKind::scalar && !node.text.empty() &&
        node.text.find_first_not_of("0123456789") == std::string::npos) {
        if (const auto status = decoder.integer(node, 100, 599))
            out.status = static_cast<int>(*status);
        return;
    }
    if (node.kind != NodeKind::scalar)
        return decoder.mismatch(node, "`allow`, `deny`, a status, or a mapping");
    if (const auto choice = decoder.choice(node, verdicts)) out.verdict = verdict_of(*choice);
}

} // namespace

Table expectation_table() { return decode::table_of<keys>("expectation"); }

void read_expectation(Decoder& decoder, const Node& node, Expectation& out) {
    out.at = node.at;
    if (node.kind != NodeKind::mapping) return read_short(decoder, node, out);
    if (node.members.empty())
        decoder.error(node.at, "this expects nothing, so nothing could make the test fail");
    decoder.mapping<Expectation>(node, keys, {node.at, "an expectation"}, out);
}

} // namespace config::suite
