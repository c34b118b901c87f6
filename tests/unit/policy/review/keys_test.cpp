#include "policy/review/review.hpp"
#include "tests/support/world.hpp"

#include <gtest/gtest.h>

namespace policy::review {
namespace {

using support::test_key;

std::string names(const config::Model& model) {
    std::string text;
    for (const config::Problem& problem : warnings_of(*support::compile(model)))
        if (problem.name != "unused_upstream")
            text += std::to_string(problem.at.line) + " " + problem.name + ": " + problem.message +
                    "\n";
    return text;
}

config::Model with_keys(config::KeySourceKind kind, std::string text) {
    config::Model model = support::make_model();
    model.issuers.resize(1);
    model.routes = {support::make_route("/")};
    model.issuers[0].keys = {};
    model.issuers[0].keys.at = {4, 1};
    model.issuers[0].keys.kind = kind;
    model.issuers[0].keys.text = std::move(text);
    return model;
}

TEST(Keys, ThatCannotBeUsedAreToldWithTheReason) {
    const std::string good = support::public_jwks({&test_key(jose::Algorithm::es256)});
    EXPECT_EQ(names(with_keys(config::KeySourceKind::file, good)), "");
    std::string with_another = good;
    with_another.insert(with_another.find('[') + 1,
                        R"({"kty":"EC","kid":"old","crv":"secp256k1","x":"AA","y":"AA"},)");
    const std::string told = names(with_keys(config::KeySourceKind::file, with_another));
    EXPECT_TRUE(told.starts_with("4 unusable_key: the key 'old' of this issuer is not used: "))
        << told;
}

TEST(Keys, ThatAreSecretsHoldManyDifferentBytes) {
    config::Model model = with_keys(config::KeySourceKind::secret, {});
    model.issuers[0].keys.secret = config::Secret("abcabcabcabcabcabcabcabcabcabcabcabc");
    const std::string told = names(model);
    EXPECT_EQ(told, "4 weak_key: this secret repeats a few characters, so it can be guessed\n");
    model.issuers[0].keys.secret = config::Secret("q7Vx0Lr9Zt2Nf4Kd8Hs1Wm6Yb3Pc5Jgua");
    EXPECT_EQ(names(model), "");
}

} // namespace
} // namespace policy::review
