#include "policy/reason.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace policy {
namespace {

std::size_t count() { return static_cast<std::size_t>(Reason::count_); }

TEST(Reason, NamesAreUniqueAndSnakeCase) {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < count(); ++i) {
        const auto& row = info(static_cast<Reason>(i));
        EXPECT_TRUE(names.insert(row.name).second) << row.name;
        EXPECT_EQ(row.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), row.name.npos);
    }
}

TEST(Reason, EveryCauseOfABadTokenReadsTheSame) {
    for (auto i = static_cast<std::size_t>(Reason::token_malformed);
         i <= static_cast<std::size_t>(Reason::issuer_not_accepted); ++i) {
        const auto& row = info(static_cast<Reason>(i));
        EXPECT_EQ(row.status, 401) << row.name;
        EXPECT_EQ(row.code, "invalid_token") << row.name;
        EXPECT_EQ(row.title, info(Reason::bad_signature).title) << row.name;
    }
}

TEST(Reason, DeniedByRuleAndByHeaderReadTheSame) {
    EXPECT_EQ(info(Reason::rule_denied).status, 403);
    EXPECT_EQ(info(Reason::rule_denied).code, info(Reason::claim_not_forwardable).code);
    EXPECT_EQ(info(Reason::rule_denied).title, info(Reason::claim_not_forwardable).title);
}

TEST(Reason, EveryRefusalHasATitleAndACode) {
    for (std::size_t i = 0; i < count(); ++i) {
        const auto& row = info(static_cast<Reason>(i));
        EXPECT_EQ(row.status >= 400, !row.title.empty()) << row.name;
        EXPECT_EQ(row.status >= 400, !row.code.empty()) << row.name;
    }
}

TEST(Reason, StatusesAreThoseOfTheDocumentation) {
    EXPECT_EQ(info(Reason::allowed).status, 0);
    EXPECT_EQ(info(Reason::preflight_answered).status, 204);
    EXPECT_EQ(info(Reason::bad_target).status, 400);
    EXPECT_EQ(info(Reason::several_tokens).status, 400);
    EXPECT_EQ(info(Reason::token_missing).status, 401);
    EXPECT_EQ(info(Reason::step_up_required).status, 401);
    EXPECT_EQ(info(Reason::no_route).status, 404);
    EXPECT_EQ(info(Reason::method_not_allowed).status, 405);
    EXPECT_EQ(info(Reason::keys_unavailable).status, 503);
    EXPECT_EQ(info(Reason::upstream_timeout).status, 504);
    EXPECT_EQ(info(Reason::client_gone).status, 0);
}

TEST(Reason, AnUnknownValueIsAnInternalError) {
    EXPECT_EQ(info(Reason::count_).name, "internal_error");
}

} // namespace
} // namespace policy
