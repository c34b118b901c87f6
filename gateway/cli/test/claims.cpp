#include "gateway/cli/test/claims.hpp"

#include "gateway/cli/json_text.hpp"
#include "gateway/cli/test/moment.hpp"
#include "policy/json.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace gateway::cli::test {
namespace {

using config::suite::Claim;

constexpr std::chrono::minutes lifetime{5};

std::string seconds_text(policy::TimePoint time) {
    return std::to_string(
        std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count());
}

/// A text where only a number can stand is a point in time as people write it.
std::string value_text(const Claim& claim, policy::TimePoint now) {
    constexpr std::array<std::string_view, 4> times = {"exp", "nbf", "iat", "auth_time"};
    if (std::ranges::find(times, claim.name) == times.end()) return *claim.json;
    const auto document = policy::parse_json(*claim.json);
    if (!document || !document->root().is(policy::JsonType::string)) return *claim.json;
    const auto time = parse_moment(document->root().text(), now);
    return time ? seconds_text(*time) : *claim.json;
}

/// Members in their order; a member that was given is not filled in.
class Object {
public:
    explicit Object(const std::vector<Claim>& given) : given_(given) {}

    void fill_in(const std::string& name, const std::string& json) {
        if (std::ranges::find(given_, name, &Claim::name) == given_.end()) add(name, json);
    }
    void add(const std::string& name, const std::string& json) {
        text_ += (text_.empty() ? "" : ",") + json_string(name) + ':' + json;
    }
    std::string take() { return '{' + std::move(text_) + '}'; }

private:
    const std::vector<Claim>& given_;
    std::string text_;
};

} // namespace

std::string claims_text(const config::suite::Token& token, const config::Issuer& issuer,
                        policy::TimePoint now) {
    Object claims(token.claims);
    claims.fill_in("iss", json_string(issuer.issuer));
    if (!issuer.audiences.empty())
        claims.fill_in(issuer.audience_claim, json_string(issuer.audiences.front()));
    claims.fill_in("iat", seconds_text(now));
    claims.fill_in("exp", seconds_text(now + lifetime));
    for (const config::RequiredClaim& required : issuer.required_claims)
        if (!required.values.empty() && !required.may_be_missing)
            claims.fill_in(required.name, json_string(required.values.front()));
    for (const Claim& claim : token.claims)
        if (claim.json) claims.add(claim.name, value_text(claim, now));
    return claims.take();
}

std::string header_text(const config::suite::Token& token, const config::Issuer& issuer) {
    Object header(token.header);
    if (!issuer.types.empty()) header.fill_in("typ", json_string(issuer.types.front()));
    for (const Claim& member : token.header)
        if (member.json) header.add(member.name, *member.json);
    return header.take();
}

} // namespace gateway::cli::test
