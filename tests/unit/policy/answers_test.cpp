#include "policy/answers.hpp"
#include "tests/support/world.hpp"

#include <gtest/gtest.h>

namespace policy {
namespace {

struct Rendered {
    int status = 0;
    std::string body;
    BodyFraming framing;
    std::vector<std::pair<std::string, std::string>> fields;

    std::string field(std::string_view name) const {
        std::string text;
        for (const auto& [known, value] : fields)
            if (known == name) text += (text.empty() ? "" : "|") + value;
        return text;
    }
};

Rendered render_of(const Answer& answer, std::string_view id = "id-1") {
    Scratch scratch;
    support::Request request("/");
    ResponseHead head;
    Rendered result;
    result.body = render(answer, request.head(), id, scratch, head);
    result.status = head.status;
    result.framing = head.body;
    for (const Field& field : head.fields.all())
        result.fields.emplace_back(field.name, field.value);
    return result;
}

Answer answer_of(Reason reason, bool challenge = true) {
    Answer answer;
    answer.reason = reason;
    answer.challenge = challenge;
    return answer;
}

TEST(Answers, AProblemIsWholeAndNotCached) {
    const Rendered answer = render_of(answer_of(Reason::rule_denied));
    EXPECT_EQ(answer.status, 403);
    EXPECT_EQ(answer.body,
              "{\"type\":\"urn:claimgate:forbidden\",\"title\":\"Access is denied\",\"status\":403,"
              "\"code\":\"forbidden\",\"request_id\":\"id-1\"}\n");
    EXPECT_EQ(answer.field("content-type"), "application/problem+json");
    EXPECT_EQ(answer.field("cache-control"), "no-store");
    EXPECT_EQ(answer.field("x-content-type-options"), "nosniff");
    EXPECT_EQ(answer.framing.kind, BodyFraming::Kind::length);
    EXPECT_EQ(answer.framing.length, answer.body.size());
    EXPECT_EQ(answer.field("www-authenticate"), "");
}

TEST(Answers, EveryStatusThatIsSentHasItsPhrase) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(Reason::count_); ++i) {
        Scratch scratch;
        support::Request request("/");
        ResponseHead head;
        render(answer_of(static_cast<Reason>(i)), request.head(), "id-1", scratch, head);
        EXPECT_FALSE(head.reason.empty()) << info(static_cast<Reason>(i)).name;
    }
}

TEST(Answers, EveryCauseOfABadTokenIsTheSameToTheByte) {
    const Rendered first = render_of(answer_of(Reason::token_malformed));
    EXPECT_EQ(first.status, 401);
    EXPECT_EQ(first.field("www-authenticate"), "Bearer realm=\"api\", error=\"invalid_token\"");
    for (auto i = static_cast<std::size_t>(Reason::token_malformed);
         i <= static_cast<std::size_t>(Reason::issuer_not_accepted); ++i) {
        const Rendered other = render_of(answer_of(static_cast<Reason>(i)));
        EXPECT_EQ(other.body, first.body);
        EXPECT_EQ(other.fields, first.fields);
        EXPECT_EQ(other.status, first.status);
    }
}

TEST(Answers, ChallengesFollowTheirStandards) {
    const auto challenge = [](const Answer& answer) {
        return render_of(answer).field("www-authenticate");
    };
    EXPECT_EQ(challenge(answer_of(Reason::token_missing)), "Bearer realm=\"api\"");
    EXPECT_EQ(challenge(answer_of(Reason::several_tokens)),
              "Bearer realm=\"api\", error=\"invalid_request\"");
    EXPECT_EQ(challenge(answer_of(Reason::bad_credentials)),
              "Bearer realm=\"api\", error=\"invalid_request\"");
    Answer scope = answer_of(Reason::insufficient_scope);
    scope.scope = "orders:read orders:write";
    EXPECT_EQ(
        challenge(scope),
        "Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"orders:read orders:write\"");
    Answer acr = answer_of(Reason::step_up_required);
    acr.acr_values = "silver gold";
    EXPECT_EQ(challenge(acr), "Bearer realm=\"api\", error=\"insufficient_user_authentication\", "
                              "error_description=\"A stronger or more recent login is required\", "
                              "acr_values=\"silver gold\"");
    Answer age = answer_of(Reason::step_up_required);
    age.max_age = 300;
    EXPECT_EQ(challenge(age),
              "Bearer realm=\"api\", error=\"insufficient_user_authentication\", "
              "error_description=\"A stronger or more recent login is required\", max_age=\"300\"");
    EXPECT_EQ(challenge(answer_of(Reason::token_missing, false)), "");
    EXPECT_EQ(challenge(answer_of(Reason::keys_unavailable)), "");
}

TEST(Answers, UnavailableSaysWhenToComeBack) {
    for (const Reason reason : {Reason::keys_unavailable, Reason::overloaded, Reason::draining})
        EXPECT_EQ(render_of(answer_of(reason)).field("retry-after"), "5");
    EXPECT_EQ(render_of(answer_of(Reason::internal_error)).field("retry-after"), "");
}

TEST(Answers, MethodNotAllowedSaysWhichAre) {
    Answer answer = answer_of(Reason::method_not_allowed, false);
    answer.allow = "GET, HEAD";
    EXPECT_EQ(render_of(answer).field("allow"), "GET, HEAD");
}

TEST(Answers, ARequestIdThatIsNotPlainIsLeftOut) {
    for (const char* id : {"", "a\"b", "a b", "a\r\nb", "\xc3\xa4"})
        EXPECT_EQ(render_of(answer_of(Reason::no_route), id).body.find("request_id"),
                  std::string::npos)
            << id;
}

TEST(Answers, AReasonThatIsNoRefusalIsAMistake) {
    for (const Reason reason : {Reason::allowed, Reason::client_gone, Reason::preflight_answered})
        EXPECT_EQ(render_of(answer_of(reason)).status, 500);
}

TEST(Answers, WithoutRoomTheStatusStillStands) {
    Scratch scratch;
    while (scratch.allocate(16)) {
    }
    support::Request request("/");
    ResponseHead head;
    EXPECT_EQ(render(answer_of(Reason::bad_signature), request.head(), "id", scratch, head), "");
    EXPECT_EQ(head.status, 401);
    EXPECT_EQ(head.body.length, 0u);
}

// H103: nothing of the request comes back.
TEST(Answers, NothingOfTheRequestIsEchoed) {
    config::Model model = support::make_model();
    model.routes = {support::make_route("/own/**")};
    support::World world(model);
    for (const char* target : {"/own/<script>", "/<script>", "/own/%3Cscript%3E"}) {
        support::Request request(target);
        request.field("authorization", "Bearer <script>").field("x-request-id", "script");
        world.ask(request);
        ResponseHead head;
        const std::string body(render(world.answer(), request.head(), "id", world.scratch, head));
        EXPECT_EQ(body.find("script"), std::string::npos);
        for (const Field& field : head.fields.all())
            EXPECT_EQ(field.value.find("script"), std::string::npos);
    }
}

} // namespace
} // namespace policy
