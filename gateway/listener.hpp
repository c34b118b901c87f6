#pragma once

// One listening socket of one worker. The sockets of all workers for one address share its port
// (SO_REUSEPORT); the kernel spreads connections over them. Out of descriptors it pauses instead of
// spinning.

#include "config/model.hpp"
#include "gateway/io.hpp"
#include "gateway/tls/context.hpp"

#include <memory>
#include <string>

namespace gateway {

class Worker;

/// What the connections of a listener need to know of it; replaced when certificates are reloaded.
struct ListenerSettings {
    std::string bind;                        ///< as configured: names the listener across reloads
    std::shared_ptr<tls::Contexts> contexts; ///< nullptr: cleartext
};

class Listener {
public:
    /// Binds and listens; throws boost::system::system_error. `port` overrides that of `settings`
    /// when it is 0.
    Listener(asio::io_context& io, const config::Listener& settings, std::uint16_t port,
             std::shared_ptr<tls::Contexts> contexts);

    std::uint16_t port() const { return port_; }
    const std::string& bind() const { return settings_->bind; }
    void set_contexts(std::shared_ptr<tls::Contexts> contexts);

    /// Starts accepting; on the worker's thread.
    void start(Worker& worker);
    /// Takes what the kernel had queued already, then stops accepting; connections go on. On the
    /// worker's thread.
    void close(Worker& worker);

private:
    // The accept loop outlives the Listener object by a moment: what it touches is held by itself.
    struct State {
        Acceptor acceptor;
        std::shared_ptr<const ListenerSettings> settings;
        bool closed = false;
    };
    static Task<void> run(std::shared_ptr<State> state, Worker& worker);

    std::shared_ptr<State> state_;
    std::shared_ptr<const ListenerSettings> settings_;
    std::uint16_t port_ = 0;
};

/// What one listener shall be after a start or a reload.
struct ListenerChange {
    std::string bind;
    std::unique_ptr<Listener> opened;        ///< nullptr: the worker has one of that name
    std::shared_ptr<tls::Contexts> contexts; ///< for one that the worker has
};

} // namespace gateway
