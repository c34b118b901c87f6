#include "tests/unit/config/support.hpp"

#include <gtest/gtest.h>

namespace config {
namespace {

std::string file_with(const std::string& forward) {
    return "routes:\n  - path: /a\n    upstream: app\n    access: public\n    forward:\n" + forward;
}

std::string report_for(const std::string& forward) { return test::report_of(file_with(forward)); }

TEST(Forward, IsRead) {
    const Model model = test::model_of(file_with("      headers:\n"
                                                 "        X-Customer: \"{claim.sub}\"\n"
                                                 "        X-Fixed: 1\n"
                                                 "      authorization: keep\n"
                                                 "      host: target\n"));
    ASSERT_EQ(model.routes.size(), 1u);
    const Forward& forward = model.routes[0].forward;
    ASSERT_EQ(forward.headers.size(), 2u);
    EXPECT_EQ(forward.headers[0].name, "X-Customer");
    EXPECT_EQ(forward.headers[0].value, "{claim.sub}");
    EXPECT_EQ(forward.headers[0].at, (Position{7, 9}));
    EXPECT_EQ(forward.headers[1].value, "1");
    EXPECT_EQ(forward.authorization, AuthorizationHeader::keep);
    EXPECT_FALSE(forward.preserve_host);
    EXPECT_EQ(Forward{}.authorization, AuthorizationHeader::strip);
    EXPECT_TRUE(Forward{}.preserve_host);
}

TEST(Forward, NeverSetsWhatTheGatewayDecides) {
    for (const std::string name : {"Connection",
                                   "keep-alive",
                                   "Proxy-Connection",
                                   "TE",
                                   "Trailer",
                                   "Upgrade",
                                   "Proxy-Authorization",
                                   "Proxy-Authenticate",
                                   "Transfer-Encoding",
                                   "transfer_encoding",
                                   "Content-Length",
                                   "Expect",
                                   "Host",
                                   "Authorization",
                                   "Cookie",
                                   "Content-Type",
                                   "Origin",
                                   "Forwarded",
                                   "Via",
                                   "X-Forwarded-For",
                                   "X_Forwarded_Host",
                                   "X-Forwarded-Port",
                                   "X-Forwarded-Proto"}) {
        const std::string report = report_for("      headers: { " + name + ": x }\n");
        EXPECT_TRUE(report.starts_with("6:18 the header `" + name + "` cannot be set: ")) << report;
    }
}

TEST(Forward, SaysWhatIsWrong) {
    EXPECT_EQ(report_for("      headers: { \"X Y\": a }\n"),
              "6:18 `X Y` is no header name (use letters, digits and `-`)\n");
    EXPECT_EQ(report_for("      headers: { X-A: {claim.sub} }\n"),
              "6:23 expected a text or a template, found a mapping (quote it: \"{claim.sub}\")\n");
    EXPECT_EQ(report_for("      headers: { X-A: \"\" }\n"),
              "6:23 expected a text or a template, found an empty text\n");
    EXPECT_EQ(report_for("      headers: { X-A: \"a\\r\\nB: c\" }\n"),
              "6:23 a control byte or a line end stands in this text (keep it on one line, without "
              "escapes)\n");
    EXPECT_EQ(report_for("      headers: { X-A: \"" + std::string(4097, 'x') + "\" }\n"),
              "6:23 this text is longer than 4096 bytes\n");
    EXPECT_EQ(report_for("      authorization: drop\n"),
              "6:22 expected `strip` or `keep`, found \"drop\"\n");
    EXPECT_EQ(report_for("      host: upstream\n"),
              "6:13 expected `preserve` or `target`, found \"upstream\"\n");
}

TEST(Forward, SetsAHeaderOnceInAnySpelling) {
    EXPECT_EQ(report_for("      headers:\n        X-User-Id: a\n        x_user_id: b\n"),
              "8:9 the header `x_user_id` is set twice (upper and lower case, `-` and `_` are the "
              "same here; see line "
              "7)\n");
}

} // namespace
} // namespace config
