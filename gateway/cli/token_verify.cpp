#include "gateway/cli/token_verify.hpp"

#include "config/print.hpp"
#include "gateway/cli/configuration.hpp"
#include "gateway/cli/exit_code.hpp"
#include "gateway/cli/explain_json.hpp"
#include "gateway/cli/explain_print.hpp"
#include "gateway/cli/input.hpp"
#include "gateway/cli/key_material.hpp"
#include "gateway/cli/printable.hpp"
#include "gateway/cli/time.hpp"

#include <algorithm>
#include <ostream>

namespace gateway::cli {
namespace {

int complain(Console& console, std::string_view what) {
    console.err << "claimgate token verify: " << what << '\n';
    return exit_code::usage;
}

void print_verdict(const policy::Explanation& e, Console& console) {
    if (e.reason == policy::Reason::allowed) {
        console.out << console.paint(Colour::green, "Valid") << ", of issuer " << e.issuer << '\n';
        return;
    }
    if (e.result == policy::Explanation::Result::key_needed) return print_key_needed(e, console);
    console.out << console.paint(Colour::red, "Not valid") << ": " << policy::info(e.reason).name
                << '\n';
    if (!e.advice.empty()) console.out << "  " << printable(e.advice) << '\n';
}

void print(const policy::Explanation& e, const VerifyOptions& options, Console& console) {
    if (options.json) {
        console.out << token_json(e) << '\n';
        return;
    }
    print_stages(e.stages, console);
    console.out << '\n';
    print_verdict(e, console);
    print_refusal(e, console);
}

} // namespace

int verify_token(const VerifyOptions& options, Console& console) {
    Configuration found = load_configuration(options.config);
    if (config::has_errors(found.problems)) {
        console.err << config::to_text(found.problems, found.source);
        return exit_code::configuration;
    }
    const auto& issuers = found.model->issuers;
    if (!options.issuer.empty() &&
        std::ranges::find(issuers, options.issuer, &config::Issuer::name) == issuers.end())
        return complain(console, "there is no issuer " + options.issuer);
    const auto now = options.at.empty() ? system_now() : parse_time(options.at);
    if (!now) return complain(console, "--at wants 2026-11-24T08:00:00Z or seconds since 1970");
    std::vector<policy::KeyMaterial> material = kept_keys(*found.model);
    std::string problem = take_key_sets(options.jwks, *found.model, material, console);
    if (!problem.empty()) return complain(console, problem);
    const auto token = read_token(options.token, console, problem);
    if (!token) return complain(console, problem);

    const auto snapshot = policy::Snapshot::compile(found.model, material, found.problems);
    const policy::Explanation e = policy::explain_token(*snapshot, *token, *now, options.issuer);
    print(e, options, console);
    return e.reason == policy::Reason::allowed ? exit_code::good : exit_code::no;
}

} // namespace gateway::cli
