#pragma once

// A configuration, requests and a clock for tests of the decision: no file, no socket, no time that
// passes.

#include "config/model.hpp"
#include "policy/pipeline.hpp"
#include "policy/snapshot.hpp"
#include "tests/support/token_builder.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace support {

/// A request head that owns its text.
class Request {
public:
    explicit Request(std::string target, std::string method = "GET", std::string host = "g");
    Request& field(std::string name, std::string value);
    Request& bearer(const std::string& token) { return field("authorization", "Bearer " + token); }
    policy::RequestHead& head();

    int minor_version = 1;

private:
    std::string target_, method_, host_;
    std::vector<std::pair<std::string, std::string>> fields_;
    policy::RequestHead head_;
};

/// The name=value pairs of what was added, and a field's state, for short assertions.
std::string added(const policy::Admitted& admitted, std::string_view name);
/// "a b" of the names that are not dropped.
std::string forwarded(const policy::RequestHead& head);

/// Issuers `a` (https://a.example) and `b` (https://b.example), audience api://gw, with the ES256
/// keys 'a' and 'b'; upstream `orders`; no routes.
config::Model make_model();
/// GET and all other common methods; `authenticated`.
config::Route make_route(std::string path);

/// "file:line: message" for each problem.
std::string text_of(const config::Problems& problems);
/// Empty where the model compiles.
std::string problems_of(const config::Model& model);
/// Fails the test where the model does not compile.
std::shared_ptr<policy::Snapshot> compile(const config::Model& model);

/// One thread's tools around a snapshot.
class World {
public:
    explicit World(const config::Model& model);

    /// The reason: `allowed` for a permit. What else came of it stays in `outcome` and `findings`.
    policy::Reason ask(Request& request);
    policy::Reason ask(Request&& request) { return ask(request); } ///< its text is gone afterwards
    const policy::Admitted& admitted() const { return std::get<policy::Admitted>(*outcome); }
    const policy::Answer& answer() const { return std::get<policy::Answer>(*outcome); }

    std::shared_ptr<policy::Snapshot> snapshot;
    policy::TimePoint now = test_now;
    std::string peer = "192.0.2.7";
    bool tls = false;
    bool may_wait = true;
    policy::Scratch scratch;
    policy::token::ProofCache proofs{64, 1 << 20};
    policy::Findings findings;
    std::unique_ptr<policy::Outcome> outcome;
};

/// A token of issuer `a`, or `b`, with other claims than the builder's: {"name", "JSON text"}.
std::string token_of(char issuer,
                     const std::vector<std::pair<std::string, std::string>>& claims = {});

} // namespace support
