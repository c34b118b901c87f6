#include "gateway/exchange/request_id.hpp"

#include <gtest/gtest.h>

#include <string>

namespace gateway {
namespace {

struct Given {
    policy::RequestHead head;
    policy::Scratch scratch;
    Random random{1};

    std::string_view choose(std::string_view value, bool trusted) {
        head.fields.push("x-request-id", value, policy::FieldId::x_request_id);
        return choose_request_id(head, trusted, random, scratch);
    }
};

TEST(RequestId, IsAUuidOfVersionSevenThatBeginsWithTheTime) {
    std::string id(36, '?');
    write_uuid7(id.data(), std::chrono::milliseconds(0x0123456789ab), ~0ull, ~0ull);
    EXPECT_EQ(id, "01234567-89ab-7fff-bfff-ffffffffffff");
    write_uuid7(id.data(), std::chrono::milliseconds(0x0123456789ab), 0, 0);
    EXPECT_EQ(id, "01234567-89ab-7000-8000-000000000000");
}

TEST(RequestId, OfATrustedProxyIsKept) {
    Given given;
    EXPECT_EQ(given.choose("abc-123_X.y", true), "abc-123_X.y");
    EXPECT_TRUE(given.head.fields.all()[0].dropped)
        << "ours is added: the field itself must not go on as well";
}

TEST(RequestId, OfAnyoneElseIsReplaced) {
    Given given;
    EXPECT_EQ(given.choose("abc", false).size(), 36u);
    EXPECT_TRUE(given.head.fields.all()[0].dropped);
}

TEST(RequestId, ThatCouldHurtALogIsReplacedEvenFromATrustedProxy) {
    for (const std::string& bad : {std::string(), std::string("a b"), std::string("a\"b"),
                                   std::string("a\x1b[31m"), std::string(129, 'a')}) {
        Given given;
        EXPECT_EQ(given.choose(bad, true).size(), 36u) << bad;
    }
}

} // namespace
} // namespace gateway
