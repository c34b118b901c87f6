#include "tests/unit/gateway/cli/test/support.hpp"

#include <filesystem>
#include <fstream>

namespace gateway::cli::test {
namespace {

namespace fs = std::filesystem;

class Workspaces : public testing::Test {
protected:
    Workspaces() {
        fs::remove_all(root);
        fs::create_directories(root + "/deep/.hidden");
    }
    ~Workspaces() override { fs::remove_all(root); }

    std::string write(const std::string& name, const std::string& text) const {
        std::ofstream(root + "/" + name) << text;
        return root + "/" + name;
    }

    const std::string root = testing::TempDir() + "claimgate_workspace_" +
                             testing::UnitTest::GetInstance()->current_test_info()->name();
    const std::string good = "tests:\n  - { name: Health is up, request: GET /health, expect: "
                             "allow }\n  - { request: GET /x, expect: 404 }\n";
};

TEST_F(Workspaces, ADirectoryIsSearchedForTestFiles) {
    for (const char* name : {"b.test.yaml", "a.test.yaml", "deep/c.test.yaml", "x.yaml",
                             "deep/.hidden/d.test.yaml", ".e.test.yaml"})
        write(name, good);
    const std::vector<std::string> expected = {root + "/a.test.yaml", root + "/b.test.yaml",
                                               root + "/deep/c.test.yaml", root + "/x.yaml"};
    EXPECT_EQ(find_test_files({root, root + "/x.yaml"}), expected);
}

TEST_F(Workspaces, TheConfigurationStandsBesideTheTests) {
    write("claimgate.yaml", shop);
    const std::string file = write("a.test.yaml", good);
    const Workspace workspace = load_workspace({.files = {file}});
    ASSERT_TRUE(workspace.problems.empty());
    ASSERT_EQ(workspace.projects.size(), 1u);
    EXPECT_EQ(workspace.projects[0].file, root + "/claimgate.yaml");
    EXPECT_EQ(workspace.projects[0].cases.size(), 2u);
    EXPECT_EQ(run_all(workspace).passed, 2u);
}

TEST_F(Workspaces, AConfigurationIsCompiledOnceForAllFilesThatNameIt) {
    write("other.yaml", shop);
    write("claimgate.yaml", shop);
    write("a.test.yaml", "config: other.yaml\n" + good);
    write("b.test.yaml", "config: other.yaml\n" + good);
    write("c.test.yaml", good);
    EXPECT_EQ(load_workspace({.files = {root}}).projects.size(), 2u);
    const Workspace all = load_workspace({.files = {root}, .config = root + "/other.yaml"});
    EXPECT_EQ(all.projects.size(), 1u);
}

TEST_F(Workspaces, APatternChoosesByNameInAnyCase) {
    write("claimgate.yaml", shop);
    const std::string file = write("a.test.yaml", good);
    const Workspace workspace = load_workspace({.files = {file}, .pattern = "health IS"});
    EXPECT_EQ(workspace.projects[0].cases.size(), 1u);
}

TEST_F(Workspaces, VariablesOfTheFileGoBeforeThoseOfTheEnvironment) {
    write("claimgate.yaml", std::string(shop) + "workers: ${CLAIMGATE_TEST_UNSET}\n");
    const std::string file = write("a.test.yaml", good);
    EXPECT_EQ(load_workspace({.files = {file}}).problems.size(), 1u);
    write("a.test.yaml", "variables: { CLAIMGATE_TEST_UNSET: 2 }\n" + good);
    const Workspace workspace = load_workspace({.files = {file}});
    ASSERT_TRUE(workspace.problems.empty());
    EXPECT_EQ(workspace.projects[0].model().workers, 2u);
}

TEST_F(Workspaces, ProblemsOfEveryFileAreReported) {
    write("claimgate.yaml", "routes: 1\n");
    write("a.test.yaml", good);
    write("b.test.yaml", "tests: 1\n");
    EXPECT_EQ(load_workspace({.files = {root}}).problems.size(), 2u);
}

TEST_F(Workspaces, AWholeTokenIsHeldAgainstTheKeysOfTheConfiguration) {
    write("claimgate.yaml", shop);
    const std::string file =
        write("a.test.yaml", "tests:\n  - request: GET /customers/a/orders\n"
                             "    token: { raw: eyJhbGciOiJFUzI1NiJ9.e30.AAAA }\n"
                             "    expect: { reason: unknown_issuer }\n");
    const Workspace workspace = load_workspace({.files = {file}});
    ASSERT_TRUE(workspace.problems.empty());
    EXPECT_TRUE(workspace.projects[0].own_keys);
    EXPECT_EQ(run_all(workspace).failed, 0u);
}

TEST_F(Workspaces, ATokenWhoseKeysAreNotHereIsDeniedByNoRule) {
    write("claimgate.yaml",
          shop + std::string("  - { name: tried, mode: shadow, path: /tried, upstream: orders, "
                             "access: authenticated }\n"));
    const std::string token =
        "eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCIsImtpZCI6ImsifQ."
        "eyJpc3MiOiJodHRwczovL2lkLmV4YW1wbGUuY29tIiwiYXVkIjoiYXBpIiwic3ViIjoiYWRhIiwic2NvcGUiOiJwc"
        "m9maWxlIiwiZXhwIjo0MTAyNDQ0ODAwfQ." +
        std::string(86, 'A');
    std::string tests = "tests:\n";
    for (const char* expect : {"deny", "{ verdict: deny, route: own }", "503",
                               "{ verdict: deny, reason: keys_unavailable }"})
        tests += "  - request: GET /customers/ada/orders\n    token: { raw: " + token +
                 " }\n    expect: " + expect + "\n";
    tests += "  - request: GET /tried\n    token: { raw: " + token +
             " }\n    expect: { verdict: allow, shadow: deny }\n";
    const Workspace workspace = load_workspace({.files = {write("a.test.yaml", tests)}});
    ASSERT_TRUE(workspace.problems.empty());
    const RunOutcome outcome = run_all(workspace);
    EXPECT_EQ(outcome.failed, 3u);
    for (std::size_t i : {0u, 1u, 4u}) {
        const auto& differences = outcome.projects[0].cases[i].differences;
        ASSERT_EQ(differences.size(), 1u) << i;
        EXPECT_EQ(differences[0].what, i == 4 ? "shadow" : "verdict");
        EXPECT_EQ(differences[0].got,
                  "503 keys_unavailable, which is no decision: the keys of this "
                  "token's issuer are not here; give `claims` instead");
    }
}

} // namespace
} // namespace gateway::cli::test
