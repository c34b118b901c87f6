// Reload: everything that can fail happens before anything changes.

#include "config/load.hpp"
#include "gateway/control_state.hpp"
#include "gateway/observe/log.hpp"

namespace gateway {
namespace {

std::string place_of(const config::Problem& problem) {
    if (problem.at.line == 0) return problem.file;
    return problem.file + ":" + std::to_string(problem.at.line) + ":" +
           std::to_string(problem.at.column);
}

void report(const config::Problems& problems) {
    for (const config::Problem& problem : problems) {
        const bool is_error = problem.severity == config::Severity::error;
        const std::string place = place_of(problem);
        log::write(is_error ? log::Level::error : log::Level::warning,
                   is_error ? "config_error" : "config_warning", problem.message,
                   {{"at", place}, {"hint", problem.hint}});
    }
}

bool is_same(const config::Admin& a, const config::Admin& b) {
    return a.enabled == b.enabled && a.address == b.address && a.port == b.port;
}

} // namespace

void Control::State::reload() {
    std::string error;
    try {
        error = try_reload();
    } catch (const std::exception& thrown) {
        error = std::string("internal error: ") + thrown.what();
    }
    reload_facts.last_good = error.empty();
    if (error.empty()) {
        ++reload_facts.successes;
        reload_facts.last_success = clock.wall();
        log::write(log::Level::info, "reloaded", "Configuration reloaded", {{"file", model->file}});
    } else {
        ++reload_facts.failures;
        log::write(log::Level::error, "reload_failed",
                   "Reload refused; the configuration before it stays in force",
                   {{"file", model->file}, {"error", error}});
    }
}

std::string Control::State::try_reload() {
    config::Loaded loaded = config::load(model->file);
    report(loaded.problems);
    if (!loaded.model || config::has_errors(loaded.problems)) return "the file has errors";
    const auto next = std::make_shared<const config::Model>(std::move(*loaded.model));

    keys::Sources sources = keeper.sources_for(*next);
    config::Problems problems;
    Snapshots snapshots = compile(next, keeper.material(sources), problems);
    report(problems);
    if (snapshots.empty()) return "the file has errors";

    const bool admin_moves = !is_same(model->admin, next->admin);
    std::unique_ptr<admin::Endpoint> opened;
    try {
        if (admin_moves) opened = open_admin(next->admin);
    } catch (const std::runtime_error& failure) {
        return failure.what();
    }
    if (std::string refused = port.prepare(next); !refused.empty()) return refused;

    // From here on nothing can fail.
    port.commit();
    hand_out(std::move(snapshots));
    model = next;
    keeper.take(*next, std::move(sources));
    if (admin_moves) {
        endpoint = std::move(opened);
        announce_admin();
    }
    return {};
}

} // namespace gateway
