// `claimgate reload`: the running gateway takes its configuration file anew, and says what it made
// of it.

#include "config/print.hpp"
#include "gateway/cli/admin_client.hpp"
#include "gateway/cli/command.hpp"
#include "gateway/cli/configuration.hpp"
#include "gateway/cli/exit_code.hpp"
#include "gateway/cli/printable.hpp"
#include "policy/json.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>
#include <string>

namespace gateway::cli {
namespace {

struct ReloadOptions {
    std::string config = "claimgate.yaml";
    bool json = false;
};

std::string text_of(const policy::JsonValue& object, std::string_view name) {
    const auto member = object.find(name);
    return member && member->is(policy::JsonType::string) ? std::string(member->text()) : "";
}

int number_of(const policy::JsonValue& object, std::string_view name) {
    const auto member = object.find(name);
    if (!member || !member->is(policy::JsonType::number)) return 0;
    return static_cast<int>(member->number().integer);
}

/// config::to_json() read back.
config::Problems problems_of(const policy::JsonValue& reply) {
    config::Problems problems;
    const auto list = reply.find("problems");
    if (!list || !list->is(policy::JsonType::array)) return problems;
    for (auto item = list->first(); item; item = item->next())
        problems.push_back({.severity = text_of(*item, "severity") == "warning"
                                            ? config::Severity::warning
                                            : config::Severity::error,
                            .file = text_of(*item, "file"),
                            .at = {number_of(*item, "line"), number_of(*item, "column")},
                            .message = text_of(*item, "message"),
                            .hint = text_of(*item, "hint"),
                            .name = text_of(*item, "name")});
    return problems;
}

void print_for_people(const policy::JsonValue& answer, const config::Problems& problems,
                      const ReloadOptions& options, bool is_taken, Console& console) {
    const auto colour = console.colours ? config::Colour::on : config::Colour::off;
    console.out << config::to_text(problems, read_source(options.config), colour)
                << printable(text_of(answer, "file")) << ": ";
    if (is_taken)
        console.out << console.paint(Colour::green, "reloaded") << '\n';
    else
        console.out << console.paint(Colour::red, "refused") << ", "
                    << printable(text_of(answer, "error"))
                    << "; the configuration before it stays in force\n";
}

int reload(const ReloadOptions& options, Console& console) {
    const AdminRequest request{
        .method = "POST", .target = "/reload", .deadline = std::chrono::seconds(60)};
    std::string problem;
    const auto reply = ask_admin(options.config, request, problem);
    const std::string_view body = reply ? std::string_view(reply->body) : std::string_view();
    const auto answer =
        policy::parse_json(body, {.bytes = body.size(), .members = 1024, .nodes = 16'384});
    if (!answer || !answer->root().find("reloaded")) {
        if (problem.empty()) problem = "what answers on the admin socket is no gateway";
        console.err << "claimgate reload: " << problem << '\n';
        return exit_code::no;
    }
    const bool is_taken = reply->status == 200;
    const config::Problems problems = problems_of(answer->root());
    if (options.json)
        console.out << reply->body;
    else
        print_for_people(answer->root(), problems, options, is_taken, console);
    if (is_taken) return exit_code::good;
    return config::has_errors(problems) ? exit_code::configuration : exit_code::no;
}

} // namespace

void add_reload(CLI::App& app, Command& chosen) {
    auto options = std::make_shared<ReloadOptions>();
    CLI::App* command = app.add_subcommand(
        "reload", "Have the running gateway take its configuration anew, all or nothing");
    command->add_option("--config", options->config, "The configuration file it runs with")
        ->capture_default_str();
    command->add_flag("--json", options->json, "Print JSON, for programs");
    command->callback([options, &chosen] {
        chosen = [options](Console& console) { return reload(*options, console); };
    });
}

} // namespace gateway::cli
