// Any bytes as a configuration file: a model or an error, never a crash, and never a control byte
// in a message.

#include "config/load.hpp"
#include "config/print.hpp"
#include "config/text.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

std::optional<std::string> environment(const std::string& name) {
    if (name.size() > 8) return std::nullopt;
    return "value-of-" + name;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view yaml(reinterpret_cast<const char*>(data), size);
    const config::Loaded loaded = config::load_text(yaml, "fuzz.yaml", environment);
    require(loaded.model.has_value() != config::has_errors(loaded.problems));
    for (const config::Problem& problem : loaded.problems) {
        require(!problem.message.empty());
        require(config::find_control(problem.message + problem.hint) == std::string::npos);
        require(problem.at.line >= 0 && problem.at.column >= 0);
    }
    require(config::find_invalid_utf8(config::to_json(loaded.problems)) == std::string::npos);
    config::to_text(loaded.problems, yaml, config::Colour::on);
    return 0;
}
