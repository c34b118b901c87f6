#include "gateway/cli/test/watcher.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>

namespace gateway::cli::test {
namespace {

namespace fs = std::filesystem;

class Watching : public testing::Test {
protected:
    Watching() {
        fs::remove_all(root);
        fs::create_directories(root + "/deep/er");
        fs::create_directories(root + "/.git");
    }
    ~Watching() override { fs::remove_all(root); }

    void write(const std::string& name) const { std::ofstream(root + "/" + name) << "x"; }

    const std::string root =
        testing::TempDir() + "claimgate_watcher_" +
        testing::UnitTest::GetInstance()->current_test_info()->name(); // tests run side by side
};

TEST_F(Watching, SeesWhatWasWrittenBeforeItWaits) {
    Watcher watcher("");
    watcher.add({root});
    write("a.yaml");
    EXPECT_TRUE(watcher.wait());
}

TEST_F(Watching, SeesAFileThatTakesThePlaceOfAnother) {
    write("new");
    Watcher watcher("");
    watcher.add({root + "/deep"});
    fs::rename(root + "/new", root + "/deep/claimgate.yaml");
    EXPECT_TRUE(watcher.wait());
}

TEST_F(Watching, EndsOnASignalAndPassesOverWhatIsNoChange) {
    Watcher watcher(root + "/out.xml");
    watcher.add({root, root + "/not-there"});
    for (const char* name : {".a.yaml.swp", "a.yaml~", "#a.yaml#", "4913", "out.xml"}) write(name);
    raise(SIGINT); // blocked, and waiting like a key that was pressed
    EXPECT_FALSE(watcher.wait());
}

TEST_F(Watching, HiddenDirectoriesArePassedOver) {
    std::vector<std::string> found = with_subdirectories({root});
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, (std::vector<std::string>{root, root + "/deep", root + "/deep/er"}));
}

} // namespace
} // namespace gateway::cli::test
