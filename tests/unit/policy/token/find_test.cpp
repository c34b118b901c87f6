#include "policy/token/find.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace policy::token {
namespace {

Found find(const std::vector<std::string>& values) {
    static FieldList fields;
    fields.clear();
    for (const std::string& value : values)
        fields.push("authorization", value, FieldId::authorization);
    return find_token(fields);
}

TEST(FindToken, TakesOneBearerTokenInAnyCase) {
    // J161
    for (const char* value : {"Bearer a.b.c", "bearer a.b.c", "BEARER a.b.c", "Bearer   a.b.c"}) {
        const std::vector<std::string> values = {value};
        const Found found = find(values);
        EXPECT_EQ(found.reason, Reason::allowed) << value;
        EXPECT_EQ(std::string(found.token), "a.b.c") << value;
    }
    const std::vector<std::string> values = {"Bearer AZaz09-._~+/=="};
    EXPECT_EQ(find(values).token, "AZaz09-._~+/==");
}

TEST(FindToken, NothingOrAnotherSchemeIsNoToken) {
    // J160
    EXPECT_EQ(find({}).reason, Reason::token_missing);
    for (const char* value :
         {"", "Basic YTpi", "DPoP a.b.c", "Bearerx a", "Bear a", "a.b.c", "\"Bearer\" a"})
        EXPECT_EQ(find({value}).reason, Reason::token_missing) << value;
}

TEST(FindToken, RefusesWhatIsNotOneToken68) {
    // J160, J166
    for (const char* value :
         {"Bearer", "Bearer ", "Bearer a b", "Bearer a,b", "Bearer a, Bearer b", "Bearer\ta",
          "Bearer \ta", "Bearer \"a\"", "Bearer a;b", "Bearer =", "Bearer a=b", "Bearer,a",
          "Bearer=a", "Bearer a\x80", "Bearer \xc3\xa4", "\xff", "Bearer a\x01", "Bearer a\r\n b",
          "Bearer a\x7f"})
        EXPECT_EQ(find({value}).reason, Reason::bad_credentials) << value;
}

TEST(FindToken, SeveralFieldsAreSeveralTokensWhateverTheyHold) {
    // J162
    EXPECT_EQ(find({"Bearer a", "Bearer a"}).reason, Reason::several_tokens);
    EXPECT_EQ(find({"Bearer a", "Basic b"}).reason, Reason::several_tokens);
    EXPECT_EQ(find({"", "Bearer a"}).reason, Reason::several_tokens);
}

TEST(FindToken, OtherFieldsAreNoCredentials) {
    // J167
    FieldList fields;
    for (const char* name : {"proxy-authorization", "x-authorization", "authorization_", "cookie"})
        fields.push(name, "Bearer a", field_id(name));
    EXPECT_EQ(find_token(fields).reason, Reason::token_missing);
}

// H81: `Connection: Authorization` keeps it from the upstream, not from us.
TEST(FindToken, ReadsAFieldThatIsNotForwarded) {
    FieldList fields;
    fields.push("authorization", "Bearer a", FieldId::authorization);
    fields.all()[0].dropped = true;
    EXPECT_EQ(find_token(fields).token, "a");
    fields.push("authorization", "Bearer b", FieldId::authorization);
    EXPECT_EQ(find_token(fields).reason, Reason::several_tokens);
}

} // namespace
} // namespace policy::token
