// Every shipped example loads without an error and without a warning.

#include "config/files.hpp"
#include "config/print.hpp"
#include "tests/unit/config/support.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace config {
namespace {

std::string example(const std::string& name) {
    return CLAIMGATE_SOURCE_DIR "/config/examples/" + name;
}

std::optional<std::string> variables(const std::string& name) {
    if (name == "API_SECRET") return std::string(32, 's');
    return std::nullopt;
}

TEST(Examples, AllLoad) {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(example(""))) {
        if (entry.path().extension() != ".yaml") continue;
        ++count;
        const Loaded loaded = load(entry.path().string(), variables);
        EXPECT_EQ(to_text(loaded.problems), "") << entry.path();
        EXPECT_TRUE(loaded.model) << entry.path();
    }
    EXPECT_EQ(count, 4u);
}

TEST(Examples, FindTheirFilesBesideThem) {
    const Loaded loaded = load(example("minimal.yaml"), variables);
    ASSERT_TRUE(loaded.model);
    EXPECT_EQ(loaded.model->file, example("minimal.yaml"));
    EXPECT_EQ(loaded.model->issuers[0].keys.path, example("keys/demo.json"));
    EXPECT_EQ(loaded.model->issuers[0].keys.text, read_file(example("keys/demo.json"), 4096).text);
}

TEST(Examples, ReadVariables) {
    const Loaded loaded = load(example("sidecar.yaml"), variables);
    ASSERT_TRUE(loaded.model);
    EXPECT_EQ(loaded.model->issuers[0].keys.secret.reveal(), std::string(32, 's'));
    EXPECT_EQ(loaded.model->upstreams[0].targets[0].port, 3000);
    EXPECT_FALSE(loaded.model->admin.enabled);
}

TEST(Examples, NeedTheirSecret) {
    const Loaded loaded =
        load(example("sidecar.yaml"), [](const std::string&) { return std::nullopt; });
    EXPECT_EQ(
        test::report(loaded.problems),
        "11:21 the variable `API_SECRET` is not set (set it, or write ${API_SECRET:-default})\n");
}

TEST(Examples, ReadTheWholeLanguage) {
    const Loaded loaded = load(example("keycloak.yaml"), variables);
    ASSERT_TRUE(loaded.model);
    const Model& model = *loaded.model;
    EXPECT_EQ(model.issuers[0].issuer, "https://id.example.com/realms/shop");
    EXPECT_EQ(model.workers, 2u);
    ASSERT_EQ(model.routes.size(), 5u);
    EXPECT_EQ(model.routes[0].name, "/health");
    const Rule& own = model.routes[1].rule;
    ASSERT_EQ(own.entries.size(), 2u);
    ASSERT_EQ(own.entries[1].rules.size(), 2u);
    EXPECT_EQ(own.entries[1].rules[0].entries[0].matches[0].subject, "sub");
    EXPECT_EQ(std::get<std::string>(
                  own.entries[1].rules[0].entries[0].matches[0].conditions[0].operands[0].value),
              "{path.customer}");
    EXPECT_EQ(own.entries[1].rules[1].entries[0].names, std::vector<std::string>{"staff"});
    EXPECT_EQ(model.routes[3].timeouts->first_byte, std::chrono::minutes(2));
    EXPECT_EQ(model.routes[3].timeouts->connect, UpstreamTimeouts{}.connect);
}

} // namespace
} // namespace config
