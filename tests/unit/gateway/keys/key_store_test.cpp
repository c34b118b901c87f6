#include "gateway/keys/key_store.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace {

using namespace gateway::keys;
namespace fs = std::filesystem;

class KeyStoreTest : public ::testing::Test {
protected:
    KeyStoreTest() {
        std::string pattern = (fs::temp_directory_path() / "claimgate-XXXXXX").string();
        parent_ = ::mkdtemp(pattern.data());
        issuer_.name = "acme/../x";
        issuer_.issuer = "https://id.example.com";
    }
    ~KeyStoreTest() override { fs::remove_all(parent_); }

    std::string directory() const { return parent_ / "keys"; }
    fs::path only_file() const { return fs::directory_iterator(directory())->path(); }
    std::optional<StoredKeys> load() { return KeyStore(directory()).load(issuer_, why_not_); }

    const StoredKeys keys_{policy::TimePoint(std::chrono::milliseconds(1'795'507'631'042)),
                           "{\"keys\":[]}\nmore"};
    fs::path parent_;
    config::Issuer issuer_;
    std::string why_not_;
};

TEST_F(KeyStoreTest, GivesBackWhatItKept) {
    EXPECT_EQ(KeyStore(directory()).save(issuer_, keys_), "");
    const auto loaded = load();
    ASSERT_TRUE(loaded) << why_not_;
    EXPECT_EQ(loaded->document, keys_.document);
    EXPECT_EQ(loaded->fetched, keys_.fetched);
}

TEST_F(KeyStoreTest, ReplacesTheOldSet) {
    const KeyStore store(directory());
    EXPECT_EQ(store.save(issuer_, keys_), "");
    EXPECT_EQ(store.save(issuer_, {keys_.fetched, "second"}), "");
    EXPECT_EQ(load()->document, "second");
    EXPECT_EQ(std::distance(fs::directory_iterator(directory()), {}), 1);
}

TEST_F(KeyStoreTest, IsReadableByItsOwnerOnly) {
    EXPECT_EQ(KeyStore(directory()).save(issuer_, keys_), "");
    EXPECT_EQ(fs::status(directory()).permissions(), fs::perms::owner_all);
    EXPECT_EQ(fs::status(only_file()).permissions(),
              fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(KeyStoreTest, FindsNothingWhereNothingWasKept) {
    EXPECT_FALSE(load());
    EXPECT_EQ(why_not_, "");
    EXPECT_EQ(KeyStore("").save(issuer_, keys_), "");
    EXPECT_FALSE(KeyStore("").load(issuer_, why_not_));
}

TEST_F(KeyStoreTest, IgnoresAFileThatOthersMayWriteTo) {
    EXPECT_EQ(KeyStore(directory()).save(issuer_, keys_), "");
    fs::permissions(only_file(), fs::perms::others_write, fs::perm_options::add);
    EXPECT_FALSE(load());
    EXPECT_NE(why_not_.find("others may write"), std::string::npos) << why_not_;
}

TEST_F(KeyStoreTest, IgnoresALink) {
    EXPECT_EQ(KeyStore(directory()).save(issuer_, keys_), "");
    const fs::path file = only_file();
    fs::rename(file, parent_ / "elsewhere");
    fs::create_symlink(parent_ / "elsewhere", file);
    EXPECT_FALSE(load());
    EXPECT_NE(why_not_, "");
}

TEST_F(KeyStoreTest, IgnoresWhatIsNotARegularFile) {
    EXPECT_EQ(KeyStore(directory()).save(issuer_, keys_), "");
    const fs::path file = only_file();
    fs::remove(file);
    ASSERT_EQ(::mkfifo(file.c_str(), 0600), 0);
    EXPECT_FALSE(load());
    EXPECT_NE(why_not_.find("not a regular file"), std::string::npos) << why_not_;
}

TEST_F(KeyStoreTest, IgnoresTheSetOfAnotherSource) {
    EXPECT_EQ(KeyStore(directory()).save(issuer_, keys_), "");
    const fs::path file = only_file();
    issuer_.issuer = "https://other.example.com";
    EXPECT_FALSE(load()) << "another issuer has another file";
    EXPECT_EQ(KeyStore(directory()).save(issuer_, keys_), "");
    for (const auto& entry : fs::directory_iterator(directory()))
        if (entry.path() != file) fs::rename(file, entry.path());
    EXPECT_FALSE(load()) << "a file under the wrong name";
    EXPECT_NE(why_not_.find("not a key set of this issuer"), std::string::npos) << why_not_;
}

TEST_F(KeyStoreTest, IgnoresRubbish) {
    EXPECT_EQ(KeyStore(directory()).save(issuer_, keys_), "");
    const fs::path file = only_file();
    for (const std::string text : {"", "x", "claimgate-keys 1\n",
                                   "claimgate-keys 1\ndiscover https://id.example.com\nx\n"}) {
        std::ofstream(file) << text;
        EXPECT_FALSE(load()) << text;
    }
    std::ofstream(file) << std::string(400 * 1024, 'x');
    EXPECT_FALSE(load());
    EXPECT_NE(why_not_.find("too large"), std::string::npos) << why_not_;
}

TEST_F(KeyStoreTest, SaysWhyItCannotKeepASet) {
    std::ofstream(parent_ / "keys") << "a file";
    EXPECT_NE(KeyStore(directory()).save(issuer_, keys_).find("Not a directory"),
              std::string::npos);
}

} // namespace
