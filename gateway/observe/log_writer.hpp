#pragma once

// The writer thread of one log of lines: drains the rings of all workers and writes in large
// pieces. Opens the file (append, 0640) or uses standard output; reopen() for log rotation.

#include <cstdint>
#include <memory>
#include <string>

namespace gateway::observe {

class LogRing;

class LogWriter {
public:
    /// `name` begins its events in the gateway's own log: access_log_failed, access_log_lost.
    /// `path` empty: standard output.
    LogWriter(std::string name, std::string path);
    ~LogWriter(); ///< drains what is there, then joins

    std::shared_ptr<LogRing> make_ring();
    void reopen();
    std::string error() const;  ///< why the file could not be opened; empty when all is well
    std::uint64_t lost() const; ///< lines that were in a ring and could not be written

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace gateway::observe
