#pragma once

// Waits until files in some directories change, without polling (inotify). One at a time: while it
// lives, SIGINT and SIGTERM end the waiting instead of the process.

#include <string>
#include <vector>

namespace gateway::cli::test {

class Watcher {
public:
    /// A change of the file at `ignored` (our own output) is none. Throws std::system_error when
    /// the system has no watches left.
    explicit Watcher(std::string ignored);
    ~Watcher();
    Watcher(const Watcher&) = delete;
    Watcher& operator=(const Watcher&) = delete;

    /// Also watches these; one that is not there is passed over.
    void add(const std::vector<std::string>& directories);

    /// Until something changed and then nothing for a moment: an editor writes in several steps.
    /// False: the person wants to end.
    bool wait();

private:
    bool take_events();

    int events_ = -1, signals_ = -1;
    std::string ignored_;
};

/// Each directory and those below it; hidden ones are passed over. At most 1,000.
std::vector<std::string> with_subdirectories(const std::vector<std::string>& directories);

} // namespace gateway::cli::test
