#include "gateway/admin/health.hpp"

#include "policy/json.hpp"

namespace gateway::admin {
namespace {

using Reasons = std::vector<std::string>;

Reasons reasons_not_live(const Facts& facts) {
    Reasons reasons;
    for (std::size_t i = 0; i < facts.workers.size(); ++i)
        if (facts.workers[i].is_stuck)
            reasons.push_back("worker " + std::to_string(i) + " does not answer");
    return reasons;
}

Reasons reasons_not_started(const Facts& facts) {
    Reasons reasons;
    for (std::size_t i = 0; i < facts.workers.size(); ++i)
        if (!facts.workers[i].has_begun)
            reasons.push_back("worker " + std::to_string(i) + " has not begun");
    return reasons;
}

Reasons reasons_not_ready(const Facts& facts) {
    Reasons reasons = reasons_not_started(facts);
    if (facts.draining) reasons.push_back("draining");
    for (std::size_t i = 0; i < facts.workers.size(); ++i)
        if (facts.workers[i].has_begun && facts.workers[i].is_behind)
            reasons.push_back("worker " + std::to_string(i) +
                              " has not taken the newest configuration");
    for (const auto& issuer : facts.issuers)
        if (!issuer.has_keys) reasons.push_back("issuer " + issuer.issuer + " has no keys");
    return reasons;
}

void append_reasons(std::string& out, const Reasons& reasons) {
    std::string_view before = ",\"reasons\":[";
    for (const std::string& reason : reasons) {
        out += before;
        policy::append_json_string(out, reason);
        before = ",";
    }
    if (!reasons.empty()) out += ']';
}

void append_issuer(std::string& out, const keys::KeyStatus& issuer) {
    out += "{\"name\":";
    policy::append_json_string(out, issuer.issuer);
    if (!issuer.remote) {
        out += ",\"source\":\"local\"}";
        return;
    }
    out += ",\"source\":\"remote\",\"keys\":" + std::to_string(issuer.keys);
    if (issuer.has_keys)
        out += ",\"age_seconds\":" + std::to_string(issuer.age / std::chrono::seconds(1));
    if (!issuer.last_error.empty()) {
        out += ",\"last_error\":";
        policy::append_json_string(out, issuer.last_error);
    }
    out += '}';
}

void append_details(std::string& out, const Facts& facts) {
    out += ",\"issuers\":[";
    for (std::size_t i = 0; i < facts.issuers.size(); ++i) {
        if (i > 0) out += ',';
        append_issuer(out, facts.issuers[i]);
    }
    out += "],\"last_reload\":";
    out +=
        facts.reload.last_good ? "\"good\"" : "\"failed: the configuration before it is in force\"";
}

Response page(std::string_view good, std::string_view bad, const Reasons& reasons) {
    Response response;
    response.status = reasons.empty() ? 200 : 503;
    response.body = "{\"status\":\"";
    response.body.append(reasons.empty() ? good : bad).append("\"");
    append_reasons(response.body, reasons);
    return response;
}

} // namespace

bool is_ready(const Facts& facts) { return reasons_not_ready(facts).empty(); }

Response live_page(const Facts& facts) {
    Response response = page("live", "not_live", reasons_not_live(facts));
    response.body += "}\n";
    return response;
}

Response startup_page(const Facts& facts) {
    Response response = page("started", "starting", reasons_not_started(facts));
    response.body += "}\n";
    return response;
}

Response ready_page(const Facts& facts, bool verbose) {
    Response response = page("ready", "not_ready", reasons_not_ready(facts));
    if (verbose) append_details(response.body, facts);
    response.body += "}\n";
    return response;
}

} // namespace gateway::admin
