#include "gateway/cli/test/sketch.hpp"

#include "policy/route/pattern.hpp"

#include <algorithm>
#include <string_view>

namespace gateway::cli::test {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

std::string& value_of(Pairs& pairs, const std::string& name) {
    for (auto& [known, value] : pairs)
        if (known == name) return value;
    return pairs.emplace_back(name, std::string()).second;
}

std::string sample(const policy::route::Segment& segment, const std::string& name) {
    using Kind = policy::route::Segment::Kind;
    switch (segment.kind) {
    case Kind::literal: return segment.text;
    case Kind::integer: return "7";
    case Kind::uuid: return "6b1f9c1e-0c5d-4c55-9d0a-3a0c6d1f2e47";
    case Kind::plain: return name + "-1";
    case Kind::rest: break;
    }
    return "something";
}

void add_path(const config::Route& route, Sketch& sketch) {
    config::Problems ignored; // the route compiled
    const auto pattern = policy::route::parse_pattern(route, {}, ignored);
    if (!pattern) return;
    for (const policy::route::Segment& segment : pattern->segments) {
        const bool is_parameter = segment.kind != policy::route::Segment::Kind::literal &&
                                  segment.kind != policy::route::Segment::Kind::rest;
        const std::size_t index = sketch.parameters.size();
        if (is_parameter) sketch.parameters.push_back(sketch.segments.size());
        sketch.segments.push_back(
            sample(segment, is_parameter ? pattern->parameters[index] : std::string()));
    }
}

void add_claims(Sketch& sketch) {
    sketch.claims.make({"sub"}).set({{}, std::string("ada")});
    for (const config::RequiredClaim& claim : sketch.issuer->required_claims)
        if (claim.values.empty() && !sketch.claims.find({claim.name}))
            sketch.claims.make({claim.name}).set({{}, claim.name + "-1"});
}

/// As a form encodes it (the matcher decodes it so); what needs no escape stays readable.
std::string encoded(std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF", safe = "-._~:/@";
    std::string out;
    for (const char c : text) {
        const bool is_word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                             (c >= 'A' && c <= 'Z') || safe.find(c) != safe.npos;
        if (is_word) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += {'%', hex[byte >> 4], hex[byte & 15]};
    }
    return out;
}

std::string target_of(const Sketch& sketch) {
    std::string target;
    for (const std::string& segment : sketch.segments) target += '/' + segment;
    if (target.empty()) target = "/";
    char separator = '?';
    for (const auto& [name, value] : sketch.query) {
        target += separator + encoded(name) + '=' + encoded(value);
        separator = '&';
    }
    return target;
}

std::string request_yaml(const Sketch& sketch) {
    const std::string target = target_of(sketch);
    if (sketch.host.empty() && sketch.client.empty() && sketch.headers.empty())
        return sketch.method + ' ' + target;
    std::string out = "{ ";
    if (sketch.method != "GET") out += "method: " + yaml_text(sketch.method) + ", ";
    out += "path: " + yaml_text(target);
    if (!sketch.host.empty()) out += ", host: " + yaml_text(sketch.host);
    if (!sketch.client.empty()) out += ", client: " + yaml_text(sketch.client);
    Tree headers;
    for (const auto& [name, value] : sketch.headers) headers.make({name}).set({{}, value});
    if (!headers.empty()) out += ", headers: " + to_yaml(headers);
    return out + " }";
}

std::string token_yaml(const Sketch& sketch, const config::Model& model) {
    const bool is_first = sketch.issuer == &model.issuers.front();
    return "{ " + (is_first ? std::string() : "issuer: " + yaml_text(sketch.issuer->name) + ", ") +
           "claims: " + to_yaml(sketch.claims) + " }";
}

} // namespace

std::string& Sketch::header(const std::string& name) { return value_of(headers, name); }

std::string& Sketch::parameter_of_query(const std::string& name) { return value_of(query, name); }

Sketch make_sketch(const config::Route& route, const config::Issuer* issuer) {
    Sketch sketch;
    sketch.issuer = issuer;
    if (!route.methods.empty()) sketch.method = route.methods.front();
    if (!route.hosts.empty()) {
        sketch.host = route.hosts.front();
        if (sketch.host.starts_with("*.")) sketch.host.replace(0, 1, "www");
    }
    add_path(route, sketch);
    if (issuer) add_claims(sketch);
    return sketch;
}

std::string to_yaml(const Sketch& sketch, Bearer bearer, const config::Model& model) {
    std::string out = "    request: " + request_yaml(sketch) + '\n';
    if (bearer == Bearer::token && sketch.issuer)
        out += "    token: " + token_yaml(sketch, model) + '\n';
    return out;
}

} // namespace gateway::cli::test
