// A whole request in any bytes, one part a line: method, target, host, then name:value fields,
// where `Bearer @` is a good token. What is admitted must have been allowed to: a public route, or
// a proof of an issuer; and nothing forged may go on.

#include "policy/answers.hpp"
#include "tests/support/rules.hpp"

#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using support::World;

config::Model configured() {
    config::Model model = support::make_model();
    model.trusted_proxies = {"10.0.0.0/8"};
    config::Route own = support::make_route("/own/{customer}/**");
    own.access = config::Access::rule;
    own.rule = support::rule({support::matches(
        config::EntryKind::claims,
        {support::match("sub", config::Operator::equals, {support::scalar("{path.customer}")})})});
    own.forward.headers = {{{}, "X-Customer", "{claim.sub}"},
                           {{}, "X-Q", "{query.q}-{header.x-h}"}};
    own.cors = config::Cors{};
    own.cors->origins = {"https://shop.example"};
    config::Route open = support::make_route("/open/{id:int}");
    open.access = config::Access::everyone;
    open.forward.headers = {{{}, "X-Q", "{query.q}"}};
    config::Route maybe = support::make_route("/maybe");
    maybe.access = config::Access::optional;
    model.routes = {own, open, maybe};
    return model;
}

const std::string good_token = "Bearer " + support::token_of('a');

std::string_view take_line(std::string_view& text) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    return line;
}

void fill(policy::RequestHead& head, std::string_view text) {
    head.method = take_line(text);
    head.target = take_line(text);
    head.authority = take_line(text);
    while (!text.empty()) {
        const std::string_view line = take_line(text);
        const std::size_t colon = std::min(line.find(':'), line.size());
        const std::string_view name = line.substr(0, colon);
        std::string_view value = line.substr(std::min(colon + 1, line.size()));
        if (value == "Bearer @") value = good_token; // no fuzzer finds a signature
        if (!head.fields.push(name, value, policy::field_id(name))) return;
    }
}

void check(const policy::Admitted& admitted, const policy::RequestHead& head) {
    const auto access = admitted.route().settings->access;
    if (access != config::Access::everyone && access != config::Access::optional &&
        !admitted.proof())
        std::abort();
    for (const policy::AddedField& field : admitted.added())
        for (const char c : field.value)
            if (c == '\r' || c == '\n' || c == '\0') std::abort();
    for (const policy::Field& field : head.fields.all())
        if (!field.dropped &&
            (field.name == "x-customer" || field.name == "x-q" ||
             field.id == policy::FieldId::authorization || field.id == policy::FieldId::connection))
            std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static World world(configured());
    static policy::RequestHead head;
    const std::string text(reinterpret_cast<const char*>(data), size);
    head.clear();
    fill(head, text);
    world.scratch.reset();
    const std::string_view address = size % 2 ? "192.0.2.7" : "10.0.0.1";
    const policy::Peer peer{*policy::parse_address(address), address};
    policy::Tools tools{world.scratch, world.proofs};
    const auto outcome =
        policy::admit(*world.snapshot, head, peer, world.now, tools, world.findings);
    if (const auto* admitted = std::get_if<policy::Admitted>(&outcome)) check(*admitted, head);
    if (const auto* answer = std::get_if<policy::Answer>(&outcome)) {
        policy::ResponseHead response;
        policy::render(*answer, head, "id", world.scratch, response);
        if (response.status < 200 || answer->reason == policy::Reason::internal_error) std::abort();
    }
    return 0;
}
