#include "policy/rule/request_value.hpp"
#include "tests/support/world.hpp"

#include <gtest/gtest.h>

namespace policy::rule {
namespace {

std::string shown(const Value& value) {
    if (value) return "=" + std::string(*value);
    switch (value.error()) {
    case TextError::missing: return "missing";
    case TextError::unfit: return "unfit";
    case TextError::no_room: return "no_room";
    }
    return "";
}

TEST(HeaderValueOf, IsTheOnlyFieldOfThatName) {
    support::Request request("/");
    request.field("x-a", "1").field("x-b", "2").field("x-b", "2").field("x-c", "");
    RequestHead& head = request.head();
    EXPECT_EQ(shown(find_header(head.fields, "x-a")), "=1");
    EXPECT_EQ(shown(find_header(head.fields, "x-b")), "unfit");
    EXPECT_EQ(shown(find_header(head.fields, "x-c")), "=");
    EXPECT_EQ(shown(find_header(head.fields, "x-d")), "missing");
    head.fields.all()[0].dropped = true;
    EXPECT_EQ(shown(find_header(head.fields, "x-a")), "missing");
}

TEST(QueryValueOf, IsDecodedOnceAsFormsAre) {
    struct Case {
        const char* query;
        const char* shown;
    };
    const Case cases[] = {
        {"", "missing"},       {"?", "missing"},    {"?b=1", "missing"},   {"?a=1", "=1"},
        {"?a", "="},           {"?a=", "="},        {"?b=2&a=1", "=1"},    {"?a=x+y%2B", "=x y+"},
        {"?a=%2561", "=%61"},  {"?%61=1", "=1"},    {"?a=1&a=1", "unfit"}, {"?a=1&%61=2", "unfit"},
        {"?a=%", "unfit"},     {"?a=%zz", "unfit"}, {"?%zz=1", "missing"}, {"?A=1", "missing"},
        {"?aa=1", "missing"},  {"?a=b=c", "=b=c"},  {"?&&a=1&", "=1"},     {"?x=/a=1", "missing"},
        {"?a;b=1", "missing"}, {"?a%", "missing"},
    };
    for (const Case& c : cases) {
        Scratch scratch;
        EXPECT_EQ(shown(find_query(c.query, "a", scratch)), c.shown) << c.query;
    }
}

} // namespace
} // namespace policy::rule
