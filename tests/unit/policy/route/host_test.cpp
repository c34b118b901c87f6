#include "policy/route/host.hpp"

#include <gtest/gtest.h>

#include <string>

namespace policy::route {
namespace {

TEST(Authority, HasOneForm) {
    struct Case {
        const char* text;
        bool tls;
        const char* host;
        const char* form;
    };
    // H71
    const Case cases[] = {
        {"api.example.com", false, "api.example.com", "api.example.com"},
        {"API.Example.com", false, "api.example.com", "api.example.com"},
        {"g.", false, "g", "g"},
        {"G.:8080", false, "g", "g:8080"},
        {"g.:8080", false, "g", "g:8080"},
        {"g:80", false, "g", "g"},
        {"g:443", false, "g", "g:443"},
        {"g:443", true, "g", "g"},
        {"g:80", true, "g", "g:80"},
        {"xn--bcher-kva.example", true, "xn--bcher-kva.example", "xn--bcher-kva.example"},
        {"192.0.2.1:8080", false, "192.0.2.1", "192.0.2.1:8080"},
        {"[2001:DB8::1]:8443", true, "[2001:db8::1]", "[2001:db8::1]:8443"},
        {"[::1]", false, "[::1]", "[::1]"},
        {"my_service:1", false, "my_service", "my_service:1"},
    };
    for (const Case& c : cases) {
        Scratch scratch;
        const auto authority = parse_authority(c.text, c.tls, scratch);
        ASSERT_TRUE(authority) << c.text;
        EXPECT_EQ(authority->host, c.host) << c.text;
        EXPECT_EQ(authority->text, c.form) << c.text;
    }
}

TEST(Authority, RefusesWhatIsNotOneHost) {
    // H70
    const std::string nul("g\0", 2);
    for (const std::string& text : {std::string(""),
                                    std::string("a, b"),
                                    std::string("g/x"),
                                    std::string("u@g"),
                                    std::string("g:"),
                                    std::string("g:99999"),
                                    std::string("g:80:80"),
                                    std::string("[::1"),
                                    nul,
                                    std::string("[fe80::1%eth0]"),
                                    std::string("[::1]x"),
                                    std::string("[1.2.3.4]"),
                                    std::string("::1"),
                                    std::string("."),
                                    std::string("a..b"),
                                    std::string(".a"),
                                    std::string("b\xc3\xbc"),
                                    std::string("g%2e"),
                                    std::string("g:+80"),
                                    std::string("g:8 0"),
                                    std::string("g?x"),
                                    std::string("g#x"),
                                    std::string("g\\x"),
                                    std::string(300, 'a'),
                                    std::string(":80"),
                                    std::string("g:000080")}) {
        Scratch scratch;
        EXPECT_FALSE(parse_authority(text, false, scratch)) << text;
    }
}

} // namespace
} // namespace policy::route
