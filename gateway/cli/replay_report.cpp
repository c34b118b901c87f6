#include "gateway/cli/replay_report.hpp"

#include "gateway/cli/json_text.hpp"
#include "gateway/cli/printable.hpp"

#include <iomanip>
#include <ostream>
#include <sstream>

namespace gateway::cli {
namespace {

using policy::record::Change;

std::string_view name_of(Change change) {
    switch (change) {
    case Change::would_deny: return "would_deny";
    case Change::would_allow: return "would_allow";
    case Change::other_answer: return "other_answer";
    case Change::unknown: return "unknown";
    case Change::skipped: return "skipped";
    case Change::same: break;
    }
    return "same";
}

std::string in_words(Change change) {
    return change == Change::would_deny    ? "would be denied"
           : change == Change::would_allow ? "would be allowed"
                                           : "would be refused in another way";
}

std::string route_text(const std::string& route) { return route.empty() ? "(no route)" : route; }

} // namespace

void ReplayReport::add(const policy::record::Recorded& recorded,
                       const policy::record::Replayed& replayed, std::uint64_t line) {
    ++decisions_;
    switch (replayed.change) {
    case Change::same: ++same_; return;
    case Change::skipped: ++skipped_; return;
    case Change::unknown:
        ++unknown_;
        for (const std::string& what : replayed.missing) {
            Unknown& unknown = unknowns_[{std::string(replayed.route), what}];
            if (unknown.count++ == 0) unknown.first_line = line;
        }
        return;
    default: break;
    }
    ++changed_;
    Group& group = changes_[{std::string(replayed.route), replayed.change, recorded.reason,
                             replayed.reason, replayed.place}];
    ++group.count;
    if (replayed.decider) group.at_line = replayed.decider->at.line;
    if (group.examples.size() < most_examples_)
        group.examples.push_back({line, std::string(recorded.request_id),
                                  std::string(recorded.method), std::string(recorded.path)});
}

void ReplayReport::print_for_people(Console& console, double seconds) const {
    for (const auto& [key, change] : changes_) {
        const Colour colour = key.change == Change::would_deny ? Colour::red : Colour::yellow;
        console.out << console.paint(Colour::bold, printable(route_text(key.route))) << ": "
                    << console.paint(colour,
                                     std::to_string(change.count) + ' ' + in_words(key.change))
                    << ", " << policy::info(key.before).name << " -> "
                    << policy::info(key.after).name;
        if (!key.rule.empty())
            console.out << " by " << key.rule << " (line " << change.at_line << ')';
        console.out << '\n';
        for (const Example& example : change.examples)
            console.out << "    line " << example.line << ": " << printable(example.method) << ' '
                        << printable(example.path) << "  "
                        << console.paint(Colour::dim, printable(example.request_id)) << '\n';
    }
    for (const auto& [key, unknown] : unknowns_)
        console.out << console.paint(Colour::bold, printable(route_text(key.first))) << ": "
                    << console.paint(Colour::yellow, std::to_string(unknown.count) + " unknown")
                    << ", the log does not tell " << printable(key.second) << " (first in line "
                    << unknown.first_line << ")\n";
    if (!unknowns_.empty()) console.out << "  To know next time, list these in `decision_log`.\n";
    std::ostringstream time;
    time << std::fixed << std::setprecision(1) << seconds;
    console.out << decisions_ << " decisions in " << time.str() << " s: " << same_
                << " stay as they are, " << changed_ << " would change, " << unknown_
                << " unknown, " << skipped_ << " skipped\n";
}

void ReplayReport::print_for_programs(Console& console) const {
    std::string out =
        "{\"decisions\":" + std::to_string(decisions_) + ",\"same\":" + std::to_string(same_) +
        ",\"changed\":" + std::to_string(changed_) + ",\"unknown\":" + std::to_string(unknown_) +
        ",\"skipped\":" + std::to_string(skipped_) + ",\"changes\":[";
    for (const auto& [key, change] : changes_) {
        if (out.back() == '}') out += ',';
        out += "{\"route\":" + json_string(key.route) + ",\"change\":\"" +
               std::string(name_of(key.change)) + "\",\"before\":\"" +
               std::string(policy::info(key.before).name) + "\",\"after\":\"" +
               std::string(policy::info(key.after).name) + '"';
        if (!key.rule.empty())
            out += ",\"rule\":" + json_string(key.rule) +
                   ",\"line\":" + std::to_string(change.at_line);
        out += ",\"count\":" + std::to_string(change.count) + ",\"examples\":[";
        for (const Example& example : change.examples) {
            if (out.back() == '}') out += ',';
            out += "{\"line\":" + std::to_string(example.line) +
                   ",\"request_id\":" + json_string(example.request_id) +
                   ",\"method\":" + json_string(example.method) +
                   ",\"path\":" + json_string(example.path) + '}';
        }
        out += "]}";
    }
    out += "],\"unknowns\":[";
    for (const auto& [key, unknown] : unknowns_) {
        if (out.back() == '}') out += ',';
        out += "{\"route\":" + json_string(key.first) + ",\"missing\":" + json_string(key.second) +
               ",\"count\":" + std::to_string(unknown.count) +
               ",\"first_line\":" + std::to_string(unknown.first_line) + '}';
    }
    console.out << out << "]}\n";
}

} // namespace gateway::cli
