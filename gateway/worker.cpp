#include "gateway/worker.hpp"

#include "gateway/observe/log.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace gateway {

namespace {
constexpr std::size_t most_spare_memory = 256;
constexpr std::size_t most_key_waiters = 1024;

std::size_t client_block(const config::Model& model) {
    return std::max<std::size_t>(model.limits.head, 16 * 1024);
}
} // namespace

/// A request that waits for its issuer's keys.
struct Worker::KeyWaiter
    : boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
    explicit KeyWaiter(DeadlineList& deadlines)
        : deadline(deadlines, this, &KeyWaiter::on_deadline) {}
    static void on_deadline(void* self) {
        auto* waiter = static_cast<KeyWaiter*>(self);
        waiter->expired = true;
        waiter->event.fire();
    }
    Event event;
    Deadline deadline;
    bool expired = false;
};

Worker::Worker(const config::Model& model, std::size_t workers, observe::WorkerMetrics& metrics,
               WorkerLogs logs, WantKeys want_keys, TellShadow tell_shadow)
    : metrics_(metrics), access_logger_(std::move(logs.access), model.access_log),
      decision_logger_(std::move(logs.decisions), logs.digest_key),
      want_keys_(std::move(want_keys)), tell_shadow_(std::move(tell_shadow)),
      proofs_(model.limits.proofs, model.limits.proof_bytes), random_(std::random_device{}()),
      key_waiters_(std::make_unique<KeyWaiters>()), workers_(workers), loop_(client_block(model)),
      tick_timer_(loop_.io.get_executor()) {}

Worker::~Worker() { join(); }

// ---------------------------------------------------------------- from other threads

void Worker::start() {
    asio::co_spawn(loop_.io, tick(), asio::detached);
    thread_ = std::thread([this] { run(); });
}

void Worker::join() {
    if (thread_.joinable()) thread_.join();
}

void Worker::post_service(std::shared_ptr<policy::Snapshot> snapshot,
                          observe::Registry::Tables cells,
                          std::shared_ptr<const upstream::Addresses> addresses) {
    asio::post(loop_.io, [this, snapshot = std::move(snapshot), cells = std::move(cells),
                          addresses = std::move(addresses)]() mutable {
        take_service(std::move(snapshot), std::move(cells), std::move(addresses));
    });
}

void Worker::post_addresses(std::shared_ptr<const upstream::Addresses> addresses) {
    asio::post(loop_.io, [this, addresses = std::move(addresses)] {
        if (!service_ || &service_->snapshot->model() != addresses->model.get()) return;
        for (std::size_t i = 0; i < service_->pools.size(); ++i)
            service_->pools[i]->set_endpoints(addresses->upstreams[i]);
    });
}

void Worker::post_listeners(std::vector<ListenerChange> changes) {
    asio::post(loop_.io, [this, changes = std::move(changes)]() mutable {
        take_listeners(std::move(changes));
    });
}

void Worker::post_log_settings(config::AccessLog settings) {
    asio::post(loop_.io,
               [this, settings = std::move(settings)] { access_logger_.configure(settings); });
}

void Worker::post_drain() {
    asio::post(loop_.io, [this] { drain(); });
}

void Worker::post_stop() {
    asio::post(loop_.io, [this] { stop(); });
}

// ---------------------------------------------------------------- the worker's own thread

void Worker::run() {
    loop_.io.run();
    listeners_.clear();
    service_.reset();
}

Task<void> Worker::tick() {
    while (!stopping_) {
        const auto now = std::chrono::steady_clock::now();
        loop_.deadlines.tick(now);
        if (service_)
            for (const auto& pool : service_->pools) pool->sweep(now);
        publish_gauges();
        tick_timer_.expires_after(DeadlineList::tick_length);
        co_await tick_timer_.async_wait(as_result);
    }
}

void Worker::publish_gauges() {
    metrics_.heartbeat.add();
    metrics_.proof_entries.set(proofs_.size());
    metrics_.proof_bytes.set(proofs_.bytes());
    metrics_.proof_hits.set(proofs_.hits());
    metrics_.proof_misses.set(proofs_.misses());
}

