// `none` holds where what stands inside cannot be compared. Around a comparison that says what is
// wrong that is what people mean; around one that says what is not right it lets a token pass that
// says nothing at all.

#include "policy/review/families.hpp"
#include "policy/rule/node.hpp"

namespace policy::review {

namespace {

using config::Condition;
using config::Operator;
using rule::NamedMatcher;
using rule::Node;

/// What to ask for instead, outside `none`; nothing where the condition names what is wrong.
std::string_view turned_round(const Condition& condition) {
    switch (condition.op) {
    case Operator::not_equals: return "equals";
    case Operator::none_of: return "one_of";
    case Operator::at_least: return "at_most";
    case Operator::at_most: return "at_least";
    case Operator::equals: {
        const auto* value = std::get_if<bool>(&condition.operands.front().value);
        return value && !*value ? "equals: true" : "";
    }
    default: return "";
    }
}

class Absence {
public:
    Absence(Review& review, const route::Route& route) : review_(review), route_(route) {}

    void look(const Node& node, bool negated) {
        if (node.shadow) return;
        const bool is_none = node.entry && node.entry->kind == config::EntryKind::none;
        for (const Node& child : node.children) look(child, negated != is_none);
        if (!negated) return;
        for (const NamedMatcher& matcher : node.matchers)
            if (!is_there(matcher)) check(matcher);
    }

private:
    bool is_there(const NamedMatcher& matcher) const {
        return matcher.source == NamedMatcher::Source::claim && matcher.claim.steps.size() == 1 &&
               is_always_there(review_, route_, matcher.claim.steps[0]);
    }

    void check(const NamedMatcher& matcher) {
        const std::string& subject = matcher.settings->subject;
        const bool is_claim = matcher.source == NamedMatcher::Source::claim;
        for (const rule::Matcher::Check& check : matcher.matcher.checks()) {
            const std::string_view instead = turned_round(*check.settings);
            if (instead.empty()) continue;
            review_.warn(check.settings->at, "none_missing_claim",
                         (is_claim ? "a token without `" : "a request without `") + subject +
                             "` passes this `none`",
                         "say it without `none`, by `" + std::string(instead) + "`" +
                             (is_claim ? ", or add the claim to `required_claims`" : ""));
        }
    }

    Review& review_;
    const route::Route& route_;
};

} // namespace

void review_absence(Review& review) {
    for (const auto& route : review.snapshot.routes().routes())
        if (const Node* root = route->rule.root()) Absence(review, *route).look(*root, false);
}

} // namespace policy::review
