#include "gateway/admin/metrics_page.hpp"

#include "gateway/admin/health.hpp"
#include "gateway/observe/exposition.hpp"

namespace gateway::admin {
namespace {

void render_keys(observe::Exposition& text, const std::vector<keys::KeyStatus>& issuers) {
    text.family("claimgate_issuer_keys", "gauge",
                "Usable keys of an issuer whose keys are fetched.");
    for (const auto& issuer : issuers)
        if (issuer.remote)
            text.sample({{"issuer", issuer.issuer}}, static_cast<std::uint64_t>(issuer.keys));
    text.family("claimgate_issuer_keys_age_seconds", "gauge",
                "Time since an issuer's keys were last confirmed.");
    for (const auto& issuer : issuers)
        if (issuer.remote && issuer.has_keys)
            text.sample({{"issuer", issuer.issuer}},
                        std::chrono::duration<double>(issuer.age).count());
    text.family("claimgate_issuer_keys_refresh_total", "counter",
                "Fetches of an issuer's keys, by their result.");
    for (const auto& issuer : issuers) {
        if (!issuer.remote) continue;
        text.sample({{"issuer", issuer.issuer}, {"result", "success"}}, issuer.successes);
        text.sample({{"issuer", issuer.issuer}, {"result", "failure"}}, issuer.failures);
    }
}

void render_reload(observe::Exposition& text, const ReloadFacts& reload) {
    text.family("claimgate_config_reloads_total", "counter",
                "Reloads of the configuration, by their result.");
    text.sample({{"result", "success"}}, reload.successes);
    text.sample({{"result", "failure"}}, reload.failures);
    text.family("claimgate_config_last_reload_successful", "gauge",
                "1 when the last reload, or the start, was good.");
    text.sample({}, std::uint64_t{reload.last_good});
    text.family("claimgate_config_last_reload_success_timestamp_seconds", "gauge",
                "When the configuration in force was taken, since 1970.");
    text.sample({}, std::chrono::duration<double>(reload.last_success.time_since_epoch()).count());
}

} // namespace

void render_facts(std::string& out, const Facts& facts) {
    observe::Exposition text(out);
    render_keys(text, facts.issuers);
    render_reload(text, facts.reload);
    text.family("claimgate_ready", "gauge", "1 when readyz answers 200.");
    text.sample({}, std::uint64_t{is_ready(facts)});
}

} // namespace gateway::admin
