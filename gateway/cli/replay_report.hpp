#pragma once

// What a replay found, by route and rule, with the first examples of each. Bounded by the routes
// and rules of the configuration, not by the log.

#include "gateway/cli/console.hpp"
#include "policy/record/replay.hpp"

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace gateway::cli {

class ReplayReport {
public:
    explicit ReplayReport(std::size_t examples) : most_examples_(examples) {}

    void add(const policy::record::Recorded& recorded, const policy::record::Replayed& replayed,
             std::uint64_t line);
    bool has_changes() const { return !changes_.empty(); }
    std::uint64_t decisions() const { return decisions_; }

    void print_for_people(Console& console, double seconds) const;
    void print_for_programs(Console& console) const;

private:
    struct Example {
        std::uint64_t line;
        std::string request_id, method, path;
    };
    struct Group {
        std::uint64_t count = 0;
        int at_line = 0; ///< of the configuration; 0: no rule
        std::vector<Example> examples;
    };
    struct Key {
        std::string route;
        policy::record::Change change;
        policy::Reason before, after;
        std::string rule;
        auto operator<=>(const Key&) const = default;
    };
    struct Unknown {
        std::uint64_t count = 0;
        std::uint64_t first_line = 0;
    };

    std::size_t most_examples_;
    std::uint64_t decisions_ = 0, same_ = 0, skipped_ = 0, changed_ = 0, unknown_ = 0;
    std::map<Key, Group> changes_;
    std::map<std::pair<std::string, std::string>, Unknown> unknowns_; ///< by route and what lacks
};

} // namespace gateway::cli
