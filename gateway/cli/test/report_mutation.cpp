#include "gateway/cli/json_text.hpp"
#include "gateway/cli/printable.hpp"
#include "gateway/cli/test/report.hpp"

#include <ostream>

namespace gateway::cli::test {
namespace {

std::string survivor_json(const Project& project, const Mutant& mutant) {
    return "{\"file\":" + json_string(project.file) +
           ",\"line\":" + std::to_string(mutant.at.line) +
           ",\"column\":" + std::to_string(mutant.at.column) +
           ",\"change\":" + json_string(mutant.change) + '}';
}

} // namespace

void print_mutation(const MutationOutcome& outcome, Console& console) {
    const Project& project = *outcome.project;
    console.out << console.paint(Colour::bold, "Mutants of " + project.file) << ": "
                << percent(outcome.noticed, outcome.all()) << "% noticed (" << outcome.noticed
                << " of " << outcome.all() << ")\n";
    for (const Mutant& mutant : outcome.survivors)
        console.out << "  " << project.file << ':' << mutant.at.line << "  "
                    << console.paint(Colour::yellow, printable(mutant.change)) << "  "
                    << console.paint(Colour::dim, line_of(project.source, mutant.at.line)) << '\n';
}

std::string mutation_json(const std::vector<MutationOutcome>& outcomes) {
    std::string out = "\"mutation\":[";
    for (const MutationOutcome& outcome : outcomes) {
        if (&outcome != &outcomes.front()) out += ',';
        out += "{\"config\":" + json_string(outcome.project->file) +
               ",\"mutants\":" + std::to_string(outcome.all()) +
               ",\"noticed\":" + std::to_string(outcome.noticed) + ",\"survivors\":[";
        const char* separator = "";
        for (const Mutant& mutant : outcome.survivors) {
            out += separator + survivor_json(*outcome.project, mutant);
            separator = ",";
        }
        out += "]}";
    }
    return out + ']';
}

} // namespace gateway::cli::test
