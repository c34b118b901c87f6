// `claimgate replay`: recorded decisions under another configuration.

#include "policy/record/replay.hpp"

#include "config/print.hpp"
#include "gateway/cli/command.hpp"
#include "gateway/cli/configuration.hpp"
#include "gateway/cli/exit_code.hpp"
#include "gateway/cli/replay_line.hpp"
#include "gateway/cli/replay_report.hpp"

#include <CLI/CLI.hpp>

#include <chrono>
#include <fstream>
#include <memory>
#include <ostream>
#include <string>
#include <unistd.h>

namespace gateway::cli {
namespace {

struct ReplayOptions {
    std::string config = "claimgate.yaml";
    std::string log;
    std::size_t examples = 3;
    bool json = false;
};

/// Lines of bounded length. The last one counts without its end too.
class Lines {
public:
    explicit Lines(std::istream& in) : in_(in) {}

    /// False at the end. A line that is too long comes cut, so that it is refused.
    bool next(std::string& line) {
        line.clear();
        has_end_ = true;
        for (int c = in_.get(); c != std::istream::traits_type::eof(); c = in_.get()) {
            if (c == '\n') {
                ++number_;
                return true;
            }
            if (line.size() > longest_record) {
                ++number_;
                return true;
            }
            line += static_cast<char>(c);
        }
        has_end_ = false;
        if (!line.empty()) ++number_;
        return !line.empty();
    }
    std::uint64_t number() const { return number_; }
    bool has_end() const { return has_end_; } ///< of the line that came last

private:
    std::istream& in_;
    std::uint64_t number_ = 0;
    bool has_end_ = true;
};

void show_progress(Console& console, std::uint64_t decisions) {
    constexpr std::uint64_t step = 2000;
    static const bool is_watched = isatty(STDERR_FILENO) == 1;
    if (is_watched && decisions % step == 0)
        console.err << '\r' << decisions << " decisions" << std::flush;
}

/// Exit code of a log that cannot be read or is empty, or good.
int replay_lines(const ReplayOptions& options, const policy::Rehearsal& rehearsal, std::istream& in,
                 ReplayReport& report, Console& console) {
    policy::record::Replay replay(rehearsal);
    policy::record::Recorded recorded;
    Lines lines(in);
    for (std::string line; lines.next(line);) {
        if (const std::string error = parse_record(line, recorded); !error.empty()) {
            console.err << "claimgate replay: " << options.log << ':' << lines.number() << ": "
                        << error
                        << (lines.has_end() ? "" : "; the log is cut off, or still being written")
                        << '\n';
            return exit_code::usage;
        }
        report.add(recorded, replay.decide(recorded), lines.number());
        show_progress(console, report.decisions());
    }
    if (report.decisions() > 0) return exit_code::good;
    console.err << "claimgate replay: " << options.log << ": nothing was read\n";
    return exit_code::usage;
}

int replay(const ReplayOptions& options, Console& console) {
    Configuration found = load_configuration(options.config);
    std::unique_ptr<policy::Rehearsal> rehearsal;
    if (!config::has_errors(found.problems))
        rehearsal = policy::Rehearsal::make(*found.model, found.problems);
    if (!rehearsal) {
        console.err << config::to_text(found.problems, found.source);
        return exit_code::configuration;
    }
    std::ifstream file;
    if (options.log != "-") file.open(options.log, std::ios::binary);
    if (options.log != "-" && !file) {
        console.err << "claimgate replay: " << options.log << " cannot be read\n";
        return exit_code::usage;
    }
    ReplayReport report(options.examples);
    const auto began = std::chrono::steady_clock::now();
    const int ended =
        replay_lines(options, *rehearsal, options.log == "-" ? console.in : file, report, console);
    if (ended != exit_code::good) return ended;
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    if (options.json)
        report.print_for_programs(console);
    else
        report.print_for_people(console, took.count());
    return report.has_changes() ? exit_code::no : exit_code::good;
}

} // namespace

void add_replay(CLI::App& app, Command& chosen) {
    auto options = std::make_shared<ReplayOptions>();
    CLI::App* command = app.add_subcommand(
        "replay", "Say what another configuration would have decided about recorded requests");
    command->add_option("--log", options->log, "The decision log; - for standard input")
        ->required();
    command->add_option("--config", options->config, "The other configuration")
        ->capture_default_str();
    command->add_option("--examples", options->examples, "How many to show of each change")
        ->capture_default_str();
    command->add_flag("--json", options->json, "Print JSON, for programs");
    command->callback([options, &chosen] {
        chosen = [options](Console& console) { return replay(*options, console); };
    });
}

} // namespace gateway::cli
