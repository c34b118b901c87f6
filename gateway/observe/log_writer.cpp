#include "gateway/observe/log_writer.hpp"

#include "gateway/observe/log.hpp"
#include "gateway/observe/log_ring.hpp"
#include "gateway/observe/log_sink.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <pthread.h>
#include <thread>
#include <utility>
#include <vector>

namespace gateway::observe {
namespace {

constexpr std::chrono::milliseconds busy_pause{20}, idle_pause{50};
constexpr std::chrono::seconds complaint_interval{10};

/// No signal is for this thread; a broken pipe is an error of write(), not a SIGPIPE.
void block_signals() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

iovec piece(std::string_view bytes) { return {const_cast<char*>(bytes.data()), bytes.size()}; }

} // namespace

struct LogWriter::State {
    State(std::string log_name, std::string file)
        : name(std::move(log_name)), path(std::move(file)) {
        open();
    }

    void open();
    void run();
    bool drain();
    void account(std::string_view bytes, std::size_t& written, std::uint64_t& lost_lines);
    void complain();

    const std::string name, path;
    LogSink sink;      ///< the writer thread's, after the constructor
    bool torn = false; ///< the last line was written in part
    std::uint64_t unsaid = 0;
    std::chrono::steady_clock::time_point last_complaint{};

    std::mutex mutex; ///< guards what follows
    std::condition_variable wake;
    std::vector<std::shared_ptr<LogRing>> rings;
    std::string error;
    bool stopping = false;
    bool reopening = false;

    std::atomic<std::uint64_t> lost{0};
    std::thread thread;
};

void LogWriter::State::open() {
    std::string why = sink.open(path);
    if (!why.empty())
        log::write(log::Level::error, name + "_failed", "Cannot open the log", {{"error", why}});
    const std::lock_guard lock(mutex);
    error = std::move(why);
}

void LogWriter::State::run() {
    block_signals();
    for (bool stop = false, busy = false; !stop;) {
        bool reopen_now = false;
        {
            std::unique_lock lock(mutex);
            wake.wait_for(lock, busy ? busy_pause : idle_pause,
                          [this] { return stopping || reopening; });
            stop = stopping;
            reopen_now = std::exchange(reopening, false);
        }
        if (reopen_now) {
            drain(); // what was logged before the rotation belongs to the old file
            open();
        }
        busy = drain();
        complain();
    }
}

/// One write for all rings. What the sink does not take is lost and counted: waiting would only
/// move the loss to the rings, and grow nothing but latency.
bool LogWriter::State::drain() {
    std::vector<std::shared_ptr<LogRing>> current;
    {
        const std::lock_guard lock(mutex);
        current = rings;
    }
    std::vector<std::string_view> taken;
    std::vector<std::size_t> sizes;
    for (const auto& ring : current) {
        const auto pieces = ring->peek();
        sizes.push_back(pieces[0].size() + pieces[1].size());
        for (const auto bytes : pieces)
            if (!bytes.empty()) taken.push_back(bytes);
    }
    if (taken.empty()) return false;
    if (torn) taken.insert(taken.begin(), "\n");
    constexpr std::size_t most_pieces = 512; // well under IOV_MAX
    std::uint64_t lost_lines = 0;
    for (std::size_t at = 0; at < taken.size(); at += most_pieces) {
        std::vector<iovec> batch;
        const auto end = std::min(taken.size(), at + most_pieces);
        for (std::size_t i = at; i < end; ++i) batch.push_back(piece(taken[i]));
        std::size_t written = sink.write(batch.data(), static_cast<int>(batch.size()));
        for (std::size_t i = at; i < end; ++i) account(taken[i], written, lost_lines);
    }
    for (std::size_t i = 0; i < current.size(); ++i) current[i]->consume(sizes[i]);
    lost += lost_lines;
    unsaid += lost_lines;
    return true;
}

/// Holds one piece against what is left of the bytes written. A line that ends in lost bytes is
/// lost.
void LogWriter::State::account(std::string_view bytes, std::size_t& written,
                               std::uint64_t& lost_lines) {
    const auto good = bytes.substr(0, written);
    const auto bad = bytes.substr(good.size());
    written -= good.size();
    if (!good.empty()) torn = good.back() != '\n';
    lost_lines += static_cast<std::uint64_t>(std::count(bad.begin(), bad.end(), '\n'));
}

void LogWriter::State::complain() {
    const auto now = std::chrono::steady_clock::now();
    if (unsaid == 0 || now - last_complaint < complaint_interval) return;
    log::write(log::Level::warning, name + "_lost", "Lines of the log could not be written",
               {{"lines", static_cast<std::int64_t>(unsaid)}});
    unsaid = 0;
    last_complaint = now;
}

LogWriter::LogWriter(std::string name, std::string path)
    : state_(std::make_unique<State>(std::move(name), std::move(path))) {
    state_->thread = std::thread([state = state_.get()] { state->run(); });
}

LogWriter::~LogWriter() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->stopping = true;
    }
    state_->wake.notify_one();
    state_->thread.join();
}

std::shared_ptr<LogRing> LogWriter::make_ring() {
    auto ring = std::make_shared<LogRing>();
    const std::lock_guard lock(state_->mutex);
    state_->rings.push_back(ring);
    return ring;
}

void LogWriter::reopen() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->reopening = true;
    }
    state_->wake.notify_one();
}

std::string LogWriter::error() const {
    const std::lock_guard lock(state_->mutex);
    return state_->error;
}

std::uint64_t LogWriter::lost() const { return state_->lost; }

} // namespace gateway::observe
