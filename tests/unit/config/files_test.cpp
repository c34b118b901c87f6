#include "config/files.hpp"
#include "tests/unit/config/support.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

namespace config {
namespace {

TEST(Files, AreReadWholeUpToTheirBound) {
    const std::string content(200'000, 'x');
    const std::string path = test::write_file("whole", content);
    EXPECT_EQ(read_file(path, content.size()).text, content);
    const FileText too_large = read_file(path, content.size() - 1);
    EXPECT_FALSE(too_large.text);
    EXPECT_EQ(too_large.error, "it is larger than 195 KiB");
    EXPECT_EQ(read_file(test::write_file("empty", ""), 10).text, "");
}

TEST(Files, ThatCannotBeReadSayWhy) {
    EXPECT_EQ(read_file("/nowhere/at/all", 10).error, "no such file");
    EXPECT_EQ(read_file(testing::TempDir(), 10).error, "it is a directory");
    EXPECT_EQ(why_unreadable("/nowhere/at/all"), "no such file");
    EXPECT_EQ(why_unreadable(test::write_file("there", "x")), std::nullopt);
}

TEST(Files, ArePipesNever) {
    const std::string path = test::write_file("pipe", "");
    ::unlink(path.c_str());
    ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
    EXPECT_EQ(read_file(path, 10).error,
              "it is not a regular file"); // and nobody waits for a writer
    ::unlink(path.c_str());
}

TEST(Paths, AreRelativeToTheConfiguration) {
    EXPECT_EQ(directory_of("a.yaml"), "");
    EXPECT_EQ(directory_of("/a.yaml"), "/");
    EXPECT_EQ(directory_of("/etc/gate/a.yaml"), "/etc/gate");
    EXPECT_EQ(resolve_path("", "k.pem"), "k.pem");
    EXPECT_EQ(resolve_path("/", "k.pem"), "/k.pem");
    EXPECT_EQ(resolve_path("/etc/gate", "certs/k.pem"), "/etc/gate/certs/k.pem");
    EXPECT_EQ(resolve_path("/etc/gate", "/k.pem"), "/k.pem");
}

TEST(Paths, OfOneFileAreOneInCanonicalForm) {
    const std::string path = test::write_file("real.yaml", "");
    const std::string link = testing::TempDir() + "link.yaml";
    ::unlink(link.c_str());
    ASSERT_EQ(::symlink(path.c_str(), link.c_str()), 0);
    EXPECT_EQ(canonical_path(link), canonical_path(path));
    ::unlink(link.c_str());
    EXPECT_TRUE(canonical_path("no-such.yaml").starts_with('/'));
    EXPECT_EQ(canonical_path("/no/such/../a.yaml"), "/no/a.yaml");
}

} // namespace
} // namespace config
