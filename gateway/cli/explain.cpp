// `claimgate explain`: the decision about one request, stage by stage, by the code that decides.

#include "config/print.hpp"
#include "gateway/cli/command.hpp"
#include "gateway/cli/configuration.hpp"
#include "gateway/cli/exit_code.hpp"
#include "gateway/cli/explain_print.hpp"
#include "gateway/cli/explain_request.hpp"
#include "gateway/cli/input.hpp"
#include "gateway/cli/time.hpp"
#include "gateway/keys/key_store.hpp"
#include "policy/snapshot.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
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
};

int complain(Console& console, std::string_view what) {
    console.err << "claimgate explain: " << what << '\n';
    return exit_code::usage;
}

bool is_remote(const config::Issuer& issuer) {
    return issuer.keys.kind == config::KeySourceKind::discover ||
           issuer.keys.kind == config::KeySourceKind::jwks;
}

policy::KeyMaterial known(std::string jwks) {
    // Never worth asking again: a key that is not in this set is unknown.
    return {.known = true, .jwks = std::move(jwks), .next_fetch = policy::TimePoint::max()};
}

/// What the gateway kept of its providers' keys when it ran, in the order of the issuers.
std::vector<policy::KeyMaterial> kept_keys(const config::Model& model) {
    const keys::KeyStore store(model.key_cache);
    std::vector<policy::KeyMaterial> material(model.issuers.size());
    for (std::size_t i = 0; i < material.size(); ++i) {
        if (model.key_cache.empty() || !is_remote(model.issuers[i])) continue;
        std::string why_not;
        if (auto kept = store.load(model.issuers[i], why_not)) material[i] = known(kept->document);
    }
    return material;
}

/// Reads each ISSUER=FILE into its place; an error text, or empty.
std::string take_key_sets(const std::vector<std::string>& arguments, const config::Model& model,
                          std::vector<policy::KeyMaterial>& material, Console& console) {
    for (const std::string& argument : arguments) {
        const std::size_t equals = argument.find('=');
        if (equals == std::string::npos) return "--jwks wants ISSUER=FILE, not " + argument;
        const std::string name = argument.substr(0, equals);
        const auto issuer = std::ranges::find(model.issuers, name, &config::Issuer::name);
        if (issuer == model.issuers.end()) return "there is no issuer " + name;
        if (!is_remote(*issuer)) return "issuer " + name + " has its keys in the configuration";
        std::string problem;
        auto text = read_input(argument.substr(equals + 1), console, problem);
        if (!text) return problem;
        const auto set = policy::jose::parse_key_set(*text);
        if (!set) return "the keys of " + name + ": " + std::string(to_string(set.error()));
        material[static_cast<std::size_t>(issuer - model.issuers.begin())] =
            known(std::move(*text));
    }
    return {};
}

/// What the parser of heads refuses never reaches a stage.
policy::Explanation refused(policy::Reason reason) {
    policy::Explanation explanation;
    explanation.reason = reason;
    explanation.status = policy::info(reason).status;
    explanation.advice = policy::advice(reason);
    return explanation;
}

int explain(const ExplainOptions& options, Console& console) {
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
    const policy::Explanation explanation =
        request.refusal() != policy::Reason::allowed
            ? refused(request.refusal())
            : policy::explain(*snapshot, request.head(), request.peer(), *now);
    if (options.json)
        print_for_programs(explanation, console);
    else
        print_for_people(explanation, console);
    return is_good(explanation) ? exit_code::good : exit_code::no;
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
    command->add_option("--client-certificate", request.client_certificate,
                        "A PEM file: the client's certificate, taken as verified");
    command->add_option("--at", options->at,
                        "Time of the decision, RFC 3339 or seconds; default: now");
    command->add_option("--jwks", options->jwks,
                        "ISSUER=FILE: the key set of an issuer whose keys are fetched otherwise");
    command->add_flag("--json", options->json, "Print JSON, for programs");
    command->callback([options, &chosen] {
        chosen = [options](Console& console) { return explain(*options, console); };
    });
}

} // namespace gateway::cli
