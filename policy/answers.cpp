#include "policy/answers.hpp"

#include "policy/headers/cors.hpp"
#include "policy/reason.hpp"
#include "policy/route/table.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>

namespace policy {

namespace {

constexpr std::string_view realm = "Bearer realm=\"api\"";

/// The pieces in one text; data() is nullptr when there is no room.
std::string_view concat(std::initializer_list<std::string_view> pieces, Scratch& scratch) {
    std::size_t size = 0;
    for (const std::string_view piece : pieces) size += piece.size();
    char* const memory = scratch.allocate(size);
    if (!memory) return {};
    char* out = memory;
    for (const std::string_view piece : pieces) out = std::ranges::copy(piece, out).out;
    return {memory, size};
}

/// A number in scratch memory; empty when there is no room.
std::string_view number(long long value, Scratch& scratch) {
    std::array<char, 20> digits{};
    const char* const end = std::to_chars(digits.begin(), digits.end(), value).ptr;
    return scratch.copy({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

void push(ResponseHead& head, std::string_view name, std::string_view value) {
    head.fields.push(name, value, field_id(name));
}

/// RFC 9470 3.
std::string_view step_up_challenge(const Answer& answer, Scratch& scratch) {
    constexpr std::string_view start =
        "Bearer realm=\"api\", error=\"insufficient_user_authentication\", "
        "error_description=\"A stronger or more recent login is required\"";
    if (answer.max_age)
        return concat({start, ", max_age=\"", number(*answer.max_age, scratch), "\""}, scratch);
    return concat({start, ", acr_values=\"", answer.acr_values, "\""}, scratch);
}

/// RFC 6750 3: no error code where nothing was sent. Fixed texts and the configuration's, nothing
/// of the request.
std::string_view challenge(const Answer& answer, Scratch& scratch) {
    switch (answer.reason) {
    case Reason::token_missing: return realm;
    case Reason::bad_credentials:
    case Reason::several_tokens: return "Bearer realm=\"api\", error=\"invalid_request\"";
    case Reason::insufficient_scope:
        return concat({realm, ", error=\"insufficient_scope\", scope=\"", answer.scope, "\""},
                      scratch);
    case Reason::step_up_required: return step_up_challenge(answer, scratch);
    default: break;
    }
    return info(answer.reason).status == 401 ? "Bearer realm=\"api\", error=\"invalid_token\""
                                             : std::string_view{};
}

bool is_plain_id(std::string_view id) {
    return !id.empty() && id.size() <= 128 && std::ranges::all_of(id, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_' || c == '.';
    });
}

std::string_view body_of(const ReasonInfo& what, std::string_view request_id, Scratch& scratch) {
    const bool named = is_plain_id(request_id);
    return concat({"{\"type\":\"urn:claimgate:", what.code, "\",\"title\":\"", what.title,
                   "\",\"status\":", number(what.status, scratch), ",\"code\":\"", what.code, "\"",
                   named ? ",\"request_id\":\"" : "", named ? request_id : "", named ? "\"" : "",
                   "}\n"},
                  scratch);
}

/// The phrase of RFC 9110 15; clients ignore it, people who read a trace do not.
std::string_view phrase(int status) {
    switch (status) {
    case 204: return "No Content";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 417: return "Expectation Failed";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    case 505: return "HTTP Version Not Supported";
    default: return {};
    }
}

void add_fields(const Answer& answer, int status, Scratch& scratch, ResponseHead& head) {
    push(head, "cache-control", "no-store");
    if (answer.challenge)
        if (const auto value = challenge(answer, scratch); !value.empty())
            push(head, "www-authenticate", value);
    if (answer.reason == Reason::method_not_allowed) push(head, "allow", answer.allow);
    if (status == 503) push(head, "retry-after", "5");
}

} // namespace

std::string_view render(const Answer& answer, const RequestHead& request,
                        std::string_view request_id, Scratch& scratch, ResponseHead& head) {
    head.clear();
    if (answer.reason == Reason::preflight_answered && answer.route) {
        head.status = 204;
        head.reason = phrase(204);
        headers::add_preflight(*answer.route, request, head);
        return {};
    }
    const ReasonInfo& told = info(answer.reason);
    // A reason that is no refusal has no answer of ours: that it got here is a mistake.
    const ReasonInfo& what = told.status < 400 ? info(Reason::internal_error) : told;
    head.status = what.status;
    head.reason = phrase(what.status);
    add_fields(answer, what.status, scratch, head);
    const std::string_view body = body_of(what, request_id, scratch);
    if (!body.empty()) {
        push(head, "content-type", "application/problem+json");
        push(head, "x-content-type-options", "nosniff");
    }
    head.body = {BodyFraming::Kind::length, body.size()};
    if (answer.route) headers::add_cors(*answer.route, request, head);
    return body;
}

} // namespace policy
