#include "policy/message.hpp"

#include <gtest/gtest.h>

namespace policy {
namespace {

TEST(FieldId, KnowsItsNamesInLowerCaseOnly) {
    EXPECT_EQ(field_id("accept"), FieldId::accept);
    EXPECT_EQ(field_id("authorization"), FieldId::authorization);
    EXPECT_EQ(field_id("x-request-id"), FieldId::x_request_id);
    EXPECT_EQ(field_id("Authorization"), FieldId::other);
    EXPECT_EQ(field_id("authorizatio"), FieldId::other);
    EXPECT_EQ(field_id("authorization2"), FieldId::other);
    EXPECT_EQ(field_id(""), FieldId::other);
}

TEST(FieldList, FindsTheFirstThatWasNotDropped) {
    FieldList fields;
    fields.push("host", "a", FieldId::host);
    fields.push("x-a", "1", FieldId::other);
    fields.push("x-a", "2", FieldId::other);
    fields.push("host", "b", FieldId::host);
    fields.all()[0].dropped = true;
    EXPECT_EQ(fields.find(FieldId::host)->value, "b");
    EXPECT_EQ(fields.count(FieldId::host), 1u);
    EXPECT_EQ(fields.find("x-a")->value, "1");
    EXPECT_EQ(fields.find("x-b"), nullptr);
    EXPECT_EQ(fields.find(FieldId::cookie), nullptr);
}

TEST(FieldList, SaysWhenItIsFull) {
    FieldList fields;
    for (std::size_t i = 0; i < FieldList::capacity; ++i)
        EXPECT_TRUE(fields.push("a", "b", FieldId::other));
    EXPECT_FALSE(fields.push("a", "b", FieldId::other));
    EXPECT_EQ(fields.size(), FieldList::capacity);
    fields.clear();
    EXPECT_TRUE(fields.push("a", "b", FieldId::other));
}

TEST(FieldList, AReusedPlaceForgetsThatItWasDropped) {
    FieldList fields;
    fields.push("a", "b", FieldId::other);
    fields.all()[0].dropped = true;
    fields.clear();
    fields.push("c", "d", FieldId::other);
    EXPECT_FALSE(fields.all()[0].dropped);
}

TEST(RequestHead, ClearForgetsEverything) {
    RequestHead head;
    head.method = "GET";
    head.minor_version = 0;
    head.keep_alive = false;
    head.expects_continue = true;
    head.body = {BodyFraming::Kind::length, 7};
    head.fields.push("a", "b", FieldId::other);
    head.clear();
    EXPECT_TRUE(head.method.empty());
    EXPECT_EQ(head.minor_version, 1);
    EXPECT_TRUE(head.keep_alive);
    EXPECT_FALSE(head.expects_continue);
    EXPECT_EQ(head.body.kind, BodyFraming::Kind::none);
    EXPECT_EQ(head.fields.size(), 0u);
}

TEST(Iequals, FoldsAsciiLettersOnly) {
    EXPECT_TRUE(iequals("BeArEr", "bearer"));
    EXPECT_FALSE(iequals("bearer", "bearers"));
    EXPECT_FALSE(iequals("[", "{"));
    EXPECT_FALSE(iequals("\xc4", "\xe4"));
}

} // namespace
} // namespace policy
