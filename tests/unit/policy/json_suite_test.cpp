// JSONTestSuite: what must be JSON, what must not, and what each parser decides for itself.

#include "policy/json.hpp"
#include "tests/support/vectors.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>

namespace policy {
namespace {

// y_ files that we refuse, and why.
const std::map<std::string, JsonError> refused_on_purpose = {
    {"y_object_duplicated_key.json", JsonError::duplicate_name}, // RFC 7519 4: no two readings
    {"y_object_duplicated_key_and_value.json", JsonError::duplicate_name}, // the same
    {"y_object_escaped_null_in_key.json", JsonError::bad_text}, // a C string would end there
    {"y_string_null_escape.json", JsonError::bad_text},         // the same
};

// i_ files that we take: numbers whose nearest double is finite.
const std::set<std::string> accepted_by_choice = {
    "i_number_too_big_neg_int.json",
    "i_number_too_big_pos_int.json",
    "i_number_very_big_negative_int.json",
};

template <class Check> std::size_t for_each_file(const std::string& prefix, Check check) {
    const std::filesystem::path folder =
        CLAIMGATE_SOURCE_DIR "/tests/data/jsontestsuite/test_parsing";
    std::size_t seen = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with(prefix)) continue;
        ++seen;
        check(name, parse_json(support::read_data("jsontestsuite/test_parsing/" + name),
                               {.bytes = 1 << 20}));
    }
    return seen;
}

TEST(JsonSuite, AcceptsWhatIsJson) {
    const std::size_t seen = for_each_file("y_", [](const std::string& name, const auto& document) {
        const auto refused = refused_on_purpose.find(name);
        if (refused == refused_on_purpose.end())
            EXPECT_TRUE(document) << name;
        else
            EXPECT_TRUE(!document && document.error() == refused->second) << name;
    });
    EXPECT_EQ(seen, 95u);
}

TEST(JsonSuite, RefusesWhatIsNotJson) {
    const std::size_t seen = for_each_file("n_", [](const std::string& name, const auto& document) {
        EXPECT_FALSE(document) << name;
    });
    EXPECT_EQ(seen, 186u);
}

TEST(JsonSuite, RefusesWhatParsersDisagreeAbout) {
    const std::size_t seen = for_each_file("i_", [](const std::string& name, const auto& document) {
        EXPECT_EQ(static_cast<bool>(document), accepted_by_choice.contains(name)) << name;
    });
    EXPECT_EQ(seen, 35u);
}

} // namespace
} // namespace policy
