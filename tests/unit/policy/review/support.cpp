#include "tests/unit/policy/review/support.hpp"

#include "policy/review/review.hpp"
#include "tests/unit/config/support.hpp"

#include <gtest/gtest.h>

namespace policy::review::test {

namespace {

config::Problems warnings(std::string_view section) {
    config::Loaded loaded = config::test::load_file(config::test::whole_file(section));
    config::Problems problems = loaded.problems;
    const auto snapshot =
        loaded.model
            ? Snapshot::compile(std::make_shared<const config::Model>(std::move(*loaded.model)), {},
                                problems)
            : nullptr;
    EXPECT_TRUE(snapshot) << section << config::test::report(problems);
    return snapshot ? warnings_of(*snapshot) : config::Problems{};
}

} // namespace

std::string review_of(std::string_view section) { return config::test::report(warnings(section)); }

std::string names_of(std::string_view section) {
    std::string text;
    for (const config::Problem& problem : warnings(section))
        text += std::to_string(problem.at.line) + " " + problem.name + "\n";
    return text;
}

std::string routes(const std::vector<std::string>& each) {
    std::string text = "routes:\n";
    for (const std::string& route : each) text += "  - { upstream: app, " + route + " }\n";
    return text;
}

std::string access(std::string_view rule) {
    return routes({"path: /a, access: " + std::string(rule)});
}

} // namespace policy::review::test
