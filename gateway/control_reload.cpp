// Reload: everything that can fail happens before anything changes.

#include "config/load.hpp"
#include "config/print.hpp"
#include "gateway/candidate.hpp"
#include "gateway/control_state.hpp"
#include "gateway/observe/log.hpp"
#include "policy/json.hpp"
#include "policy/review/review.hpp"

#include <boost/asio/post.hpp>

#include <iterator>
#include <stdexcept>
#include <utility>

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

bool is_same_listener(const config::Admin& a, const config::Admin& b) {
    return a.enabled == b.enabled && a.address == b.address && a.port == b.port;
}

void append(config::Problems& to, config::Problems from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

} // namespace

Control::State::Reloaded Control::State::reload() {
    Reloaded result;
    try {
        try_reload(result);
    } catch (const std::exception& thrown) {
        result.error = std::string("internal error: ") + thrown.what();
    }
    report(result.problems);
    reload_facts.last_good = result.error.empty();
    if (result.error.empty()) {
        ++reload_facts.successes;
        reload_facts.last_success = clock.wall();
        log::write(log::Level::info, "reloaded", "Configuration reloaded", {{"file", model->file}});
    } else {
        ++reload_facts.failures;
        log::write(log::Level::error, "reload_failed",
                   "Reload refused; the configuration before it stays in force",
                   {{"file", model->file}, {"error", result.error}});
    }
    return result;
}

void Control::State::try_reload(Reloaded& result) {
    config::Loaded loaded = config::load(model->file);
    append(result.problems, std::move(loaded.problems));
    result.error = "the file has errors";
    if (!loaded.model || config::has_errors(result.problems)) return;
    const auto next = std::make_shared<const config::Model>(std::move(*loaded.model));

    const ModelPtr beside = load_candidate(*next, result.problems);
    if (config::has_errors(result.problems)) return;
    keys::Sources sources = keeper.sources_for(*next);
    Snapshots snapshots = compile(next, beside, keeper.material(sources), result.problems);
    if (snapshots.empty()) return;
    append(result.problems, policy::review::warnings_of(*snapshots.front()));

    const bool admin_moves = !is_same_listener(model->admin, next->admin);
    // One that could not be had before may be free by now.
    const bool socket_moves = model->admin.socket != next->admin.socket || !socket_endpoint;
    std::unique_ptr<admin::Endpoint> opened, opened_socket;
    try {
        if (admin_moves) opened = open_admin(next->admin);
        if (socket_moves) opened_socket = open_admin_socket(next->admin);
    } catch (const std::runtime_error& failure) {
        result.error = failure.what();
        return;
    }
    result.error = port.prepare(next);
    if (!result.error.empty()) return;

    // From here on nothing can fail.
    port.commit();
    hand_out(std::move(snapshots));
    model = next;
    candidate = beside;
    disagreements.clear();
    keeper.take(*next, std::move(sources));
    if (admin_moves) {
        retire(std::exchange(endpoint, std::move(opened)));
        announce_admin();
    }
    if (socket_moves) {
        retire(std::exchange(socket_endpoint, std::move(opened_socket)));
        announce_admin_socket();
    }
}

void Control::State::retire(std::unique_ptr<admin::Endpoint> old) {
    asio::post(io,
               [old = std::shared_ptr<admin::Endpoint>(std::move(old))]() mutable { old.reset(); });
}

admin::Response Control::State::reload_page() {
    const Reloaded result = reload();
    admin::Response response;
    response.status = result.error.empty() ? 200 : 422;
    response.body = "{\"reloaded\":";
    response.body += result.error.empty() ? "true" : "false";
    response.body += ",\"file\":";
    policy::append_json_string(response.body, model->file);
    if (!result.error.empty()) {
        response.body += ",\"error\":";
        policy::append_json_string(response.body, result.error);
    }
    response.body += ",\"problems\":" + config::to_json(result.problems) + "}\n";
    return response;
}

} // namespace gateway
