#include "config/decode/areas.hpp"
#include "config/files.hpp"
#include "config/schema.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string_view>

namespace config {
namespace {

using decode::Shape;
using decode::Table;

/// Calls `visit` for every table that can be reached from the configuration's.
template <class Visit>
void each_table(const Table& table, std::set<std::string_view>& seen, const Visit& visit);

template <class Visit>
void each_table(const Shape& shape, std::set<std::string_view>& seen, const Visit& visit) {
    if (shape.table) each_table(shape.table(), seen, visit);
    for (const Shape* part : shape.parts)
        if (part) each_table(*part, seen, visit);
}

template <class Visit>
void each_table(const Table& table, std::set<std::string_view>& seen, const Visit& visit) {
    if (!seen.insert(table.name).second) return;
    visit(table);
    for (std::size_t i = 0; i < table.size; ++i) each_table(table.key(i).shape, seen, visit);
}

TEST(Schema, IsTheOneThatIsShipped) {
    const FileText shipped = read_file(CLAIMGATE_SOURCE_DIR "/config/schema.json", 1 << 20);
    ASSERT_TRUE(shipped.text) << shipped.error;
    EXPECT_TRUE(*shipped.text == schema())
        << "write it anew: claimgate schema > config/schema.json";
}

TEST(Schema, HasADescriptionForEachKey) {
    std::set<std::string_view> seen;
    std::size_t keys = 0;
    each_table(decode::configuration_table(), seen, [&](const Table& table) {
        for (std::size_t i = 0; i < table.size; ++i) {
            const decode::KeyFacts key = table.key(i);
            if (key.need == decode::Need::later) continue;
            ++keys;
            EXPECT_FALSE(key.description.empty()) << table.name << ' ' << key.name;
            EXPECT_FALSE(key.description.ends_with('.')) << table.name << ' ' << key.name;
        }
    });
    EXPECT_GT(keys, 100u);
}

TEST(Schema, DefinesEachTableOnceAndLeavesOutWhatComesLater) {
    const std::string text = schema();
    std::set<std::string_view> seen;
    each_table(decode::configuration_table(), seen, [&](const Table& table) {
        if (table.name == "configuration") return;
        const std::string definition = "\n    \"" + std::string(table.name) + "\": {\n";
        const std::size_t at = text.find(definition);
        ASSERT_NE(at, std::string::npos) << table.name;
        EXPECT_EQ(text.find(definition, at + 1), std::string::npos) << table.name;
        for (std::size_t i = 0; i < table.size; ++i) {
            const decode::KeyFacts key = table.key(i);
            const std::string_view rest = std::string_view(text).substr(at);
            const std::string_view body = rest.substr(0, rest.find("\n    }"));
            const std::string line = "\n        \"" + std::string(key.name) + "\": { ";
            EXPECT_EQ(body.find(line) != body.npos, key.need != decode::Need::later) << key.name;
        }
    });
    EXPECT_GE(seen.size(), 18u);
}

TEST(Schema, SaysTheRangeThatTheReaderChecks) {
    const std::string line =
        R"~("head": { "description": "Bytes of a request's head (1KiB to 60KiB)", )~"
        R"("type": ["integer", "string"], "minimum": 1024, "maximum": 61440)";
    EXPECT_NE(schema().find(line), std::string::npos);
}

} // namespace
} // namespace config
