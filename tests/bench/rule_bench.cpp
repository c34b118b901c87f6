// What a rule costs once its token is proven: the usual shapes, each of which holds.

#include "policy/rule/rule.hpp"
#include "tests/bench/allocations.hpp"
#include "tests/support/rules.hpp"

namespace {

using config::EntryKind;
using config::Operator;
using support::entry;
using support::group;
using support::match;
using support::matches;
using support::rule;
using support::scalar;

constexpr const char* claims =
    R"({"iss":"https://a.example","sub":"ada","aud":"api://gw","exp":1,"iat":1,"jti":"8f1c7b",)"
    R"("azp":"shop","scope":"openid profile email orders:read orders:write","tenant":"acme",)"
    R"("level":7,"email":"ada@example.com","email_verified":true,"groups":["/sales","/sales/eu"],)"
    R"("realm_access":{"roles":["offline_access","uma_authorization","support","analyst"]}})";

config::Entry claim(const char* path, Operator op, config::Scalar value) {
    return matches(EntryKind::claims, {match(path, op, {std::move(value)})});
}

void evaluate(benchmark::State& state, const config::Rule& settings) {
    support::Scene scene(claims);
    policy::Admission& admission = scene.admission();
    config::Problems problems;
    const auto compiled =
        policy::rule::Rule::compile(settings, admission.snapshot.model(), {"customer"}, problems);
    if (!problems.empty()) return state.SkipWithError("the rule does not compile");
    if (policy::rule::evaluate(compiled, admission, nullptr).reason != policy::Reason::allowed)
        return state.SkipWithError("the rule does not hold");
    const bench::Counted counted(state);
    for (auto _ : state) {
        admission.tools.scratch.reset();
        benchmark::DoNotOptimize(policy::rule::evaluate(compiled, admission, nullptr));
    }
}

void rule_scopes(benchmark::State& state) {
    evaluate(state, rule({entry(EntryKind::scopes, {"orders:read", "orders:write"})}));
}

void rule_roles(benchmark::State& state) {
    evaluate(state, rule({entry(EntryKind::roles, {"support"})}));
}

void rule_claim_template(benchmark::State& state) {
    evaluate(state, rule({claim("sub", Operator::equals, scalar("{path.customer}"))}));
}

void rule_claims(benchmark::State& state) {
    evaluate(state, rule({matches(EntryKind::claims,
                                  {match("tenant", Operator::one_of,
                                         {scalar("acme"), scalar("globex"), scalar("initech")}),
                                   match("level", Operator::at_least, {scalar(5)}),
                                   match("email_verified", Operator::equals, {scalar(true)})})}));
}

/// The example of the README: a scope, and the customer or the support.
void rule_readme(benchmark::State& state) {
    evaluate(state, rule({entry(EntryKind::scopes, {"orders:read"}),
                          group(EntryKind::any,
                                {rule({claim("sub", Operator::equals, scalar("{path.customer}"))}),
                                 rule({entry(EntryKind::roles, {"support"})})})}));
}

/// Alternatives that fail before the one that holds, a nest, and an exclusion.
void rule_nest(benchmark::State& state) {
    evaluate(
        state,
        rule({group(EntryKind::any,
                    {rule({claim("tenant", Operator::equals, scalar("globex"))}),
                     rule({group(EntryKind::all,
                                 {rule({claim("level", Operator::at_least, scalar(5))}),
                                  rule({group(EntryKind::any,
                                              {rule({entry(EntryKind::client, {"other"})}),
                                               rule({entry(EntryKind::client, {"shop"})})})})})})}),
              group(EntryKind::none,
                    {rule({claim("suspended", Operator::equals, scalar(true))})})}));
}

void rule_regex(benchmark::State& state) {
    evaluate(state, rule({claim("email", Operator::matches, scalar("[a-z.]+@example\\.com"))}));
}

BENCHMARK(rule_scopes);
BENCHMARK(rule_roles);
BENCHMARK(rule_claim_template);
BENCHMARK(rule_claims);
BENCHMARK(rule_readme);
BENCHMARK(rule_nest);
BENCHMARK(rule_regex);

} // namespace
