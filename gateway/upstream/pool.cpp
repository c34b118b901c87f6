#include "gateway/upstream/pool.hpp"

#include <algorithm>

namespace gateway::upstream {

namespace {

struct Connecting {
    Socket& socket;
    bool expired = false;

    static void on_deadline(void* self) {
        auto* connecting = static_cast<Connecting*>(self);
        connecting->expired = true;
        ErrorCode ignored;
        connecting->socket.close(ignored);
    }
};

} // namespace

Pool::Pool(Loop& loop, const config::Upstream& settings, std::shared_ptr<const Endpoints> endpoints)
    : loop_(loop), settings_(settings), endpoints_(std::move(endpoints)),
      idle_(settings.targets.size()) {
    for (const config::Target& target : settings.targets) {
        const bool is_v6 = target.host.find(':') != std::string::npos;
        authorities_.push_back((is_v6 ? '[' + target.host + ']' : target.host) + ':' +
                               std::to_string(target.port));
    }
}

Task<Pool::Acquired> Pool::acquire(bool fresh, std::chrono::milliseconds connect_timeout) {
    Acquired result;
    const std::size_t targets = idle_.size();
    const std::size_t start = next_++;
    for (std::size_t i = 0; i < targets && !result.connection; ++i) {
        result.target = (start + i) % targets;
        if (!fresh) result.connection = take_idle(result.target);
        if (!result.connection)
            result.connection = co_await connect(result.target, connect_timeout, result.timed_out);
    }
    co_return result;
}

ConnectionPtr Pool::take_idle(std::size_t target) {
    auto& idle = idle_[target];
    while (!idle.empty()) {
        ConnectionPtr connection = std::move(idle.back());
        idle.pop_back();
        --idle_count_;
        if (connection->stream->is_open() && connection->stream->is_quiet()) return connection;
    }
    return nullptr;
}

Task<ConnectionPtr> Pool::connect(std::size_t target, std::chrono::milliseconds timeout,
                                  bool& timed_out) {
    // Its own reference: the list may be replaced while we wait.
    const std::shared_ptr<const Endpoints> endpoints = endpoints_;
    for (const Tcp::endpoint& endpoint : (*endpoints)[target]) {
        Socket socket(loop_.io.get_executor());
        Connecting connecting{socket};
        Deadline deadline(loop_.deadlines, &connecting, &Connecting::on_deadline);
        deadline.set(timeout);
        auto [error] = co_await socket.async_connect(endpoint, as_result);
        deadline.clear();
        timed_out = connecting.expired;
        if (error) continue;
        ConnectionPtr connection = std::make_unique<Connection>();
        connection->stream = new Stream(loop_, std::move(socket), loop_.upstream_blocks, nullptr);
        connection->target = target;
        co_return connection;
    }
    co_return nullptr;
}

void Pool::release(ConnectionPtr connection, std::chrono::steady_clock::time_point now) {
    if (idle_count_ >= settings_.keepalive || !connection->stream->is_quiet()) return;
    connection->reused = true;
    connection->idle_since = now;
    connection->stream->clear_read_timeout();
    connection->stream->arm();
    ++idle_count_;
    idle_[connection->target].push_back(std::move(connection));
}

void Pool::sweep(std::chrono::steady_clock::time_point now) {
    for (auto& idle : idle_) {
        const auto removed = std::erase_if(idle, [&](const ConnectionPtr& connection) {
            return !connection->stream->is_quiet() ||
                   now - connection->idle_since > settings_.keepalive_idle;
        });
        idle_count_ -= removed;
    }
}

} // namespace gateway::upstream
