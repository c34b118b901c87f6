#pragma once

// Rules and matchers in few words, and a request with claims to hold them against, without a
// signature.

#include "config/model.hpp"
#include "policy/admission.hpp"
#include "policy/rule/rule.hpp"
#include "tests/support/world.hpp"

#include <memory>
#include <string>
#include <vector>

namespace support {

config::Scalar scalar(std::string text);
config::Scalar scalar(const char* text);
config::Scalar scalar(bool value);
config::Scalar scalar(int value);
config::Scalar scalar(double value);
config::Scalar scalar(std::nullptr_t);

config::Match match(std::string subject, config::Operator op, std::vector<config::Scalar> operands);
config::Entry entry(config::EntryKind kind, std::vector<std::string> names);
config::Entry group(config::EntryKind kind, std::vector<config::Rule> rules);
config::Entry matches(config::EntryKind kind, std::vector<config::Match> matches);
config::Rule rule(std::vector<config::Entry> entries, bool shadow = false);

/// An admission on a route `/{customer}/x` with the claims of issuer `a`.
class Scene {
public:
    explicit Scene(const std::string& claims, std::string target = "/ada/x",
                   config::Model model = make_model());

    /// Compiles and evaluates; fails the test where the rule does not compile.
    policy::rule::Verdict judge(const config::Rule& rule, policy::Trace* trace = nullptr);
    policy::Reason reason(const config::Rule& rule) { return judge(rule).reason; }

    Request request;
    const policy::ClientCertificate* certificate = nullptr;
    policy::Admission& admission();

private:
    config::Model model_;
    std::shared_ptr<policy::Snapshot> snapshot_;
    policy::Scratch scratch_;
    policy::token::ProofCache proofs_{0, 0};
    policy::Tools tools_{scratch_, proofs_};
    policy::Peer peer_{policy::parse_address("192.0.2.7").value(), "192.0.2.7"};
    policy::token::ProofPtr proof_;
    std::vector<policy::rule::Rule> rules_;
    std::vector<std::unique_ptr<config::Rule>> settings_;
    std::unique_ptr<policy::Admission> admission_;
    std::string path_, query_, customer_;
};

} // namespace support
