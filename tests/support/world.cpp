#include "tests/support/world.hpp"

#include <gtest/gtest.h>

namespace support {

namespace jose = policy::jose;

Request::Request(std::string target, std::string method, std::string host)
    : target_(std::move(target)), method_(std::move(method)), host_(std::move(host)) {}

Request& Request::field(std::string name, std::string value) {
    fields_.emplace_back(std::move(name), std::move(value));
    return *this;
}

policy::RequestHead& Request::head() {
    head_.clear();
    head_.method = method_;
    head_.target = target_;
    head_.authority = host_;
    head_.minor_version = minor_version;
    for (const auto& [name, value] : fields_)
        head_.fields.push(name, value, policy::field_id(name));
    return head_;
}

std::string added(const policy::Admitted& admitted, std::string_view name) {
    std::string text;
    for (const policy::AddedField& field : admitted.added())
        if (field.name == name) text += (text.empty() ? "" : "|") + std::string(field.value);
    return text;
}

std::string forwarded(const policy::RequestHead& head) {
    std::string text;
    for (const policy::Field& field : head.fields.all())
        if (!field.dropped) text += (text.empty() ? "" : " ") + std::string(field.name);
    return text;
}

namespace {

config::Issuer make_issuer(char name) {
    config::Issuer issuer;
    issuer.name = name;
    issuer.issuer = std::string("https://") + name + ".example";
    issuer.audiences = {"api://gw"};
    issuer.keys.kind = config::KeySourceKind::file;
    issuer.keys.text = public_jwks({&test_key(jose::Algorithm::es256, name)});
    return issuer;
}

} // namespace

config::Model make_model() {
    config::Model model;
    model.file = "gateway.yaml";
    model.issuers = {make_issuer('a'), make_issuer('b')};
    config::Upstream upstream;
    upstream.name = "orders";
    upstream.targets = {{{}, "http://127.0.0.1:9", "127.0.0.1", 9}};
    model.upstreams = {upstream};
    return model;
}

config::Route make_route(std::string path) {
    config::Route route;
    route.name = path;
    route.path = std::move(path);
    route.upstream = "orders";
    route.access = config::Access::authenticated;
    return route;
}

std::string text_of(const config::Problems& problems) {
    std::string text;
    for (const config::Problem& problem : problems)
        text +=
            problem.file + ":" + std::to_string(problem.at.line) + ": " + problem.message + "\n";
    return text;
}

std::string problems_of(const config::Model& model) {
    config::Problems problems;
    const auto snapshot =
        policy::Snapshot::compile(std::make_shared<config::Model>(model), {}, problems);
    EXPECT_EQ(snapshot == nullptr, !problems.empty());
    return text_of(problems);
}

std::shared_ptr<policy::Snapshot> compile(const config::Model& model) {
    config::Problems problems;
    auto snapshot = policy::Snapshot::compile(std::make_shared<config::Model>(model), {}, problems);
    EXPECT_TRUE(snapshot) << text_of(problems);
    return snapshot;
}

World::World(const config::Model& model) : snapshot(compile(model)) {}

policy::Reason World::ask(Request& request) {
    scratch.reset();
    const policy::Peer from{policy::parse_address(peer).value(), peer, tls, 8080};
    policy::Tools tools{scratch, proofs, may_wait};
    outcome = std::make_unique<policy::Outcome>(
        policy::admit(*snapshot, request.head(), from, now, tools, findings));
    if (const auto* answer = std::get_if<policy::Answer>(outcome.get())) return answer->reason;
    // A key that is needed has no reason yet; tests look at `outcome` then.
    return std::holds_alternative<policy::Admitted>(*outcome) ? policy::Reason::allowed
                                                              : policy::Reason::unknown_key;
}

std::string token_of(char issuer, const std::vector<std::pair<std::string, std::string>>& claims) {
    TokenBuilder builder;
    builder.claim("iss", std::string("\"https://") + issuer + ".example\"");
    for (const auto& [name, json] : claims) builder.claim(name, json);
    return builder.sign(test_key(jose::Algorithm::es256, issuer));
}

} // namespace support
