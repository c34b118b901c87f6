// What the control thread tells about the gateway: health, metrics, and that it is ready.

#include "config/files.hpp"
#include "gateway/admin/health.hpp"
#include "gateway/admin/metrics_page.hpp"
#include "gateway/admin/pages.hpp"
#include "gateway/control_state.hpp"
#include "gateway/observe/log.hpp"

#include <stdexcept>

namespace gateway {
namespace {

/// How long a worker may take to take a snapshot before it counts as behind: long enough for a busy
/// loop.
constexpr std::chrono::seconds snapshot_patience{2};
constexpr std::chrono::milliseconds watch_at_start{20}, watch_later{1000};

} // namespace

/// Every page there is. A GET changes nothing.
std::vector<admin::Page> Control::State::make_pages() {
    std::vector<admin::Page> all =
        admin::health_pages({[this] { return facts(); }, [this] { return metrics(); }});
    all.push_back({"POST", "/reload", admin::Who::admin,
                   [this](const admin::Request&) { return reload_page(); }});
    all.push_back({"GET", "/shadow", admin::Who::admin,
                   [this](const admin::Request&) { return shadow_page(); }});
    all.push_back({"POST", "/explain", admin::Who::admin,
                   [this](const admin::Request& request) { return explain_page(request); }});
    return all;
}

admin::Response Control::State::answer_admin(const admin::Request& request,
                                             const admin::Door& door) const {
    admin::Door here = door;
    std::string file;
    if (!request.configuration.empty()) file = config::canonical_path(model->file);
    here.configuration = file;
    return admin::answer(request, here, pages);
}

std::unique_ptr<admin::Endpoint> Control::State::open_admin(const config::Admin& settings) {
    if (!settings.enabled) return nullptr;
    auto handler = [this, address = settings.address](const admin::Request& request) {
        const std::string& token = model->admin.token.reveal(); // a reload may have changed it
        return answer_admin(request, {.bind_address = address, .token = token});
    };
    return std::make_unique<admin::Endpoint>(io, settings.address, settings.port,
                                             std::move(handler));
}

std::unique_ptr<admin::Endpoint> Control::State::open_admin_socket(const config::Admin& settings) {
    if (settings.socket.empty()) return nullptr;
    auto handler = [this](const admin::Request& request) {
        return answer_admin(request, {.is_socket = true});
    };
    try {
        return std::make_unique<admin::Endpoint>(io, settings.socket, std::move(handler));
    } catch (const std::runtime_error& error) {
        if (settings.socket_at.line > 0) throw;
        log::write(log::Level::warning, "admin_socket_unavailable",
                   "There is no admin socket; set admin.socket to a path, or to off",
                   {{"error", error.what()}});
        return nullptr;
    }
}

void Control::State::announce_admin() {
    admin_port = endpoint ? endpoint->port() : std::uint16_t{0};
    if (endpoint)
        log::write(log::Level::info, "admin_listening", "Health and metrics are served",
                   {{"address", model->admin.address}, {"port", std::int64_t{admin_port}}});
}

void Control::State::announce_admin_socket() const {
    if (socket_endpoint)
        log::write(log::Level::info, "admin_socket_open", "The admin socket is open",
                   {{"socket", model->admin.socket}});
}

admin::Facts Control::State::facts() const {
    admin::Facts facts;
    facts.draining = draining;
    const keys::Instant now = clock.steady();
    for (std::size_t i = 0; i < workers; ++i) {
        const std::uint64_t taken = registry.worker(i).snapshots_taken.read();
        admin::WorkerFacts& worker = facts.workers.emplace_back();
        worker.has_begun = taken != 0;
        worker.is_behind = taken != published[i] && now - published_at > snapshot_patience;
        worker.is_stuck = watchdog.is_stuck(i, now);
    }
    facts.issuers = keeper.status(*model);
    facts.reload = reload_facts;
    return facts;
}

std::string Control::State::metrics() const {
    std::string text;
    registry.render(text);
    admin::render_facts(text, facts());
    return text;
}

void Control::State::watch() {
    for (std::size_t i = 0; i < workers; ++i)
        watchdog.look(i, registry.worker(i).heartbeat.read(), clock.steady());
    if (!was_ready && admin::is_ready(facts())) {
        was_ready = true;
        log::write(log::Level::info, "ready", "Ready",
                   {{"workers", static_cast<std::int64_t>(workers)},
                    {"routes", static_cast<std::int64_t>(model->routes.size())},
                    {"issuers", static_cast<std::int64_t>(model->issuers.size())}});
    }
    watch_timer.expires_after(was_ready ? watch_later : watch_at_start);
    watch_timer.async_wait([this](ErrorCode error) {
        if (!error) watch();
    });
}

} // namespace gateway
