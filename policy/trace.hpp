#pragma once

// What explain writes down while the stages run: the same code decides, and says on the way what it
// saw. Never used on the request path (Tools::trace is nullptr there). Values are claims and
// settings; never tokens.

#include "config/model.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace policy {

/// How the steps within a step make its outcome.
enum class Combine : std::uint8_t { leaf, all, any, none };

/// One thing that was looked at. Entries of a rule nest.
struct TraceStep {
    std::string what; ///< "exp", "scopes", "claims.sub equals {path.customer}"
    bool held = false;
    std::string expected; ///< what the configuration asks for
    std::string found;    ///< what the request or token has; "(missing)" when nothing
    config::Position at;  ///< the line that asks; line 0: built in
    bool shadow = false;
    std::vector<TraceStep> steps;
    Combine combine = Combine::leaf;
    bool decided = false; ///< the first that stood against; at most one of a trace
};

struct TraceStage {
    std::string name;
    bool passed = true;
    std::vector<TraceStep> steps;
};

class Trace {
public:
    void begin_stage(std::string_view name);
    void end_stage(bool passed);
    /// A step of the innermost open group. enter() opens a group, leave() closes it with its
    /// outcome.
    void step(std::string what, bool held, std::string expected, std::string found,
              config::Position at = {});
    void enter(std::string what, config::Position at, bool shadow = false,
               Combine combine = Combine::all);
    void leave(bool held);

    const std::vector<TraceStage>& stages() const { return stages_; }

private:
    std::vector<TraceStep>& innermost();
    std::vector<TraceStage> stages_;
    std::vector<std::size_t> open_; ///< path of indices to the innermost open group
};

} // namespace policy
