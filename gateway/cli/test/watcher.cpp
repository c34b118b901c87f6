#include "gateway/cli/test/watcher.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <poll.h>
#include <string_view>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <system_error>
#include <unistd.h>

namespace gateway::cli::test {
namespace {

namespace fs = std::filesystem;

constexpr int quiet_ms = 40;
constexpr int most_waits = 10; // a file that is written all the time delays a run no longer
constexpr std::size_t most_directories = 1000;
// Written, or put in place by a rename, as editors do; and what goes away.
constexpr std::uint32_t changes = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE;

[[noreturn]] void fail(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

sigset_t ending_signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

/// What editors leave beside a file while they work.
bool is_scratch(std::string_view name) {
    return name.empty() || name.starts_with('.') || name.starts_with('#') || name.ends_with('~') ||
           name == "4913"; // vim asks with it whether it may write here
}

} // namespace

Watcher::Watcher(std::string ignored) : ignored_(fs::path(ignored).filename().string()) {
    events_ = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (events_ < 0) fail("inotify");
    const sigset_t set = ending_signals();
    // A shell starts jobs in the background with SIGINT ignored, and what is ignored never arrives.
    std::signal(SIGINT, SIG_DFL);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    signals_ = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    if (signals_ < 0) {
        close(events_);
        fail("signalfd");
    }
}

Watcher::~Watcher() {
    close(events_);
    close(signals_);
    const sigset_t set = ending_signals();
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

void Watcher::add(const std::vector<std::string>& directories) {
    for (const std::string& directory : directories) {
        const char* path = directory.empty() ? "." : directory.c_str();
        const int watch = inotify_add_watch(events_, path, changes | IN_ONLYDIR);
        if (watch < 0 && (errno == ENOSPC || errno == ENOMEM)) fail("inotify");
    }
}

/// True where one of them is about a file that counts.
bool Watcher::take_events() {
    bool changed = false;
    alignas(inotify_event) std::array<char, 16 * 1024> buffer;
    for (;;) {
        const ssize_t size = read(events_, buffer.data(), buffer.size());
        if (size <= 0) return changed;
        for (ssize_t at = 0; at < size;) {
            const auto* event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
            const std::string_view name = event->len > 0 ? event->name : "";
            // More happened than the queue holds: something of it will have been ours.
            changed = changed || (event->mask & IN_Q_OVERFLOW) != 0 ||
                      (!is_scratch(name) && name != ignored_);
            at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
        }
    }
}

bool Watcher::wait() {
    bool changed = false;
    for (int waits = 0; waits < most_waits;) {
        std::array<pollfd, 2> descriptors{{{signals_, POLLIN, 0}, {events_, POLLIN, 0}}};
        const int ready = poll(descriptors.data(), descriptors.size(), changed ? quiet_ms : -1);
        if (ready < 0 && errno != EINTR) fail("poll");
        // Taken, or it would end the process once signals are let through again.
        signalfd_siginfo taken;
        if (read(signals_, &taken, sizeof taken) > 0) return false;
        if (ready == 0) return true;
        if (ready > 0 && take_events()) changed = true;
        waits += changed ? 1 : 0;
    }
    return true;
}

std::vector<std::string> with_subdirectories(const std::vector<std::string>& directories) {
    std::vector<std::string> all;
    for (const std::string& directory : directories) {
        all.push_back(directory);
        std::error_code error;
        fs::recursive_directory_iterator at(directory,
                                            fs::directory_options::skip_permission_denied, error);
        for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
            std::error_code ignored;
            if (all.size() >= most_directories) break;
            if (!at->is_directory(ignored)) continue;
            if (at->path().filename().string().starts_with('.'))
                at.disable_recursion_pending();
            else
                all.push_back(at->path().string());
        }
    }
    return all;
}

} // namespace gateway::cli::test
