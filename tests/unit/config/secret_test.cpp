// No message and no excerpt shows the value of a secret or of a variable, whatever is wrong with it
// or beside it.

#include "config/print.hpp"
#include "tests/unit/config/support.hpp"

#include <gtest/gtest.h>

namespace config {
namespace {

constexpr std::string_view secret = "hunter2";

std::string everything_printed(const std::string& section, const test::Variables& variables) {
    const std::string file = test::whole_file(section);
    const Loaded loaded = test::load_file(file, variables);
    EXPECT_TRUE(has_errors(loaded.problems)) << section;
    return to_text(loaded.problems, file) + to_json(loaded.problems);
}

TEST(Secret, InTheFileIsNeverShown) {
    for (const std::string keys : {
             "{ secret: hunter2 }",
             "{ secret: hunter2, jwks: https://a }",
             "{ secret: hunter2, fole: x }",
             "{ secret: [hunter2] }",
             "{ secret: { hunter2: x } }",
             "{ secret: \"hunter2\\q\" }",
             "{ secret: hunter2",
             "\n      secret:\n        hunter2",
             "{ secrte: hunter2 }",
         })
        EXPECT_EQ(
            everything_printed(
                "issuers:\n  a:\n    issuer: me\n    audience: x\n    keys: " + keys + "\n", {})
                .find(secret),
            std::string::npos)
            << keys;
}

TEST(Secret, OfAVariableIsNeverShown) {
    for (const std::string section : {
             "workers: ${S}\n",
             "workers: \"${S}\"\n",
             "admin: { bind: ${S} }\n",
             "admin: ${S}\n",
             "limits: { head: ${S} }\n",
             "limits: { head_timeout: ${S} }\n",
             "drain: ${S}\n",
             "access_log: { format: ${S} }\n",
             "access_log: { claims: ${S} }\n",
             "access_log: { claims: [\"${S}\", \"${S}\"] }\n",
             "trusted_proxies: [\"${S}\"]\n",
             "listeners: [{ bind: \"${S}\" }]\n",
             "listeners: [{ bind: \"127.0.0.1:1\", protocols: [\"${S}\"] }]\n",
             "upstreams: { app: { targets: [\"${S}\"] } }\n",
             "upstreams: { app: { targets: [\"http://a\"], balance: \"${S}\" } }\n",
             "routes: [{ path: \"${S}\", upstream: app, access: public }]\n",
             "routes: [{ path: /, upstream: \"${S}\", access: \"${S}\" }]\n",
             "routes: [{ path: /, upstream: app, access: { policy: \"${S}\", issuer: \"${S}\" } "
             "}]\n",
             "routes: [{ path: /, upstream: app, access: { scopes: \"${S}\" } }]\n",
             "routes: [{ path: /, upstream: app, access: { scopes: [\"${S} x\"] } }]\n",
             "routes: [{ path: /, upstream: app, access: { mode: \"${S}\", claims: { a: { "
             "at_least: ${S} } } } }]\n",
             "routes: [{ path: /, upstream: app, access: { source: [\"${S}\"] } }]\n",
             "routes: [{ path: /, upstream: app, access: public, methods: [\"${S} \"] }]\n",
             "routes: [{ path: /, upstream: app, access: public, host: \"${S} \" }]\n",
             "routes: [{ path: /, upstream: app, access: public, issuers: [\"${S}\"] }]\n",
             "routes: [{ path: /, upstream: app, access: public, cors: { origins: [\"${S}\"], "
             "headers: [\"${S} \"] } }]\n",
             "routes: [{ path: /, upstream: app, access: public, forward: { host: \"${S}\" } }]\n",
             "issuers: { a: { issuer: \"${S}\", audience: x } }\n",
             "issuers: { a: { issuer: x, audience: x, keys: { jwks: \"${S}\" } } }\n",
             "issuers: { a: { issuer: x, audience: x, keys: { file: \"${S}\" } } }\n",
             "issuers: { a: { issuer: x, audience: x, keys: { secret: \"${S}\" } } }\n",
             "issuers: { a: { issuer: x, audience: x, keys: \"${S}\" } }\n",
             "issuers: { a: { issuer: x, audience: x, algorithms: [\"${S}\"], leeway: \"${S}\" } "
             "}\n",
         })
        EXPECT_EQ(everything_printed(section, {{"S", std::string(secret)}}).find(secret),
                  std::string::npos)
            << section;
}

TEST(Secret, MayHoldAnyBytes) {
    const std::string bytes = "\x01\xff not text, but 32 bytes at least \n";
    const Model model =
        test::model_of("issuers: { a: { issuer: me, audience: x, keys: { secret: \"${S}\" } } }\n",
                       {{"S", bytes}});
    ASSERT_EQ(model.issuers.size(), 1u);
    EXPECT_EQ(model.issuers[0].keys.secret.reveal(), bytes);
}

} // namespace
} // namespace config
