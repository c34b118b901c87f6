#include "gateway/http1/response_rules.hpp"

#include "gateway/http1/framing.hpp"

namespace gateway::http1 {

using policy::BodyFraming;

bool apply_response_rules(std::string_view request_method, policy::ResponseHead& head) {
    if (head.status < 100 || head.status > 599) return false;
    Framing framing;
    for (const policy::Field& field : head.fields.all())
        if (!framing.take(field)) return false;
    const auto body = framing.body(head.minor_version, BodyFraming::Kind::until_close);
    if (!body) return false;
    head.keep_alive = framing.keep_alive(head.minor_version);

    const bool forbidden = head.status < 200 || head.status == 204; // RFC 9112 6.3, rule 1
    const bool bodiless = forbidden || head.status == 304 || request_method == "HEAD";
    if (!bodiless) {
        head.body = *body;
        if (body->kind == BodyFraming::Kind::until_close) head.keep_alive = false;
        return true;
    }
    // An origin that announces a body where none can be may well send one, and the next answer
    // would begin inside it. After 101 the connection is no longer HTTP.
    const bool announced = body->kind == BodyFraming::Kind::chunked || body->length > 0;
    if ((forbidden && announced) || head.status == 101) head.keep_alive = false;
    head.body = BodyFraming{};
    return true;
}

} // namespace gateway::http1
