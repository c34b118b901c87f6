// `claimgate shadow`: where the candidate of a running gateway would have decided otherwise.

#include "gateway/cli/admin_client.hpp"
#include "gateway/cli/command.hpp"
#include "gateway/cli/exit_code.hpp"
#include "gateway/cli/printable.hpp"
#include "policy/json.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>
#include <string>

namespace gateway::cli {
namespace {

struct ShadowOptions {
    std::string config = "claimgate.yaml";
    bool json = false;
};

std::string text_of(const policy::JsonValue& object, std::string_view name) {
    const auto member = object.find(name);
    return member && member->is(policy::JsonType::string) ? printable(member->text()) : "";
}

void print_example(const policy::JsonValue& example, Console& console) {
    const std::string rule = text_of(example, "rule"), verdict = text_of(example, "verdict");
    const Colour colour = verdict == "would_deny" ? Colour::red : Colour::yellow;
    console.out << text_of(example, "ts") << "  " << console.paint(colour, verdict) << "  "
                << text_of(example, "route") << "  " << text_of(example, "reason") << " -> "
                << text_of(example, "candidate_reason") << (rule.empty() ? "" : " by ") << rule
                << "\n    " << text_of(example, "method") << ' ' << text_of(example, "path") << "  "
                << console.paint(Colour::dim, text_of(example, "request_id")) << '\n';
}

int shadow(const ShadowOptions& options, Console& console) {
    std::string problem;
    const auto reply = ask_admin(options.config, {.target = "/shadow"}, problem);
    // 100 examples of bounded texts.
    const auto answer = policy::parse_json(reply ? reply->body : "", {.bytes = 1024 * 1024});
    const auto list =
        answer ? answer->root().find("disagreements") : std::optional<policy::JsonValue>();
    if (!list) {
        if (problem.empty()) problem = "what answers on the admin socket is no gateway";
        console.err << "claimgate shadow: " << problem << '\n';
        return exit_code::no;
    }
    if (options.json) {
        console.out << reply->body;
        return exit_code::good;
    }
    const std::string candidate = text_of(answer->root(), "candidate");
    if (candidate.empty()) {
        console.out << "No candidate: the configuration in force has no `shadow:`\n";
        return exit_code::good;
    }
    for (auto example = list->first(); example; example = example->next())
        print_example(*example, console);
    console.out
        << candidate << ": " << list->size()
        << " disagreements kept; all are counted in claimgate_candidate_disagreements_total\n";
    return exit_code::good;
}

} // namespace

void add_shadow(CLI::App& app, Command& chosen) {
    auto options = std::make_shared<ShadowOptions>();
    CLI::App* command = app.add_subcommand(
        "shadow", "Show where the candidate of the running gateway would decide otherwise");
    command->add_option("--config", options->config, "The configuration file it runs with")
        ->capture_default_str();
    command->add_flag("--json", options->json, "Print JSON, for programs");
    command->callback([options, &chosen] {
        chosen = [options](Console& console) { return shadow(*options, console); };
    });
}

} // namespace gateway::cli
