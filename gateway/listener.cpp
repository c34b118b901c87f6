#include "gateway/listener.hpp"

#include "gateway/connection.hpp"
#include "gateway/observe/log.hpp"
#include "gateway/worker.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <chrono>

namespace gateway {

Listener::Listener(asio::io_context& io, const config::Listener& settings, std::uint16_t port,
                   std::shared_ptr<tls::Contexts> contexts)
    : state_(std::make_shared<State>(State{Acceptor(io.get_executor()), nullptr, false})) {
    const auto address = asio::ip::make_address(settings.address);
    const Tcp::endpoint endpoint(address, settings.port != 0 ? settings.port : port);
    Acceptor& acceptor = state_->acceptor;
    acceptor.open(endpoint.protocol());
    acceptor.set_option(Acceptor::reuse_address(true));
    acceptor.set_option(ReusePort());
    acceptor.bind(endpoint);
    acceptor.listen();
    acceptor.non_blocking(true);
    port_ = acceptor.local_endpoint().port();
    settings_ =
        std::make_shared<ListenerSettings>(ListenerSettings{settings.bind, std::move(contexts)});
    state_->settings = settings_;
}

void Listener::set_contexts(std::shared_ptr<tls::Contexts> contexts) {
    settings_ =
        std::make_shared<ListenerSettings>(ListenerSettings{settings_->bind, std::move(contexts)});
    state_->settings = settings_;
}

void Listener::start(Worker& worker) {
    asio::co_spawn(worker.loop().io, run(state_, worker), asio::detached);
}

// Connections that the kernel completed before we close belong to clients who think that they are
// served.
void Listener::close(Worker& worker) {
    if (std::exchange(state_->closed, true)) return;
    for (;;) {
        Socket socket(worker.loop().io.get_executor());
        ErrorCode error;
        state_->acceptor.accept(socket, error);
        if (error) break;
        start_connection(worker, std::move(socket), state_->settings);
    }
    ErrorCode ignored;
    state_->acceptor.close(ignored);
}

namespace {

bool is_exhausted(const ErrorCode& error) {
    return error == asio::error::no_descriptors || error == asio::error::no_memory ||
           error == boost::system::errc::too_many_files_open_in_system ||
           error == asio::error::no_buffer_space;
}

} // namespace

Task<void> Listener::run(std::shared_ptr<State> state, Worker& worker) {
    constexpr std::chrono::milliseconds pause{100};
    Timer timer(worker.loop().io.get_executor());
    while (!state->closed) {
        Socket socket(worker.loop().io.get_executor());
        auto [error] = co_await state->acceptor.async_accept(socket, as_result);
        if (state->closed) break;
        if (!error && worker.may_accept()) {
            start_connection(worker, std::move(socket), state->settings);
            continue;
        }
        if (!error) {
            worker.metrics().connections_refused.add();
            refuse_connection(socket, state->settings->contexts != nullptr);
            continue;
        }
        if (!is_exhausted(error)) continue; // the client left before we took it
        log::write(log::Level::warning, "accept_paused", "no descriptors left: accepting pauses",
                   {{"listener", state->settings->bind}});
        timer.expires_after(pause);
        co_await timer.async_wait(as_result);
    }
}

} // namespace gateway
