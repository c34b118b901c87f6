#include "policy/record/interest.hpp"

#include "policy/rule/node.hpp"

#include <algorithm>
#include <array>
#include <variant>

namespace policy::record {

namespace {

void add_part(std::vector<NamedPart>& parts, std::string_view name, bool clear) {
    const auto place = std::ranges::lower_bound(parts, name, {}, &NamedPart::name);
    if (place != parts.end() && place->name == name)
        place->clear |= clear;
    else
        parts.insert(place, {std::string(name), clear});
}

void add_text(Interest& interest, const rule::Text& text) {
    for (const rule::Piece& piece : text.pieces()) {
        if (piece.kind == rule::Piece::Kind::claim) interest.claims.add(piece.claim.steps, false);
        if (piece.kind == rule::Piece::Kind::header) add_part(interest.headers, piece.text, false);
        if (piece.kind == rule::Piece::Kind::query) add_part(interest.queries, piece.text, false);
    }
}

void add_matcher(Interest& interest, const rule::NamedMatcher& named) {
    switch (named.source) {
    case rule::NamedMatcher::Source::claim: interest.claims.add(named.claim.steps, false); break;
    case rule::NamedMatcher::Source::header: add_part(interest.headers, named.name, false); break;
    case rule::NamedMatcher::Source::query: add_part(interest.queries, named.name, false); break;
    default: break; // certificates are not recorded
    }
    for (const auto& check : named.matcher.checks())
        for (const rule::Operand& operand : check.operands)
            if (const auto* text = std::get_if<rule::Text>(&operand)) add_text(interest, *text);
}

void add_rule(Interest& interest, const rule::Node& node) {
    for (const rule::NamedMatcher& named : node.matchers) add_matcher(interest, named);
    for (const rule::Node& child : node.children) add_rule(interest, child);
}

void add_paths(Interest& interest, const std::vector<std::string>& paths) {
    for (const std::string& text : paths) {
        std::string why;
        if (const auto path = rule::parse_claim_path(text, why))
            interest.claims.add(path->steps, true);
    }
}

constexpr std::array<std::string_view, 4> secret_headers = {"authorization", "cookie",
                                                            "proxy-authorization", "set-cookie"};

constexpr std::array<std::string_view, 13> registered = {
    "acr", "appid", "aud", "auth_time", "azp",   "cid", "client_id",
    "exp", "iat",   "iss", "nbf",       "scope", "scp"};

} // namespace

bool is_secret_header(std::string_view name) {
    return std::ranges::find(secret_headers, name) != secret_headers.end();
}

bool is_secret_query(std::string_view name) { return name == "access_token"; }

bool is_always_recorded(std::string_view claim) {
    return claim == "cnf" || std::ranges::find(registered, claim) != registered.end();
}

ClaimTree& ClaimTree::add(const std::vector<std::string>& steps, bool as_it_is) {
    ClaimTree* tree = this;
    for (const std::string& step : steps) {
        auto child = std::ranges::find(tree->children, step, &ClaimTree::name);
        if (child == tree->children.end())
            child = tree->children.insert(child, ClaimTree{.name = step});
        tree = &*child;
    }
    tree->whole = true;
    tree->clear |= as_it_is;
    return *tree;
}

const ClaimTree* ClaimTree::find(std::string_view member) const {
    const auto child = std::ranges::find(children, member, &ClaimTree::name);
    return child == children.end() ? nullptr : &*child;
}

Interest make_interest(const route::Route& route, const config::Model& model,
                       const config::DecisionLog& log) {
    Interest interest;
    for (const std::string_view name : registered) interest.claims.add({std::string(name)}, true);
    interest.claims.add({"cnf"}, false);
    for (const config::Issuer& issuer : model.issuers) {
        add_paths(interest, issuer.roles);
        add_paths(interest, issuer.groups);
        add_paths(interest, issuer.scopes);
        interest.claims.add({issuer.audience_claim}, true);
        // What the configuration itself says is no secret of the token's.
        for (const config::RequiredClaim& required : issuer.required_claims) {
            auto& texts = interest.claims.add({required.name}, false).clear_texts;
            texts.insert(texts.end(), required.values.begin(), required.values.end());
        }
    }
    if (const rule::Node* root = route.rule.root()) add_rule(interest, *root);
    for (const route::ForwardHeader& header : route.headers) add_text(interest, header.value);
    add_paths(interest, log.claims);
    for (const std::string& name : log.headers) add_part(interest.headers, name, true);
    for (const std::string& name : log.queries) add_part(interest.queries, name, true);
    return interest;
}

} // namespace policy::record
