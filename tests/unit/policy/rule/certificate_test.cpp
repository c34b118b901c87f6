#include "policy/rule/certificate.hpp"
#include "policy/trace.hpp"
#include "tests/support/rules.hpp"

#include <gtest/gtest.h>

namespace policy::rule {
namespace {

using config::EntryKind;
using config::Operator;
using support::match;
using support::scalar;
using support::Scene;

const std::string print(64, 'a');
const ClientCertificate reports{
    "CN=reports,O=Shop", {"DNS:reports.shop", "URI:spiffe://shop/ns/x"}, print};

config::Rule asks(const std::string& part, Operator op, std::vector<config::Scalar> operands) {
    return support::rule({support::matches(EntryKind::certificate, {match(part, op, operands)})});
}

config::Model make_model() {
    config::Model model = support::make_model();
    model.listeners.emplace_back().tls.emplace().client_certificates.emplace();
    return model;
}

Reason reason(const config::Rule& rule, const ClientCertificate* certificate = &reports) {
    Scene scene("{}", "/ada/x", make_model());
    scene.certificate = certificate;
    return scene.reason(rule);
}

TEST(Certificate, IsHeldAgainstItsParts) {
    const struct {
        std::string part;
        Operator op;
        std::string operand;
        bool held;
    } table[] = {
        {"subject", Operator::equals, "CN=reports,O=Shop", true},
        {"subject", Operator::equals, "CN=reports", false},
        {"subject", Operator::suffix, ",O=Shop", true},
        {"subject", Operator::matches, "CN=[a-z]+,O=Shop", true},
        {"subject", Operator::not_equals, "CN=other", true},
        {"san", Operator::equals, "DNS:reports.shop", true},
        {"san", Operator::equals, "URI:spiffe://shop/ns/x", true},
        {"san", Operator::equals, "reports.shop", false},
        {"san", Operator::equals, "URI:reports.shop", false},
        {"san", Operator::prefix, "URI:spiffe://shop/", true},
        {"san", Operator::prefix, "URI:spiffe://other/", false},
        {"fingerprint", Operator::equals, print, true},
        {"fingerprint", Operator::one_of, std::string(64, 'b'), false},
    };
    for (const auto& row : table)
        EXPECT_EQ(reason(asks(row.part, row.op, {scalar(row.operand)})),
                  row.held ? Reason::allowed : Reason::rule_denied)
            << row.part << ' ' << row.operand;
}

TEST(Certificate, ThatIsNotThereFulfilsNothing) {
    for (const char* part : {"subject", "san", "fingerprint"})
        for (const bool exists : {true, false})
            EXPECT_EQ(reason(asks(part, Operator::exists, {scalar(exists)}), nullptr),
                      Reason::rule_denied)
                << part;
}

TEST(Certificate, MayLackAPart) {
    const ClientCertificate bare{"", {}, print};
    for (const char* part : {"subject", "san"}) {
        EXPECT_EQ(reason(asks(part, Operator::exists, {scalar(false)}), &bare), Reason::allowed);
        EXPECT_EQ(reason(asks(part, Operator::exists, {scalar(true)}), &bare), Reason::rule_denied);
        EXPECT_EQ(reason(asks(part, Operator::exists, {scalar(true)})), Reason::allowed);
    }
    EXPECT_EQ(reason(asks("subject", Operator::not_equals, {scalar("x")}), &bare),
              Reason::rule_denied);
}

// All conditions of one matcher are about one name: two names do not add up to a third.
TEST(Certificate, IsHeldAgainstOneNameAtATime) {
    config::Match both = match("san", Operator::prefix, {scalar("DNS:")});
    both.conditions.push_back({{5, 1}, Operator::suffix, {scalar("/ns/x")}});
    EXPECT_EQ(reason(support::rule({support::matches(EntryKind::certificate, {both})})),
              Reason::rule_denied);
}

TEST(Certificate, MayBeComparedWithTheRequest) {
    EXPECT_EQ(reason(asks("san", Operator::equals, {scalar("DNS:{path.customer}.shop")})),
              Reason::rule_denied);
    Scene scene("{}", "/reports/x", make_model());
    scene.certificate = &reports;
    EXPECT_EQ(scene.reason(asks("san", Operator::equals, {scalar("DNS:{path.customer}.shop")})),
              Reason::allowed);
}

TEST(Certificate, IsToldByExplain) {
    Scene scene("{}", "/ada/x", make_model());
    scene.certificate = &reports;
    Trace trace;
    scene.judge(asks("san", Operator::equals, {scalar("DNS:x")}), &trace);
    const TraceStep& step = trace.stages().at(0).steps.at(0).steps.at(0);
    EXPECT_EQ(step.what, "certificate.san equals");
    EXPECT_FALSE(step.held);
    EXPECT_EQ(step.expected, "\"DNS:x\"");
    EXPECT_EQ(step.found, "\"DNS:reports.shop\", \"URI:spiffe://shop/ns/x\"");
}

TEST(Certificate, IsNotAskedWhatItCannotAnswer) {
    const auto problem = [](const config::Rule& rule,
                            const config::Model& model = make_model()) -> std::string {
        config::Problems problems;
        Rule::compile(rule, model, {}, problems);
        return problems.empty() ? "" : problems[0].message;
    };
    EXPECT_EQ(problem(asks("san", Operator::not_equals, {scalar("x")})),
              "this operator does not go with `san`");
    EXPECT_EQ(problem(asks("fingerprint", Operator::prefix, {scalar("x")})),
              "this operator does not go with `fingerprint`");
    EXPECT_EQ(problem(asks("subject", Operator::prefix, {scalar("x")})), "");
    EXPECT_EQ(problem(asks("subject", Operator::prefix, {scalar("x")}), support::make_model()),
              "no listener asks clients for certificates, so this can never hold");
    EXPECT_NE(problem(support::rule({support::matches(EntryKind::certificate, {})})), "");
}

TEST(Certificate, ThatIsNotReadableNeitherHoldsNorPassesNone) {
    const ClientCertificate half{"", {}, print, false};
    for (const char* part : {"subject", "san"}) {
        const auto rule = asks(part, Operator::equals, {scalar("DNS:reports.shop")});
        EXPECT_EQ(reason(rule, &half), Reason::rule_denied);
        EXPECT_EQ(reason(support::rule({support::group(EntryKind::none, {rule})}), &half),
                  Reason::rule_denied);
    }
    EXPECT_EQ(reason(asks("fingerprint", Operator::equals, {scalar(print)}), &half),
              Reason::allowed);
}

} // namespace
} // namespace policy::rule
