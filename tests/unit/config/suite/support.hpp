#pragma once

// One test, or one token, out of a few lines of a test file.

#include "config/suite/suite.hpp"
#include "tests/unit/config/support.hpp"

#include <gtest/gtest.h>

#include <string>

namespace config::suite::test {

/// The only test of a file; `lines` begin with its first key.
inline Test test_of(const std::string& lines) {
    const Loaded loaded = load_text("tests:\n  - " + lines, "a.test.yaml");
    EXPECT_TRUE(loaded.suite) << config::test::report(loaded.problems);
    return loaded.suite ? loaded.suite->tests.front() : Test{};
}

/// What is wrong with it; its first line is line 2.
inline std::string report_of(const std::string& lines) {
    return config::test::report(load_text("tests:\n  - " + lines, "a.test.yaml").problems);
}

/// "name=json name" of claims, in their order; without `=` where it is left out.
inline std::string text_of(const std::vector<Claim>& claims) {
    std::string text;
    for (const Claim& claim : claims)
        text += (text.empty() ? "" : " ") + claim.name + (claim.json ? "=" + *claim.json : "");
    return text;
}

} // namespace config::suite::test
