#include "config/load.hpp"
#include "tests/unit/config/support.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace config {
namespace {

using test::load_file;
using test::report;
using test::report_of;

TEST(Load, GivesAModelOnlyWithoutErrors) {
    const Loaded good = load_file(test::whole_file(""));
    EXPECT_TRUE(good.model);
    EXPECT_TRUE(good.problems.empty());
    const Loaded risky = load_file(test::whole_file("admin: { bind: 0.0.0.0:1 }\n"));
    EXPECT_TRUE(risky.model);
    EXPECT_EQ(risky.problems.size(), 1u);
    const Loaded bad = load_file(test::whole_file("workers: x\nadmin: { bind: 0.0.0.0:1 }\n"));
    EXPECT_FALSE(bad.model);
    EXPECT_EQ(bad.problems.size(), 2u);
}

TEST(Load, GivesAllProblemsInTheOrderOfTheFile) {
    EXPECT_EQ(report_of("routes:\n"
                        "  - { path: /a, upstream: nope, access: public }\n"
                        "  - { path: b, upstream: app, access: pubic }\n"
                        "workers: ${UNSET}\n"
                        "workers: 2\n"
                        "admin: { bnd: x }\n"),
              "2:27 there is no upstream `nope` (known: `app`)\n"
              "3:13 expected a path that begins with `/`, found \"b\" (write `/b`)\n"
              "3:39 expected `public`, `optional` or `authenticated`, or a rule, found \"pubic\" "
              "(did you mean "
              "`public`?)\n"
              "4:10 the variable `UNSET` is not set (set it, or write ${UNSET:-default})\n"
              "5:1 the key `workers` stands here twice (it is already set in line 4)\n"
              "6:10 unknown key `bnd` in `admin` (did you mean `bind`?)\n");
}

TEST(Load, NamesTheFileInEveryProblem) {
    for (const Problem& problem : load_file("routes: 1\nx: 2\n").problems)
        EXPECT_EQ(problem.file, "t.yaml");
}

TEST(Load, ReportsAFileThatCannotBeRead) {
    const Loaded loaded = load("/nowhere/gate.yaml");
    EXPECT_FALSE(loaded.model);
    ASSERT_EQ(loaded.problems.size(), 1u);
    EXPECT_EQ(loaded.problems[0].file, "/nowhere/gate.yaml");
    EXPECT_EQ(report(loaded.problems), "0:0 this file cannot be read: no such file\n");
}

TEST(Load, ReadsTheEnvironmentByDefault) {
    ::setenv("CLAIMGATE_TEST_WORKERS", "7", 1);
    const std::string path =
        test::write_file("env.yaml", test::whole_file("workers: ${CLAIMGATE_TEST_WORKERS}\n"));
    const Loaded loaded = load(path);
    ASSERT_TRUE(loaded.model) << report(loaded.problems);
    EXPECT_EQ(loaded.model->workers, 7u);
    EXPECT_EQ(loaded.model->file, path);
}

TEST(LoadAdmin, FindsTheSocketWhateverElseIsWrong) {
    const auto socket_of = [](std::string_view text) {
        const std::string path = test::write_file("admin.yaml", text);
        const std::string socket = load_admin(path).socket;
        const std::string directory = path.substr(0, path.rfind('/') + 1);
        return socket.starts_with(directory) ? socket.substr(directory.size()) : socket;
    };
    EXPECT_EQ(socket_of("admin: { socket: a.sock }\nroutes: 1\n"), "a.sock");
    EXPECT_EQ(socket_of("admin: { socket: a.sock, token: \"${UNSET_HERE}\" }\n"), "a.sock");
    EXPECT_EQ(socket_of("admin: { socket: /a.sock, bnd: x }\n"), "/a.sock");
    EXPECT_EQ(socket_of("admin: { socket: off }\n"), "");
    EXPECT_EQ(socket_of("admin: { socket: [x] }\n"), "claimgate.sock");
    EXPECT_EQ(socket_of("workers: x\n"), "claimgate.sock");
    EXPECT_EQ(socket_of(": : ["), "claimgate.sock");
    EXPECT_EQ(load_admin("/nowhere/gate.yaml").socket, "/nowhere/claimgate.sock");
    EXPECT_EQ(load_admin("gate.yaml").socket, "claimgate.sock");
}

TEST(Load, EndsALongListOfProblems) {
    std::string file;
    for (int i = 0; i < 600; ++i) file += "key" + std::to_string(i) + ": 1\n";
    const Loaded loaded = load_file(file);
    ASSERT_EQ(loaded.problems.size(), 501u);
    EXPECT_EQ(loaded.problems.back().message, "and 102 more"); // 600 keys, 2 missing ones
    EXPECT_EQ(loaded.problems.back().severity, Severity::error);
}

TEST(Load, StaysRefusedWhenWarningsCrowdOutTheError) {
    std::string file = "routes:\n  - { path: /p/**, upstream: app, access: authenticated }\n";
    for (int i = 0; i < 600; ++i)
        file += "  - { path: /p/" + std::to_string(i) + ", upstream: app, access: public }\n";
    const Loaded loaded = load_file(test::whole_file(file + "workers: x\n"));
    EXPECT_FALSE(loaded.model);
    EXPECT_TRUE(has_errors(loaded.problems));
}

TEST(Load, TakesTenThousandRoutes) {
    std::string file = "routes:\n";
    for (int i = 0; i < 10'000; ++i)
        file += "  - path: /service" + std::to_string(i) +
                "/{id}/**\n    methods: [GET]\n    upstream: app\n    access: { scopes: [a] }\n";
    const Loaded loaded = load_file(test::whole_file(file));
    ASSERT_TRUE(loaded.model) << report(loaded.problems);
    EXPECT_EQ(loaded.model->routes.size(), 10'000u);
    EXPECT_EQ(loaded.model->routes.back().name, "/service9999/{id}/**");
}

} // namespace
} // namespace config
