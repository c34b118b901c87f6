#include "tests/unit/gateway/cli/test/support.hpp"

namespace gateway::cli::test {
namespace {

constexpr const char* tokens =
    "tokens:\n"
    "  ada: { claims: { sub: ada, scope: orders:read } }\n"
    "  poor: { claims: { sub: ada } }\n"
    "  staff: { claims: { sub: sue, scope: orders:read, roles: [support] } }\n"
    "tests:\n";

std::string text_of(const Coverage& coverage) {
    std::string text;
    for (const CoveredRoute& route : coverage.routes())
        text += std::to_string(route.at.line) + " " + route.name + " " +
                std::to_string(route.allowed) + "/" + std::to_string(route.refused) + "\n";
    for (const CoveredBranch& branch : coverage.branches())
        text += std::to_string(branch.at.line) + " " + branch.what + " " +
                std::to_string(branch.held) + "/" + std::to_string(branch.failed) + "\n";
    return text;
}

TEST(Coverage, CountsEachOutcomeByItsPlace) {
    const Bench bench(std::string(tokens) +
                      "  - { request: GET /customers/ada/orders, token: ada, expect: allow }\n"
                      "  - { request: GET /customers/bob/orders, token: ada, expect: deny }\n"
                      "  - { request: GET /customers/ada/orders, token: poor, expect: deny }\n"
                      "  - { request: GET /customers/ada/orders, expect: deny }\n");
    const Coverage& coverage = bench.outcome.projects.front().coverage;
    EXPECT_EQ(text_of(coverage), "9 health 0/0\n"
                                 "10 own 1/3\n"
                                 "7 roles 0/3\n"
                                 "15 scopes 2/1\n"
                                 "16 any 2/1\n"
                                 "17 claims.sub equals 2/1\n"
                                 "18 policy staff 0/3\n");
    EXPECT_EQ(coverage.possible(), 13u);
    EXPECT_EQ(coverage.seen(), 10u);
}

TEST(Coverage, IsWholeOnceEverythingWasTrueAndFalse) {
    const Bench bench(std::string(tokens) +
                      "  - { request: GET /health, expect: allow }\n"
                      "  - { request: GET /customers/bob/orders, token: staff, expect: allow }\n"
                      "  - { request: GET /customers/ada/orders, token: poor, expect: deny }\n"
                      "  - { request: GET /customers/bob/orders, token: ada, expect: deny }\n");
    const Coverage& coverage = bench.outcome.projects.front().coverage;
    EXPECT_EQ(coverage.seen(), coverage.possible()) << text_of(coverage);
}

TEST(Coverage, APercentageIsRoundedDown) {
    EXPECT_EQ(percent(0, 0), 100u);
    EXPECT_EQ(percent(0, 3), 0u);
    EXPECT_EQ(percent(299, 300), 99u);
    EXPECT_EQ(percent(3, 3), 100u);
}

} // namespace
} // namespace gateway::cli::test
