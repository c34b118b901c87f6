// `claimgate explain`: the decision about one request, stage by stage, by the code that decides.

#include "config/print.hpp"
#include "gateway/cli/admin_client.hpp"
#include "gateway/cli/command.hpp"
#include "gateway/cli/configuration.hpp"
#include "gateway/cli/exit_code.hpp"
#include "gateway/cli/explain_json.hpp"
#include "gateway/cli/explain_print.hpp"
#include "gateway/cli/explain_request.hpp"
#include "gateway/cli/input.hpp"
#include "gateway/cli/json_text.hpp"
#include "gateway/cli/key_material.hpp"
#include "gateway/cli/printable.hpp"
#include "gateway/cli/time.hpp"
#include "policy/snapshot.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>
#include <string>
#include <vector>

namespace gateway::cli {
namespace {

struct ExplainOptions {
    std::string config = "claimgate.yaml";
    RequestOptions request;
    std::string at;
    std::vector<std::string> jwks; ///< ISSUER=FILE
    bool json = false;
    bool live = false;
};

int complain(Console& console, std::string_view what) {
    console.err << "claimgate explain: " << what << '\n';
    return exit_code::usage;
}

std::string request_json(const RequestOptions& request, const std::string& token,
                         const std::string& at) {
    std::string json =
        "{\"method\":" + json_string(request.method) + ",\"path\":" + json_string(request.path) +
        ",\"host\":" + json_string(request.host) + ",\"client\":" + json_string(request.client);
    if (!token.empty()) json += ",\"token\":" + json_string(token);
    if (!at.empty()) json += ",\"at\":" + json_string(at);
    json += ",\"headers\":[";
    for (std::size_t i = 0; i < request.headers.size(); ++i)
        json += (i == 0 ? "" : ",") + json_string(request.headers[i]);
    return json + "]}";
}

int print(const policy::Explanation& explanation, const ExplainOptions& options, Console& console) {
    if (options.json)
        print_for_programs(explanation, console);
    else
        print_for_people(explanation, console);
    return is_good(explanation) ? exit_code::good : exit_code::no;
}

/// By the running gateway, with its keys.
int explain_live(const ExplainOptions& options, Console& console) {
    std::string problem;
    std::string token;
    if (!options.request.token.empty()) {
        const auto read = read_token(options.request.token, console, problem);
        if (!read) return complain(console, problem);
        token = *read;
    }
    if (!options.jwks.empty()) return complain(console, "--live and --jwks exclude each other");
    const std::string body = request_json(options.request, token, options.at);
    const auto reply =
        ask_admin(options.config, {.method = "POST", .target = "/explain", .body = body}, problem);
    if (!reply) {
        console.err << "claimgate explain: " << problem << '\n';
        return exit_code::no;
    }
    const auto explanation = read_explanation(reply->body);
    if (reply->status != 200 || !explanation)
        return complain(console, "the gateway refuses: " + printable(reply->body));
    return print(*explanation, options, console);
}

int explain(const ExplainOptions& options, Console& console) {
    if (options.live) return explain_live(options, console);
    Configuration found = load_configuration(options.config);
    if (config::has_errors(found.problems)) {
        console.err << config::to_text(found.problems, found.source);
        return exit_code::configuration;
    }
    const auto now = options.at.empty() ? system_now() : parse_time(options.at);
    if (!now) return complain(console, "--at wants 2026-11-24T08:00:00Z or seconds since 1970");
    std::vector<policy::KeyMaterial> material = kept_keys(*found.model);
    std::string problem = take_key_sets(options.jwks, *found.model, material, console);
    if (!problem.empty()) return complain(console, problem);

    ExplainedRequest request;
    problem = request.build(options.request, *found.model, console);
    if (!problem.empty()) return complain(console, problem);
    const auto snapshot = policy::Snapshot::compile(found.model, material, found.problems);
    return print(explain_request(*snapshot, request, *now), options, console);
}

} // namespace

void add_explain(CLI::App& app, Command& chosen) {
    auto options = std::make_shared<ExplainOptions>();
    CLI::App* command =
        app.add_subcommand("explain", "Say why a request is let through or not, without a server");
    RequestOptions& request = options->request;
    command->add_option("--config", options->config, "The configuration file")
        ->capture_default_str();
    command->add_option("--path", request.path, "What is asked for, with its query")->required();
    command->add_option("--method", request.method, "Its method")->capture_default_str();
    command->add_option("--host", request.host, "Its Host")->capture_default_str();
    command->add_option("--header", request.headers, "'Name: value'; may be given several times");
    command->add_option("--token", request.token,
                        "Bearer token; - for standard input, @FILE for a file");
    command->add_option("--client", request.client, "The client's address")->capture_default_str();
    command->add_option("--at", options->at,
                        "Time of the decision, RFC 3339 or seconds; default: now");
    command->add_option("--jwks", options->jwks,
                        "ISSUER=FILE: the key set of an issuer whose keys are fetched otherwise");
    command->add_flag("--live", options->live,
                      "Ask the gateway that runs with this configuration, and its keys");
    command->add_flag("--json", options->json, "Print JSON, for programs");
    command->callback([options, &chosen] {
        chosen = [options](Console& console) { return explain(*options, console); };
    });
}

} // namespace gateway::cli
