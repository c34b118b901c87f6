#pragma once

// Where access-log bytes end: a file, or standard output whatever that is. Never blocks for longer
// than `patience`, so that a reader who has stopped reading cannot hold up a shutdown, and never
// changes flags of a descriptor that other processes share.

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <sys/uio.h>

namespace gateway::observe {

class LogSink {
public:
    explicit LogSink(std::chrono::milliseconds patience = std::chrono::seconds(1))
        : patience_(patience) {}
    LogSink(const LogSink&) = delete;
    LogSink& operator=(const LogSink&) = delete;
    ~LogSink();

    /// Opens the file (append, 0640), or standard output when `path` is empty. On error the old one
    /// stays in use and the text says why; otherwise it is empty.
    std::string open(const std::string& path);

    /// How many of these bytes were taken. Less than all of them: the rest cannot be written now.
    std::size_t write(iovec* pieces, int count);

private:
    enum class Kind { none, plain, socket };

    ssize_t write_once(const iovec* pieces, int count) const;

    std::chrono::milliseconds patience_;
    int descriptor_ = -1;
    Kind kind_ = Kind::none;
};

} // namespace gateway::observe
