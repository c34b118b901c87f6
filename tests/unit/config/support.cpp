#include "tests/unit/config/support.hpp"

#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <utility>

namespace config::test {

Loaded load_file(std::string_view yaml, const Variables& variables) {
    return load_text(yaml, "t.yaml", [&](const std::string& name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        if (found == variables.end()) return std::nullopt;
        return found->second;
    });
}

std::string whole_file(std::string_view section) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> sections = {{
        {"listeners:", "listeners: [{ bind: 127.0.0.1:1 }]\n"},
        {"issuers:", "issuers: { main: { issuer: https://id.example.com, audience: api } }\n"},
        {"upstreams:", "upstreams: { app: { targets: [http://127.0.0.1:2] } }\n"},
        {"routes:", "routes: [{ path: /, upstream: app, access: authenticated }]\n"},
    }};
    std::string file(section);
    const std::string with_first = "\n" + file;
    for (const auto& [key, text] : sections)
        if (with_first.find("\n" + std::string(key)) == std::string::npos) file += text;
    return file;
}

std::string report(const Problems& problems) {
    std::string out;
    for (const Problem& problem : problems) {
        out += std::to_string(problem.at.line) + ":" + std::to_string(problem.at.column) + " ";
        if (problem.severity == Severity::warning) out += "[" + problem.name + "] ";
        out += problem.message;
        if (!problem.hint.empty()) out += " (" + problem.hint + ")";
        out += "\n";
    }
    return out;
}

std::string report_of(std::string_view section, const Variables& variables) {
    return report(load_file(whole_file(section), variables).problems);
}

Model model_of(std::string_view section, const Variables& variables) {
    Loaded loaded = load_file(whole_file(section), variables);
    EXPECT_FALSE(has_errors(loaded.problems)) << report(loaded.problems);
    return loaded.model ? std::move(*loaded.model) : Model{};
}

std::string write_file(const std::string& name, std::string_view content) {
    std::string path = testing::TempDir() + "claimgate_config_" + name;
    std::ofstream(path, std::ios::binary) << content;
    return path;
}

} // namespace config::test
