#include "gateway/exchange/answer.hpp"

#include "policy/answers.hpp"

namespace gateway {

void send_answer(Exchange& exchange, const policy::Answer& answer, Report& report) {
    ExchangeMemory& memory = exchange.memory();
    memory.response.clear();
    const std::string_view body =
        policy::render(answer, memory.request, memory.request_id, memory.scratch, memory.response);
    const http1::ExtraField id{"x-request-id", memory.request_id};
    const policy::BodyFraming framing{policy::BodyFraming::Kind::length, body.size()};
    exchange.send_head(memory.response, {&id, 1}, framing, body, true);
    report.status = memory.response.status;
    report.reason = answer.reason;
}

} // namespace gateway
