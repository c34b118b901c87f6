#include "policy/rule/node.hpp"
#include "policy/rule/place.hpp"
#include "tests/support/rules.hpp"

#include <gtest/gtest.h>

namespace policy::rule {
namespace {

using config::EntryKind;
using support::entry;
using support::group;
using support::rule;

TEST(Place, NamesEveryEntryFromTheOutsideIn) {
    config::Model model = support::make_model();
    model.policies = {{{}, "staff", rule({entry(EntryKind::roles, {"x"})})}};
    const config::Rule settings =
        rule({entry(EntryKind::scopes, {"a"}),
              group(EntryKind::any, {rule({entry(EntryKind::groups, {"g"})}),
                                     rule({entry(EntryKind::policy, {"staff"})})})});
    config::Problems problems;
    const Rule compiled = Rule::compile(settings, model, {}, problems);
    EXPECT_EQ(places_of(compiled),
              (std::vector<std::string>{"access.scopes", "access.any", "access.any[0].groups",
                                        "access.any[1].policy", "policies.staff.roles"}));
    EXPECT_EQ(index_of(compiled, &settings.entries[0]), 0u);
    EXPECT_EQ(index_of(compiled, &settings.entries[1].rules[0].entries[0]), 2u);
    EXPECT_EQ(place_of(compiled, &model.policies[0].rule.entries[0]), "policies.staff.roles");
}

TEST(Place, IsEmptyForWhatIsNoPartOfTheRule) {
    const config::Rule settings = rule({entry(EntryKind::roles, {"x"})});
    const config::Entry stranger = entry(EntryKind::roles, {"x"});
    config::Problems problems;
    const Rule compiled = Rule::compile(settings, support::make_model(), {}, problems);
    EXPECT_EQ(place_of(compiled, &stranger), "");
    EXPECT_EQ(place_of(compiled, nullptr), "");
    EXPECT_EQ(place_of(Rule(), &stranger), "");
}

} // namespace
} // namespace policy::rule
