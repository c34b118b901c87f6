#include "gateway/cli/test/claims.hpp"

#include "config/issuer_pattern.hpp"
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

/// The tenant that the token names; else the first that counts.
std::string tenant_of(const config::suite::Token& token, const config::Tenant& tenant) {
    const auto claim = std::ranges::find(token.claims, tenant.claim, &Claim::name);
    if (claim != token.claims.end() && claim->json) {
        const auto document = policy::parse_json(*claim->json);
        if (document && document->root().is(policy::JsonType::string))
            return std::string(document->root().text());
    }
    return tenant.one_of.empty() ? "tenant-1" : tenant.one_of.front();
}

/// `iss` as the issuer writes it for that tenant.
std::string name_for(const config::Issuer& issuer, const std::string& tenant) {
    const config::IssuerPattern pattern = config::parse_issuer_pattern(issuer.issuer);
    if (!pattern.has_tenant) return issuer.issuer;
    return std::string(pattern.before) + tenant + std::string(pattern.after);
}

} // namespace

std::string claims_text(const config::suite::Token& token, const config::Issuer& issuer,
                        policy::TimePoint now) {
    Object claims(token.claims);
    if (issuer.tenant) {
        const std::string tenant = tenant_of(token, *issuer.tenant);
        claims.fill_in("iss", json_string(name_for(issuer, tenant)));
        claims.fill_in(issuer.tenant->claim, json_string(tenant));
    } else {
        claims.fill_in("iss", json_string(issuer.issuer));
    }
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
