#include "tests/unit/config/support.hpp"

#include <gtest/gtest.h>

namespace config {
namespace {

using test::load_file;
using test::model_of;
using test::report;
using test::report_of;

TEST(ModelFile, NeedsListenersAndRoutes) {
    EXPECT_EQ(report(load_file("workers: 1\n").problems),
              "1:1 the configuration needs `listeners`\n"
              "1:1 the configuration needs `routes`\n");
    EXPECT_EQ(report(load_file("[1]\n").problems),
              "1:1 expected a mapping for the configuration, found a list\n");
    EXPECT_EQ(report(load_file("hello\n").problems),
              "1:1 expected a mapping for the configuration, found \"hello\"\n");
}

TEST(ModelFile, SuggestsTheNearestKey) {
    EXPECT_EQ(report_of("polices: {}\n"),
              "1:1 unknown key `polices` in the configuration (did you mean `policies`?)\n");
}

TEST(ModelFile, NamesWhatThisVersionDoesNotHave) {
    EXPECT_EQ(report_of("token_service: {}\nrevocation: {}\n"),
              "1:1 `token_service` is not part of this version of claimgate\n"
              "2:1 `revocation` is not part of this version of claimgate\n");
}

TEST(Workers, AreAWholeNumber) {
    EXPECT_EQ(model_of("").workers, std::nullopt);
    EXPECT_EQ(model_of("workers: 4\n").workers, 4u);
    EXPECT_EQ(report_of("workers: 0\n"),
              "1:10 expected a whole number from 1 to 1024, found \"0\"\n");
    EXPECT_EQ(report_of("workers: auto\n"),
              "1:10 expected a whole number from 1 to 1024, found \"auto\"\n");
}

TEST(KeyCache, IsAPath) {
    EXPECT_EQ(model_of("").key_cache, "");
    EXPECT_EQ(model_of("key_cache: /var/lib/claimgate\n").key_cache, "/var/lib/claimgate");
}

} // namespace
} // namespace config