void Worker::take_service(std::shared_ptr<policy::Snapshot> snapshot,
                          observe::Registry::Tables cells,
                          std::shared_ptr<const upstream::Addresses> addresses) {
    auto next = std::make_shared<Service>();
    const config::Model& model = snapshot->model();
    if (service_ && &service_->snapshot->model() == &model) {
        next->pools = service_->pools;
    } else {
        for (std::size_t i = 0; i < model.upstreams.size(); ++i)
            next->pools.push_back(std::make_shared<upstream::Pool>(loop_, model.upstreams[i],
                                                                   addresses->upstreams[i]));
        loop_.client_blocks.set_block_size(client_block(model));
    }
    if (!snapshot->candidate())
        candidate_tools_.reset();
    else if (!candidate_tools_)
        candidate_tools_ = std::make_unique<CandidateTools>();
    metrics_.snapshots_taken.set(snapshot->generation());
    next->snapshot = std::move(snapshot);
    next->cells = std::move(cells);
    service_ = std::move(next);
    wake_key_waiters();
}

void Worker::take_listeners(std::vector<ListenerChange> changes) {
    std::vector<std::unique_ptr<Listener>> next;
    for (ListenerChange& change : changes) {
        if (change.opened) {
            if (!draining_) change.opened->start(*this);
            next.push_back(std::move(change.opened));
            continue;
        }
        const auto known = std::ranges::find_if(listeners_, [&](const auto& listener) {
            return listener && listener->bind() == change.bind;
        });
        if (known == listeners_.end()) continue;
        (*known)->set_contexts(std::move(change.contexts));
        next.push_back(std::move(*known));
    }
    for (const auto& gone : listeners_)
        if (gone) gone->close(*this);
    listeners_ = std::move(next);
}

policy::TimePoint Worker::wall_clock() const {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::unique_ptr<ExchangeMemory> Worker::lend_memory() {
    metrics_.requests_open.add();
    if (spare_memory_.empty()) return std::make_unique<ExchangeMemory>();
    auto memory = std::move(spare_memory_.back());
    spare_memory_.pop_back();
    return memory;
}

void Worker::take_back(std::unique_ptr<ExchangeMemory> memory) {
    metrics_.requests_open.subtract();
    if (spare_memory_.size() < most_spare_memory) spare_memory_.push_back(std::move(memory));
}

bool Worker::may_accept() const {
    if (draining_ || !service_) return false;
    const std::size_t share = (limits().connections + workers_ - 1) / workers_;
    return metrics_.connections_open.read() < share;
}

// ---------------------------------------------------------------- keys

// Another issuer's refresh brings a snapshot too: this issuer was asked when its cool-down runs,
// whatever came of it.
Task<void> Worker::wait_for_keys(std::size_t issuer, std::uint64_t generation) {
    metrics_.key_waits.add();
    if (key_waiters_size_ >= most_key_waiters) co_return;
    want_keys_(issuer, generation);
    KeyWaiter waiter(loop_.deadlines);
    waiter.deadline.set(limits().key_wait);
    ++key_waiters_size_;
    while (!waiter.expired) {
        const auto& issuers = service_->snapshot->issuers();
        if (issuer >= issuers.size() || issuers[issuer].next_fetch > wall_clock()) break;
        key_waiters_->push_back(waiter);
        co_await waiter.event.wait();
        if (waiter.is_linked()) waiter.unlink();
    }
    --key_waiters_size_;
}

void Worker::wake_key_waiters() {
    KeyWaiters waiting;
    waiting.swap(*key_waiters_);
    while (!waiting.empty()) {
        KeyWaiter& waiter = waiting.front();
        waiting.pop_front();
        waiter.event.fire();
    }
}

// ---------------------------------------------------------------- the end

void Worker::drain() {
    draining_ = true;
    for (const auto& listener : listeners_) listener->close(*this);
    Sessions all;
    all.swap(sessions_);
    while (!all.empty()) {
        http1::Session& session = all.front();
        all.pop_front();
        sessions_.push_back(session);
        session.drain_connection(); // may end it, and unlink it with that
    }
}

void Worker::stop() {
    if (!draining_) drain();
    stopping_ = true;
    cut_all(loop_);
    for (KeyWaiter& waiter : *key_waiters_) waiter.expired = true;
    wake_key_waiters();
    tick_timer_.cancel();
    loop_.io.stop();
}

} // namespace gateway
