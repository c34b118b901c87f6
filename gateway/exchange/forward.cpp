#include "gateway/exchange/forward.hpp"

#include "gateway/exchange/answer.hpp"
#include "gateway/exchange/relay.hpp"
#include "gateway/exchange/upload.hpp"
#include "gateway/worker.hpp"
#include "policy/headers/forward.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace gateway {

namespace {

using policy::Reason;

/// One exchange on its way through one upstream.
struct Forward {
    Exchange& exchange;
    policy::Admitted& permit;
    Worker& worker;
    Report& report;
    observe::UpstreamCells& cells;
    upstream::Pool& pool;
    upstream::ConnectionPtr connection;
    BodyPiece first; ///< of the request body; sent together with the head
    Upload upload;

    Task<Reason> attempt(bool fresh);
    Task<Reason> send_request();
    Task<Reason> relay_response();
    bool may_retry(Reason failure) const;
};

bool is_idempotent(std::string_view method) {
    constexpr std::string_view methods[] = {"GET", "HEAD", "OPTIONS", "PUT",
                                            "DELETE"}; // RFC 9110 9.2.2; TRACE never comes here
    return std::ranges::find(methods, method) != std::end(methods);
}

bool is_too_large(const policy::BodyFraming& body, std::size_t limit) {
    return body.kind == policy::BodyFraming::Kind::length && body.length > limit;
}

// Host in the form that was decided on, or the target's own (RFC 9110 7.2). HTTP/1.0 may have said
// none.
std::string_view host_for(const Forward& forward) {
    const std::string_view said = forward.permit.authority();
    const bool preserve = forward.permit.route().settings->forward.preserve_host && !said.empty();
    return preserve ? said : forward.pool.authority(forward.connection->target);
}

Task<Reason> Forward::send_request() {
    ExchangeMemory& memory = exchange.memory();
    std::array<http1::ExtraField, 40> extra;
    std::size_t count = 0;
    for (const policy::AddedField& field : permit.added())
        extra[count++] = {field.name, field.value};
    extra[count++] = {"x-request-id", memory.request_id};

    http1::HeadBuffer& head = worker.upstream_head();
    if (!http1::write_request_head(head, memory.request.method, permit.path(), permit.query(),
                                   host_for(*this), memory.request.fields, {extra.data(), count},
                                   memory.request.body))
        co_return Reason::internal_error;
    upload.begin(exchange, *connection->stream, memory.request.body);
    Stream& stream = *connection->stream;
    stream.set_send_timeout(permit.route().timeouts.idle);
    upload.send_first(head.view(), first);
    if (!stream.is_drained()) co_await stream.drain();
    co_return stream.write_error() ? Reason::upstream_failed : Reason::allowed;
}

Task<Reason> Forward::attempt(bool fresh) {
    const auto& timeouts = permit.route().timeouts;
    auto acquired = co_await pool.acquire(fresh, timeouts.connect);
    report.target = pool.authority(acquired.target);
    if (!acquired.connection)
        co_return acquired.timed_out ? Reason::upstream_timeout : Reason::upstream_unreachable;
    connection = std::move(acquired.connection);
    (connection->reused ? cells.reused : cells.connects).add();
    // Not to be repeated, so better not sent to a peer that has just left.
    if (connection->reused && !is_idempotent(exchange.memory().request.method) &&
        !connection->stream->is_quiet_now())
        co_return Reason::upstream_failed;

    if (!first.last && first.bytes.empty()) first = co_await exchange.read_body();
    if (first.failure != Reason::allowed) {
        pool.release(std::move(connection),
                     worker.loop().deadlines.now()); // not a byte was sent on it
        co_return first.failure;
    }
    const auto sent_at = std::chrono::steady_clock::now();
    Reason failure = co_await send_request();
    if (failure != Reason::allowed && failure != Reason::upstream_failed) co_return failure;

    if (!first.last)
        upload.start(timeouts);
    else
        connection->stream->set_read_timeout(timeouts.first_byte);
    failure = co_await read_response_head(exchange, *connection->stream);
    if (failure != Reason::allowed)
        co_return upload.failure() != Reason::allowed ? upload.failure() : failure;
    report.upstream_duration = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - sent_at);
    cells.duration.record(report.upstream_duration);
    co_return Reason::allowed;
}

// Safe only when nothing of the answer came, nothing of a body is gone, and the connection was an
// old one: then its peer had most likely closed it before it saw the request (RFC 9110 9.2.2).
bool Forward::may_retry(Reason failure) const {
    if (failure != Reason::upstream_failed || !connection || !connection->reused ||
        !connection->stream->input().empty())
        return false;
    const auto& request = exchange.memory().request;
    return (request.body.kind == policy::BodyFraming::Kind::none &&
            is_idempotent(request.method)) ||
           !upload.has_sent();
}

Task<Reason> Forward::relay_response() {
    ExchangeMemory& memory = exchange.memory();
    policy::headers::drop_hop_by_hop(memory.response);
    policy::headers::add_cors(permit.route(), memory.request, memory.response);
    report.status = memory.response.status;
    const Reason end = co_await relay_body(exchange, *connection->stream, permit.route().timeouts);
    co_return upload.failure() != Reason::allowed&& end != Reason::allowed ? upload.failure() : end;
}

} // namespace

Task<void> forward(Exchange& exchange, policy::Admitted& permit, Worker& worker,
                   const Service& service, Report& report) {
    const std::size_t index = permit.route().upstream;
    upstream::Pool& pool = *service.pools[index];
    observe::UpstreamCells& cells = *service.cells.upstreams[index];
    report.upstream_name = pool.settings().name;
    cells.requests.add();

    exchange.set_body_limit(permit.route().body_limit);
    Forward forward{exchange, permit, worker, report, cells, pool, nullptr, {}, {}};
    forward.first.last = exchange.is_body_done();
    Reason end = is_too_large(exchange.memory().request.body, permit.route().body_limit)
                     ? Reason::body_too_large
                     : Reason::allowed;
    if (end == Reason::allowed) end = co_await forward.attempt(false);
    if (forward.may_retry(end)) {
        forward.connection.reset();
        end = co_await forward.attempt(true);
    }
    if (end == Reason::allowed) end = co_await forward.relay_response();

    const bool uploaded = forward.first.last || forward.upload.is_complete();
    co_await forward.upload.finish();
    if (end == Reason::allowed) {
        if (uploaded && exchange.memory().response.keep_alive)
            pool.release(std::move(forward.connection), worker.loop().deadlines.now());
        co_return;
    }

    report.reason = end;
    if (end >= Reason::upstream_unreachable && end <= Reason::upstream_timeout)
        cells.failures.add();
    if (exchange.is_started() || policy::info(end).status == 0) {
        exchange.abort();
        co_return;
    }
    policy::Answer answer;
    answer.reason = end;
    answer.route = &permit.route();
    send_answer(exchange, answer, report);
}

} // namespace gateway
