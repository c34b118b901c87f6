#include "policy/route/path.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>

namespace policy::route {
namespace {

struct Normal {
    const char* target;
    const char* path;
    const char* query = "";
};

TEST(Path, HasOneNormalForm) {
    const Normal cases[] = {
        {"/", "/"},
        {"/own/x", "/own/x"},
        {"/?a=b", "/", "?a=b"},
        // H50: plain dot segments are resolved before anything is matched
        {"/pub/../own/x", "/own/x"},
        {"/pub/./../own/x", "/own/x"},
        {"/own/.", "/own/"},
        {"/own/..", "/"},
        {"/own/x/..", "/own/"},
        {"/own/...", "/own/..."},
        {"/.well-known/jwks", "/.well-known/jwks"},
        {"/..x/x..", "/..x/x.."},
        // H52: empty segments are merged
        {"//own/x", "/own/x"},
        {"/pub//../own/x", "/own/x"},
        {"/own//x", "/own/x"},
        {"/own///", "/own/"},
        // H54: elsewhere ';' is an ordinary byte
        {"/own;x/y", "/own;x/y"},
        {"/own/x;jsessionid=1", "/own/x;jsessionid=1"},
        // H55: unreserved bytes are decoded, case and a last slash stay
        {"/%6fwn/x", "/own/x"},
        {"/OWN/x", "/OWN/x"},
        {"/own/", "/own/"},
        {"/own/x.", "/own/x."},
        {"/a%7eb%2Dc", "/a~b-c"},
        {"/a%3ab%40", "/a%3Ab%40"},
        // H57: decoded once, never twice
        {"/pub/%252e%252e/own", "/pub/%252e%252e/own"},
        {"/%25%32%66", "/%252f"},
        // H58: a fullwidth slash is just a character
        {"/own%ef%bc%8fx", "/own%EF%BC%8Fx"},
        {"/%e2%82%ac", "/%E2%82%AC"},
        // what browsers leave raw although RFC 3986 does not allow it
        {"/a|b[c]{d}^\"<>`", "/a%7Cb%5Bc%5D%7Bd%7D%5E%22%3C%3E%60"},
        // H63: the query is never read as a path
        {"/pub?/../own", "/pub", "?/../own"},
        {"/pub?x=/own%2f%00\\", "/pub", "?x=/own%2f%00\\"},
        {"/pub??", "/pub", "??"},
        // H61: absolute-form for this host
        {"http://g/own/x", "/own/x"},
        {"HTTPS://G/own/../x?y", "/x", "?y"},
        {"http://g", "/"},
        {"http://g?x", "/", "?x"},
    };
    for (const Normal& c : cases) {
        Scratch scratch;
        const auto target = normalise_target(c.target, "g", scratch);
        ASSERT_TRUE(target) << c.target << ": " << to_string(target.error());
        EXPECT_EQ(target->path, c.path) << c.target;
        EXPECT_EQ(target->query, c.query) << c.target;
    }
}

TEST(Path, RefusesWhatCanBeReadInTwoWays) {
    using E = TargetError;
    const std::pair<std::string, E> cases[] = {
        // H50: config-language.md refuses an encoded dot segment
        {"/pub/%2e%2e/own/x", E::encoded_dot_segment},
        {"/pub/.%2E/own", E::encoded_dot_segment},
        {"/pub/%2e/own", E::encoded_dot_segment},
        {"/pub/%2e", E::encoded_dot_segment},
        {"/..", E::above_root},
        {"/pub/../../own", E::above_root},
        {"//../own", E::above_root},
        // H51
        {"/pub/..%2fown/x", E::encoded_slash},
        {"/pub%2f..%2Fown", E::encoded_slash},
        {"/own%2fx", E::encoded_slash},
        {"/%2f/own", E::encoded_slash},
        // H53
        {"/pub\\..\\own", E::backslash},
        {"/pub/%5c..%5Cown", E::encoded_backslash},
        {"/own\\x", E::backslash},
        // H54
        {"/pub/..;/own/x", E::parameter_on_dot_segment},
        {"/pub/..;x=1/own", E::parameter_on_dot_segment},
        {"/pub/.;/own", E::parameter_on_dot_segment},
        {"/pub/..%3b/own", E::parameter_on_dot_segment},
        {"/pub/%2e%2e;/own", E::parameter_on_dot_segment},
        {"/pub/;x/own", E::parameter_on_dot_segment},
        {"/pub/..;", E::parameter_on_dot_segment},
        // H56
        {"/%00own", E::encoded_control},
        {"/own%00.html", E::encoded_control},
        {"/own%0d%0aX:1", E::encoded_control},
        {"/own%7f", E::encoded_control},
        {"/own%", E::broken_escape},
        {"/own%4", E::broken_escape},
        {"/own%zz", E::broken_escape},
        {"/own%u0061", E::broken_escape},
        {"/own%2/f", E::broken_escape},
        {std::string("/own\0x", 6), E::control_byte},
        {"/own\tx", E::control_byte},
        {"/own x", E::control_byte},
        {"/own\x7f", E::control_byte},
        // H58
        {"/\xc0\xae\xc0\xae/own", E::not_ascii},
        {"/\xc3\xa4", E::not_ascii},
        {"/%c0%ae%c0%ae/own", E::not_utf8},
        {"/%e0%80%ae", E::not_utf8},
        {"/%ed%a0%80", E::not_utf8},
        {"/%e2%82", E::not_utf8},
        {"/%e2%82/%ac", E::not_utf8},
        {"/%e2%82x%ac", E::not_utf8},
        {"/%e2%82%41", E::not_utf8},
        {"/%ff", E::not_utf8},
        // H59
        {"/own#x", E::fragment},
        {"/pub#/../own", E::fragment},
        {"/pub?x#y", E::fragment},
        {"admin", E::not_origin_form},
        {"?x", E::not_origin_form},
        {"", E::not_origin_form},
        // H60, H62
        {"*", E::not_origin_form},
        {"*/x", E::not_origin_form},
        {"g:443", E::not_origin_form},
        // H61
        {"http://other/own", E::foreign_authority},
        {"http://user@g/", E::foreign_authority},
        {"http://127.0.0.1:9/", E::foreign_authority},
        {"http:///own", E::foreign_authority},
        {"http://g:80/", E::foreign_authority},
        {"ftp://g/", E::not_origin_form},
        {"http:/g/", E::not_origin_form},
        {"http://g#x", E::fragment},
        {"http://g\\x", E::foreign_authority},
        // the query
        {"/x?a b", E::control_byte},
        {"/x?a\r\nb", E::control_byte},
        {"/x?\x80", E::not_ascii},
    };
    for (const auto& [text, error] : cases) {
        Scratch scratch;
        const auto target = normalise_target(text, "g", scratch);
        ASSERT_FALSE(target) << text << " became " << target->path;
        EXPECT_EQ(to_string(target.error()), to_string(error)) << text;
    }
}

TEST(Path, AnAbsoluteTargetNeedsAHostToAgreeWith) {
    Scratch scratch;
    EXPECT_EQ(normalise_target("http:///x", "", scratch).error(), TargetError::foreign_authority);
}

TEST(Path, IsBoundedAsReceivedAndAsWritten) {
    Scratch scratch;
    const std::string longest = "/" + std::string(max_target - 1, 'a');
    EXPECT_TRUE(normalise_target(longest, "g", scratch));
    EXPECT_EQ(normalise_target(longest + "a", "g", scratch).error(), TargetError::too_long);
    EXPECT_EQ(normalise_target("/" + std::string(max_target / 2, '|'), "g", scratch).error(),
              TargetError::too_long);
    EXPECT_EQ(normalise_target("/|||?" + std::string(max_target - 8, 'q'), "g", scratch).error(),
              TargetError::too_long);
}

// H64: each of these is 8 KiB; quadratic work would show as minutes under the repetitions.
TEST(Path, WorkIsLinear) {
    std::string down, dots, slashes = "/";
    while (down.size() + 5 < max_target) down += "/a/..";
    while (dots.size() + 2 < max_target) dots += "/.";
    slashes.append(max_target - 1, '/');
    for (int i = 0; i < 40; ++i) {
        Scratch scratch;
        EXPECT_EQ(normalise_target(down, "g", scratch)->path, "/");
        EXPECT_EQ(normalise_target(dots, "g", scratch)->path, "/");
        EXPECT_EQ(normalise_target(slashes, "g", scratch)->path, "/");
    }
}

TEST(Path, ANormalPathIsNotCopied) {
    Scratch scratch;
    const std::string target = "/orders/42/items?x=%2f";
    EXPECT_EQ(normalise_target(target, "g", scratch)->path.data(), target.data());
}

TEST(Path, SaysNoWhenThereIsNoRoom) {
    Scratch scratch;
    while (scratch.allocate(16)) {
    }
    EXPECT_EQ(normalise_target("/a%20bcdefghijkl", "g", scratch).error(), TargetError::no_room);
}

TEST(Path, NormalisingANormalFormChangesNothing) {
    const std::string_view alphabet[] = {"/",   ".", "..",  "a",   "%2e",    "%41", "%25",
                                         "%2f", ";", "%3b", "|",   "%c3%a4", "%e2", "?",
                                         "//",  "~", "%7E", "%zz", "{"};
    std::mt19937 random(7);
    int accepted = 0;
    for (int round = 0; round < 6000; ++round) {
        std::string text = "/";
        for (auto n = random() % 12; n > 0; --n) text += alphabet[random() % std::size(alphabet)];
        Scratch scratch;
        const auto once = normalise_target(text, "g", scratch);
        if (!once) continue;
        ++accepted;
        const std::string form = std::string(once->path) + std::string(once->query);
        const auto twice = normalise_target(form, "g", scratch);
        ASSERT_TRUE(twice) << text << " -> " << form;
        EXPECT_EQ(twice->path, once->path) << text;
        EXPECT_EQ(twice->query, once->query) << text;
        EXPECT_EQ((std::string(once->path) + "/").find("/../"), std::string::npos) << form;
    }
    EXPECT_GT(accepted, 600);
}

} // namespace
} // namespace policy::route
