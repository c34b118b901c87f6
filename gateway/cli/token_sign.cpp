#include "gateway/cli/token_sign.hpp"

#include "gateway/cli/exit_code.hpp"
#include "gateway/cli/input.hpp"
#include "gateway/cli/json_text.hpp"
#include "policy/jose/private_key.hpp"

#include <algorithm>
#include <optional>
#include <ostream>
#include <utility>

namespace gateway::cli {
namespace {

namespace jose = policy::jose;

/// Claims in the order in which they were said; what is said again replaces.
class ClaimSet {
public:
    void set(std::string name, std::string json) {
        const auto known = std::find_if(claims_.begin(), claims_.end(),
                                        [&](const auto& claim) { return claim.first == name; });
        if (known != claims_.end())
            known->second = std::move(json);
        else
            claims_.emplace_back(std::move(name), std::move(json));
    }
    std::string to_json() const {
        std::string out = "{";
        for (const auto& [name, json] : claims_) {
            if (out.size() > 1) out += ',';
            out += json_string(name) + ':' + json;
        }
        return out + '}';
    }

private:
    std::vector<std::pair<std::string, std::string>> claims_; ///< the value as JSON
};

std::string json_array(const std::vector<std::string>& texts) {
    std::string out = "[";
    for (const std::string& text : texts) {
        if (out.size() > 1) out += ',';
        out += json_string(text);
    }
    return out + ']';
}

ClaimSet registered_claims(const SignOptions& options, policy::TimePoint now) {
    const std::int64_t seconds =
        std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    ClaimSet claims;
    if (!options.issuer.empty()) claims.set("iss", json_string(options.issuer));
    if (!options.subject.empty()) claims.set("sub", json_string(options.subject));
    if (options.audiences.size() == 1) claims.set("aud", json_string(options.audiences.front()));
    if (options.audiences.size() > 1) claims.set("aud", json_array(options.audiences));
    claims.set("iat", std::to_string(seconds));
    claims.set("exp", std::to_string(seconds + options.lifetime));
    return claims;
}

/// Adds the members of a JSON object; an error text otherwise.
std::string add_object(ClaimSet& claims, const std::string& argument, Console& console) {
    std::string text = argument;
    if (argument.starts_with('@')) {
        std::string problem;
        const auto read = read_input(argument.substr(1), console, problem);
        if (!read) return problem;
        text = *read;
    }
    const auto document = policy::parse_json(text);
    if (!document || !document->root().is(policy::JsonType::object))
        return "--claims wants a JSON object, like '{\"scope\": \"orders:read\"}'";
    for (auto member = document->root().first(); member; member = member->next()) {
        std::string json;
        append_json(json, *member);
        claims.set(std::string(member->name()), std::move(json));
    }
    return {};
}

std::string add_pair(ClaimSet& claims, const std::string& argument) {
    const std::size_t equals = argument.find('=');
    if (equals == std::string::npos || equals == 0)
        return "--claim wants NAME=VALUE, not " + argument;
    const std::string value = argument.substr(equals + 1);
    const bool is_json = policy::parse_json(value).has_value();
    claims.set(argument.substr(0, equals), is_json ? value : json_string(value));
    return {};
}

int complain(Console& console, std::string_view what) {
    console.err << "claimgate token sign: " << what << '\n';
    return exit_code::usage;
}

} // namespace

int sign_token(const SignOptions& options, policy::TimePoint now, Console& console) {
    std::optional<jose::Algorithm> algorithm;
    if (!options.algorithm.empty()) {
        algorithm = jose::parse_algorithm(options.algorithm);
        if (!algorithm) return complain(console, "unknown algorithm " + options.algorithm);
    }
    std::string problem;
    const auto text = read_input(options.key, console, problem);
    if (!text) return complain(console, problem);
    const auto key = jose::parse_private_key(*text, algorithm);
    if (!key) return complain(console, options.key + ": " + std::string(to_string(key.error())));

    ClaimSet claims = registered_claims(options, now);
    if (!options.claims.empty()) problem = add_object(claims, options.claims, console);
    for (const std::string& pair : options.claim_list)
        if (problem.empty()) problem = add_pair(claims, pair);
    if (!problem.empty()) return complain(console, problem);

    const std::string header =
        options.type.empty() ? "" : "{\"typ\":" + json_string(options.type) + '}';
    const auto token = jose::sign(*key, header, claims.to_json());
    if (!token) return complain(console, jose::to_string(token.error()));
    console.out << *token << '\n';
    return exit_code::good;
}

} // namespace gateway::cli
