#include "gateway/server.hpp"

#include "gateway/observe/log.hpp"
#include "policy/jose/random.hpp"

#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <functional>
#include <stdexcept>
#include <sys/resource.h>
#include <utility>

namespace gateway {

namespace {

std::size_t count_workers(const config::Model& model) {
    return model.workers.value_or(std::max(1u, std::thread::hardware_concurrency()));
}

// A gateway needs two descriptors for each connection: take what the system allows.
void raise_descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

/// It ends with the process: digests of two runs have nothing in common.
policy::token::SipHashKey make_digest_key() {
    policy::token::SipHashKey key;
    if (!policy::jose::fill_random(&key, sizeof key))
        throw std::runtime_error("no randomness for the decision log");
    return key;
}

} // namespace

Server::Server(std::shared_ptr<const config::Model> model)
    : model_(std::move(model)), worker_count_(count_workers(*model_)), registry_(worker_count_),
      log_writer_("access_log", model_->access_log.path) {
    raise_descriptor_limit();
    std::signal(SIGPIPE, SIG_IGN);
    if (const std::string error = log_writer_.error(); !error.empty())
        throw std::runtime_error(error);

    if (const auto& settings = model_->decision_log) {
        decision_writer_ = std::make_unique<observe::LogWriter>("decision_log", settings->path);
        if (const std::string error = decision_writer_->error(); !error.empty())
            throw std::runtime_error(error);
    }
    const policy::token::SipHashKey digest_key = make_digest_key();
    const auto want_keys = [this](std::size_t issuer, std::uint64_t generation) {
        control_->want_keys(issuer, generation);
    };
    const auto tell_shadow = [this](observe::ShadowExample example) {
        control_->note_disagreement(std::move(example));
    };
    for (std::size_t i = 0; i < worker_count_; ++i)
        workers_.push_back(std::make_unique<Worker>(*model_, worker_count_, registry_.worker(i),
                                                    make_logs(digest_key), want_keys, tell_shadow));
    WorkerPort port;
    port.prepare = [this](std::shared_ptr<const config::Model> next) {
        return prepare(std::move(next));
    };
    port.commit = [this] { commit(); };
    port.publish = [this](std::size_t worker, std::shared_ptr<policy::Snapshot> snapshot,
                          observe::Registry::Tables tables) {
        publish(worker, std::move(snapshot), std::move(tables));
    };
    control_ = std::make_unique<Control>(model_, registry_, worker_count_, std::move(port));
    if (const std::string error = prepare(model_); !error.empty()) throw std::runtime_error(error);
}

Server::~Server() {
    control_->stop();
    resolver_.reset();
    for (const auto& worker : workers_) worker->post_stop();
    for (const auto& worker : workers_) worker->join();
}

WorkerLogs Server::make_logs(const policy::token::SipHashKey& digest_key) {
    return {log_writer_.make_ring(), decision_writer_ ? decision_writer_->make_ring() : nullptr,
            digest_key};
}

void Server::reopen_logs() {
    log_writer_.reopen();
    if (decision_writer_) decision_writer_->reopen();
}

// ---------------------------------------------------------------- configuration

std::string Server::prepare(std::shared_ptr<const config::Model> model) {
    auto prepared = std::make_unique<Prepared>();
    prepared->changes.resize(worker_count_);
    prepared->access_log = model->access_log;
    try {
        for (const config::Listener& listener : model->listeners)
            prepare_listener(listener, *prepared);
    } catch (const std::exception& error) {
        return error.what();
    }
    prepared->addresses = upstream::resolve(std::move(model), nullptr);
    prepared_ = std::move(prepared);
    return {};
}

void Server::prepare_listener(const config::Listener& settings, Prepared& prepared) {
    const auto known = ports_.find(settings.bind);
    std::uint16_t port = known != ports_.end() ? known->second : settings.port;
    for (std::size_t i = 0; i < worker_count_; ++i) {
        ListenerChange change;
        change.bind = settings.bind;
        if (settings.tls) {
            const auto [tickets, added] = tickets_.try_emplace(settings.bind);
            if (added) tickets->second = tls::make_ticket_keys();
            change.contexts = std::make_shared<tls::Contexts>(*settings.tls, tickets->second);
        }
        if (known == ports_.end()) {
            try {
                change.opened = std::make_unique<Listener>(workers_[i]->loop().io, settings, port,
                                                           change.contexts);
            } catch (const boost::system::system_error& error) {
                throw std::runtime_error("cannot listen on " + settings.bind + ": " +
                                         error.code().message());
            }
            port = change.opened->port(); // the first worker's choice for port 0 holds for all
        }
        prepared.changes[i].push_back(std::move(change));
    }
    prepared.ports[settings.bind] = port;
}

void Server::commit() {
    if (!prepared_) return;
    const std::unique_ptr<Prepared> prepared = std::move(prepared_);
    for (const auto& [bind, port] : prepared->ports)
        if (!ports_.contains(bind))
            log::write(log::Level::info, "listening", "accepting connections",
                       {{"bind", bind}, {"address", bind}, {"port", std::int64_t{port}}});
    ports_ = prepared->ports;
    {
        const std::lock_guard lock(addresses_mutex_);
        addresses_ = prepared->addresses;
    }
    if (resolver_) resolver_->watch(prepared->addresses);
    for (std::size_t i = 0; i < worker_count_; ++i) {
        workers_[i]->post_listeners(std::move(prepared->changes[i]));
        workers_[i]->post_log_settings(prepared->access_log);
    }
}

void Server::publish(std::size_t worker, std::shared_ptr<policy::Snapshot> snapshot,
                     observe::Registry::Tables tables) {
    std::shared_ptr<const upstream::Addresses> addresses;
    {
        const std::lock_guard lock(addresses_mutex_);
        addresses = addresses_ ? addresses_ : prepared_->addresses;
    }
    workers_[worker]->post_service(std::move(snapshot), std::move(tables), std::move(addresses));
}

// ---------------------------------------------------------------- running

void Server::run() {
    // First of all: who reads "listening" may send a signal, which must not end us unprepared.
    asio::io_context io;
    asio::signal_set signals(io, SIGTERM, SIGINT, SIGHUP);
    signals.add(SIGUSR1);
    resolver_ = std::make_unique<upstream::Resolver>(
        [this](std::shared_ptr<const upstream::Addresses> addresses) {
            {
                const std::lock_guard lock(addresses_mutex_);
                addresses_ = addresses;
            }
            for (const auto& worker : workers_) worker->post_addresses(addresses);
        });
    control_->start(); // publishes the first snapshots, before the listeners below ask for one
    commit();
    for (const auto& worker : workers_) worker->start();

    std::function<void(const ErrorCode&, int)> on_signal = [&](const ErrorCode& error, int signal) {
        if (error || signal == SIGTERM || signal == SIGINT) return;
        if (signal == SIGHUP) control_->reload();
        if (signal == SIGUSR1) reopen_logs();
        signals.async_wait(on_signal);
    };
    signals.async_wait(on_signal);
    io.run();
    drain();
}

// Readiness goes first, so that balancers look elsewhere; then connections end one by one; what is
// left at the end is cut.
void Server::drain() {
    using Clock = std::chrono::steady_clock;
    log::write(log::Level::info, "draining",
               "stopping: no new connections, open exchanges end first");
    control_->set_draining();
    asio::io_context io;
    asio::signal_set signals(io, SIGTERM, SIGINT);
    bool at_once = false;
    signals.async_wait([&](const ErrorCode& error, int) { at_once = !error; });
    const auto wait = [&](Clock::duration length) {
        asio::steady_timer timer(io, length);
        timer.async_wait([](const ErrorCode&) {});
        io.restart();
        io.run_one();
    };
    const config::Drain settings = model_->drain;
    if (settings.delay.count() > 0) wait(settings.delay);
    for (const auto& worker : workers_) worker->post_drain();
    const auto end = Clock::now() + settings.timeout;
    const auto open = [&] {
        std::uint64_t sum = 0;
        for (const auto& worker : workers_) sum += worker->open_connections();
        return sum;
    };
    do wait(std::chrono::milliseconds(20));
    while (open() > 0 && !at_once && Clock::now() < end);
    log::write(log::Level::info, "stopped", "drained",
               {{"connections_cut", static_cast<std::int64_t>(open())}});
}

} // namespace gateway
