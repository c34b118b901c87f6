#pragma once

// A configuration and a file of tests about it, in memory.

#include "config/load.hpp"
#include "config/print.hpp"
#include "gateway/cli/test/outcome.hpp"
#include "gateway/cli/test/report.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <sstream>
#include <string>

namespace gateway::cli::test {

inline constexpr const char* shop = R"(listeners: [{ bind: 127.0.0.1:8080 }]
issuers:
  main: { issuer: https://id.example.com, audience: api, keys: discover }
  other: { issuer: https://other.example.com, audience: [x, y], types: [at+jwt], keys: discover }
upstreams: { orders: { targets: [http://127.0.0.1:9] } }
policies:
  staff: { roles: [support] }
routes:
  - { name: health, path: /health, upstream: orders, access: public }
  - name: own
    path: /customers/{customer}/orders
    methods: [GET, HEAD]
    upstream: orders
    access:
      scopes: [orders:read]
      any:
        - claims: { sub: "{path.customer}" }
        - policy: staff
    forward: { headers: { X-Customer: "{claim.sub}", X-Roles: "{claim.roles}" } }
)";

/// What a file of tests about `shop`, or another configuration, comes to.
class Bench {
public:
    explicit Bench(const std::string& tests, const std::string& configuration = shop) {
        config::Loaded loaded = config::load_text(configuration, "claimgate.yaml");
        config::suite::Loaded suite = config::suite::load_text(tests, "a.test.yaml");
        Project& project = workspace.projects.emplace_back();
        project.file = "claimgate.yaml";
        project.source = configuration;
        if (loaded.model)
            project.rehearsal = policy::Rehearsal::make(*loaded.model, loaded.problems);
        EXPECT_TRUE(project.rehearsal) << config::to_text(loaded.problems);
        EXPECT_TRUE(suite.suite) << config::to_text(suite.problems);
        project.suites.push_back(
            std::make_unique<config::suite::Suite>(std::move(suite.suite).value()));
        project.cases = make_cases(*project.suites.front(), *project.rehearsal, problems);
        if (problems.empty()) outcome = run_all(workspace);
    }

    const CaseOutcome& result(std::size_t index) const {
        return outcome.projects.front().cases.at(index);
    }
    /// "status: 403 != allowed" for each difference of that test.
    std::string differences(std::size_t index = 0) const {
        std::string text;
        for (const Difference& difference : result(index).differences)
            text += difference.what + ": " + difference.expected + " != " + difference.got + "\n";
        return text;
    }

    Workspace workspace;
    config::Problems problems; ///< of names and values in the tests
    RunOutcome outcome;
};

/// A console that keeps what is printed.
struct Paper {
    std::istringstream in;
    std::ostringstream out, err;
    Console console{in, out, err};
};

} // namespace gateway::cli::test
