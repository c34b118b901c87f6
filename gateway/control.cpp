#include "gateway/control.hpp"

#include "gateway/candidate.hpp"
#include "gateway/control_state.hpp"
#include "gateway/observe/log.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <csignal>
#include <pthread.h>
#include <random>
#include <stdexcept>

namespace gateway {
namespace {

std::function<double()> random_numbers() {
    return [engine = std::mt19937_64(std::random_device()())]() mutable {
        return std::uniform_real_distribution<double>(0.0, 1.0)(engine);
    };
}

} // namespace

Control::State::State(ModelPtr first_model, observe::Registry& metrics, std::size_t worker_count,
                      WorkerPort worker_port)
    : work(io.get_executor()), model(std::move(first_model)), registry(metrics),
      workers(worker_count), port(std::move(worker_port)),
      keeper(io, clock, random_numbers(), [this] { publish_soon(); }), pages(make_pages()),
      published(workers), watchdog(workers), watch_timer(io.get_executor()) {}

// ---------------------------------------------------------------- snapshots

Control::State::Snapshots Control::State::compile(const ModelPtr& from, const ModelPtr& beside,
                                                  const std::vector<policy::KeyMaterial>& keys,
                                                  config::Problems& problems) const {
    Snapshots snapshots;
    for (std::size_t i = 0; i < workers; ++i) {
        config::Problems same_again;
        auto snapshot = policy::Snapshot::compile(from, keys, i == 0 ? problems : same_again);
        if (!snapshot) return {};
        if (beside) {
            auto tried = compile_candidate(beside, *from, keys, i == 0 ? problems : same_again);
            if (!tried) return {};
            snapshot->set_candidate(std::move(tried));
        }
        snapshots.push_back(std::move(snapshot));
    }
    return snapshots;
}

namespace {

std::vector<std::vector<std::string>> shadow_rules(const policy::Snapshot& snapshot) {
    std::vector<std::vector<std::string>> names(snapshot.model().routes.size());
    for (const auto& route : snapshot.routes().routes())
        names[route->index] = route->rule.shadows();
    return names;
}

} // namespace

void Control::State::hand_out(Snapshots snapshots) {
    explained.reset();
    for (std::size_t i = 0; i < snapshots.size(); ++i) {
        published[i] = snapshots[i]->generation();
        const auto& tried = snapshots[i]->candidate();
        auto tables = registry.tables_for(i, snapshots[i]->model(), shadow_rules(*snapshots[i]),
                                          tried ? candidate_routes(*tried, snapshots[i]->model())
                                                : std::vector<observe::CandidateRoute>());
        port.publish(i, std::move(snapshots[i]), std::move(tables));
    }
    published_at = clock.steady();
}

void Control::State::publish_soon() {
    if (std::exchange(publish_pending, true)) return;
    asio::post(io, [this] { publish(); });
}

void Control::State::publish() {
    publish_pending = false;
    config::Problems problems;
    const auto keys = keeper.material();
    Snapshots snapshots = compile(model, candidate, keys, problems);
    if (snapshots.empty() && candidate) { // which must not keep new keys from what is served
        log::write(log::Level::warning, "candidate_failed",
                   "The candidate cannot be compiled with new keys; it is left out",
                   {{"error", problems.empty() ? "unknown" : problems.front().message}});
        problems.clear();
        snapshots = compile(model, nullptr, keys, problems);
    }
    if (snapshots.empty()) {
        const std::string why = problems.empty() ? "unknown" : problems.front().message;
        log::write(log::Level::error, "publish_failed",
                   "New keys could not be put in force; the old ones stay", {{"error", why}});
        return;
    }
    hand_out(std::move(snapshots));
}

// ---------------------------------------------------------------- the thread

void Control::State::run() {
    sigset_t all; // signals are the main thread's
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
    for (bool done = false; !done;) {
        try {
            io.run();
            done = true;
        } catch (const std::exception& error) {
            log::write(log::Level::error, "internal_error", "A task of the control thread failed",
                       {{"error", error.what()}});
        }
    }
}

Control::Control(std::shared_ptr<const config::Model> model, observe::Registry& registry,
                 std::size_t workers, WorkerPort port)
    : state_(std::make_unique<State>(std::move(model), registry, workers, std::move(port))) {}

Control::~Control() { stop(); }

void Control::start() {
    State& state = *state_;
    keys::Sources sources = state.keeper.sources_for(*state.model);
    config::Problems problems;
    state.candidate = load_candidate(*state.model, problems);
    Control::State::Snapshots snapshots;
    if (!config::has_errors(problems))
        snapshots =
            state.compile(state.model, state.candidate, state.keeper.material(sources), problems);
    if (snapshots.empty() && state.workers > 0)
        throw std::runtime_error(problems.empty() ? "the configuration cannot be compiled"
                                                  : problems.front().message);
    state.endpoint = state.open_admin(state.model->admin);
    state.socket_endpoint = state.open_admin_socket(state.model->admin);
    state.hand_out(std::move(snapshots));
    state.keeper.take(*state.model, std::move(sources));
    state.reload_facts.last_success = state.clock.wall();
    state.announce_admin();
    state.announce_admin_socket();
    state.watch();
    state.thread = std::thread([&state] { state.run(); });
}

void Control::stop() {
    state_->io.stop();
    if (state_->thread.joinable()) state_->thread.join();
}

void Control::reload() {
    asio::post(state_->io, [state = state_.get()] { state->reload(); });
}

void Control::want_keys(std::size_t issuer, std::uint64_t generation) {
    asio::post(state_->io, [state = state_.get(), issuer, generation] {
        // A worker that asks under an older snapshot has a newer one on its way, and asks again if
        // that does not help.
        const auto& current = state->published;
        if (std::find(current.begin(), current.end(), generation) != current.end())
            state->keeper.want(issuer);
    });
}

void Control::note_disagreement(observe::ShadowExample example) {
    asio::post(state_->io, [state = state_.get(), example = std::move(example)]() mutable {
        state->note_disagreement(std::move(example));
    });
}

void Control::set_draining() { state_->draining = true; }

std::uint16_t Control::admin_port() const { return state_->admin_port; }

} // namespace gateway
