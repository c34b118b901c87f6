#pragma once

// The whole gateway in one object: workers, the control thread, the log writer, signals. run()
// returns after a graceful stop. Everything here runs on the main thread or, where said, on the
// control thread.

#include "config/model.hpp"
#include "gateway/control.hpp"
#include "gateway/observe/log_writer.hpp"
#include "gateway/observe/metrics.hpp"
#include "gateway/tls/context.hpp"
#include "gateway/upstream/resolver.hpp"
#include "gateway/worker.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace gateway {

class Server {
public:
    /// Throws std::runtime_error when something cannot be set up (an address in use, a
    /// certificate): nothing runs then.
    explicit Server(std::shared_ptr<const config::Model> model);
    ~Server();

    /// Serves until SIGTERM or SIGINT, then drains. SIGHUP reloads, SIGUSR1 reopens the logs.
    void run();

private:
    /// What prepare() made and commit() puts in force.
    struct Prepared {
        std::vector<std::vector<ListenerChange>> changes; ///< for each worker
        std::shared_ptr<const upstream::Addresses> addresses;
        config::AccessLog access_log;
        std::map<std::string, std::uint16_t> ports; ///< by bind
    };

    std::string prepare(std::shared_ptr<const config::Model> model);
    void prepare_listener(const config::Listener& settings, Prepared& prepared);
    void commit();
    WorkerLogs make_logs(const policy::token::SipHashKey& digest_key);
    void reopen_logs();
    void publish(std::size_t worker, std::shared_ptr<policy::Snapshot> snapshot,
                 observe::Registry::Tables tables);
    void drain();

    std::shared_ptr<const config::Model> model_;
    std::size_t worker_count_;
    observe::Registry registry_;
    observe::LogWriter log_writer_;
    std::unique_ptr<observe::LogWriter> decision_writer_; ///< nullptr: no decision log
    std::vector<std::unique_ptr<Worker>> workers_;
    std::map<std::string, tls::TicketKeys> tickets_;
    std::map<std::string, std::uint16_t> ports_;
    std::unique_ptr<Prepared> prepared_;
    std::mutex addresses_mutex_; ///< the resolver's thread and the control thread both set them
    std::shared_ptr<const upstream::Addresses> addresses_;
    std::unique_ptr<upstream::Resolver> resolver_;
    std::unique_ptr<Control> control_;
};

} // namespace gateway
