#include "tests/support/rules.hpp"

#include "policy/token/claims.hpp"
#include "policy/trace.hpp"

#include <gtest/gtest.h>

namespace support {

config::Scalar scalar(std::string text) { return {{5, 1}, std::move(text)}; }
config::Scalar scalar(const char* text) { return scalar(std::string(text)); }
config::Scalar scalar(bool value) { return {{5, 1}, value}; }
config::Scalar scalar(int value) { return {{5, 1}, static_cast<std::int64_t>(value)}; }
config::Scalar scalar(double value) { return {{5, 1}, value}; }
config::Scalar scalar(std::nullptr_t) { return {{5, 1}, nullptr}; }

config::Match match(std::string subject, config::Operator op,
                    std::vector<config::Scalar> operands) {
    config::Condition condition{{5, 1}, op, std::move(operands)};
    return {{5, 1}, std::move(subject), {std::move(condition)}};
}

config::Entry entry(config::EntryKind kind, std::vector<std::string> names) {
    config::Entry entry;
    entry.at = {5, 1};
    entry.kind = kind;
    entry.names = std::move(names);
    return entry;
}

config::Entry group(config::EntryKind kind, std::vector<config::Rule> rules) {
    config::Entry entry;
    entry.at = {5, 1};
    entry.kind = kind;
    entry.rules = std::move(rules);
    return entry;
}

config::Entry matches(config::EntryKind kind, std::vector<config::Match> matches) {
    config::Entry entry;
    entry.at = {5, 1};
    entry.kind = kind;
    entry.matches = std::move(matches);
    return entry;
}

config::Rule rule(std::vector<config::Entry> entries, bool shadow) {
    config::Rule rule;
    rule.at = {4, 1};
    rule.shadow = shadow;
    rule.entries = std::move(entries);
    return rule;
}

Scene::Scene(const std::string& claims, std::string target, config::Model model)
    : request(target), model_(std::move(model)), snapshot_(compile(model_)) {
    if (!claims.empty()) {
        auto proof = std::make_shared<policy::token::Proof>();
        auto parsed = policy::token::parse_claims(claims, {.bytes = 64 * 1024});
        EXPECT_TRUE(parsed) << claims;
        proof->claims = *std::move(parsed);
        proof->issuer_name = "a";
        proof_ = std::move(proof);
    }
    path_ = target.substr(0, target.find('?'));
    query_ = target.substr(path_.size());
    customer_ = path_.substr(1, path_.find('/', 1) - 1);
}

policy::Admission& Scene::admission() {
    peer_.certificate = certificate;
    admission_.reset(new policy::Admission{*snapshot_, request.head(), peer_, test_now, tools_});
    admission_->path = path_;
    admission_->query = query_;
    admission_->host = "g";
    admission_->client = peer_.address;
    admission_->client_text = peer_.text;
    admission_->parameters.values[0] = customer_;
    admission_->parameters.size = 1;
    admission_->proof = proof_;
    if (proof_) admission_->issuer = &snapshot_->issuers()[0];
    return *admission_;
}

policy::rule::Verdict Scene::judge(const config::Rule& rule, policy::Trace* trace) {
    // Compiled rules point into their settings, and verdicts into both.
    settings_.push_back(std::make_unique<config::Rule>(rule));
    config::Problems problems;
    rules_.push_back(
        policy::rule::Rule::compile(*settings_.back(), snapshot_->model(), {"customer"}, problems));
    EXPECT_TRUE(problems.empty()) << text_of(problems);
    if (trace) trace->begin_stage("decide");
    return policy::rule::evaluate(rules_.back(), admission(), trace);
}

} // namespace support
