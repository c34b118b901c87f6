#include "gateway/cli/token_inspect.hpp"

#include "gateway/cli/exit_code.hpp"
#include "gateway/cli/input.hpp"
#include "gateway/cli/json_text.hpp"
#include "gateway/cli/printable.hpp"
#include "gateway/cli/time.hpp"
#include "policy/token/inspect.hpp"

#include <algorithm>
#include <array>
#include <ostream>

namespace gateway::cli {
namespace {

constexpr std::array<std::string_view, 4> time_claims = {"exp", "nbf", "iat", "auth_time"};

/// What to say beside a claim that is a time: "2026-11-24 08:00:00 UTC, 3 minutes ago".
std::string time_note(const policy::JsonValue& claim, policy::TimePoint now) {
    const bool is_time =
        std::find(time_claims.begin(), time_claims.end(), claim.name()) != time_claims.end();
    if (!is_time || !claim.is(policy::JsonType::number) || !claim.number().is_integer) return {};
    const std::int64_t seconds = claim.number().integer;
    return format_time(seconds) + ", " + distance_in_words(seconds, now);
}

void print_members(const policy::JsonValue& object, policy::TimePoint now, Console& console) {
    std::size_t width = 0;
    for (auto member = object.first(); member; member = member->next())
        width = std::max(width, printable(member->name()).size());
    for (auto member = object.first(); member; member = member->next()) {
        const std::string name = printable(member->name());
        std::string value;
        append_json(value, *member);
        value = printable(value);
        console.out << "  " << console.paint(Colour::blue, name)
                    << std::string(width - name.size() + 2, ' ') << value;
        const std::string note = time_note(*member, now);
        if (!note.empty()) console.out << "   " << console.paint(Colour::dim, note);
        console.out << '\n';
    }
}

void print_for_people(const policy::token::Unverified& token, policy::TimePoint now,
                      Console& console) {
    console.out << console.paint(Colour::bold, "Header") << '\n';
    print_members(token.header.root(), now, console);
    console.out << '\n' << console.paint(Colour::bold, "Claims") << '\n';
    print_members(token.claims.root(), now, console);
    console.out << '\n' << console.paint(Colour::bold, "Signature") << '\n';
    console.out << "  " << token.signature_size << " bytes, "
                << console.paint(Colour::yellow, "not verified: anyone can write such a token")
                << '\n';
}

void print_for_programs(const policy::token::Unverified& token, Console& console) {
    std::string out = "{\"verified\":false,\"header\":";
    append_json(out, token.header.root());
    out += ",\"claims\":";
    append_json(out, token.claims.root());
    out += ",\"signature_bytes\":" + std::to_string(token.signature_size) + "}\n";
    console.out << out;
}

} // namespace

int inspect_token(const InspectOptions& options, policy::TimePoint now, Console& console) {
    std::string problem;
    const auto text = read_token(options.token, console, problem);
    if (!text) {
        console.err << "claimgate token inspect: " << problem << '\n';
        return exit_code::usage;
    }
    const auto token = policy::token::parse_unverified(*text);
    if (!token) {
        console.err << "claimgate token inspect: not a signed token in compact form: "
                    << policy::info(token.error()).name << '\n';
        return exit_code::no;
    }
    if (options.json)
        print_for_programs(*token, console);
    else
        print_for_people(*token, now, console);
    return exit_code::good;
}

} // namespace gateway::cli
