#include "config/load.hpp"

#include "config/complete.hpp"
#include "config/decode/areas.hpp"
#include "config/files.hpp"
#include "config/validate.hpp"
#include "config/variables.hpp"
#include "config/yaml.hpp"

#include <cstdlib>

namespace config {
namespace {

constexpr std::size_t max_problems = 500; // more help nobody, and a hostile file could have 100,000

void sort_and_cut(Problems& problems) {
    sort_by_place(problems);
    if (problems.size() <= max_problems) return;
    const std::size_t left_out = problems.size() - max_problems;
    // What is cut may hold the errors among many warnings: the last word keeps the file refused.
    const bool is_refused = has_errors(problems);
    const std::string file = problems.front().file;
    problems.resize(max_problems);
    problems.push_back({.severity = is_refused ? Severity::error : Severity::warning,
                        .file = file,
                        .at = problems.back().at,
                        .message = "and " + std::to_string(left_out) + " more",
                        .name = is_refused ? "" : "more"});
}

} // namespace

Environment process_environment() {
    return [](const std::string& name) -> std::optional<std::string> {
        const char* value = std::getenv(name.c_str());
        if (!value) return std::nullopt;
        return std::string(value);
    };
}

Loaded load(const std::string& path, const Environment& environment) {
    const FileText file = read_file(path, max_file_bytes);
    if (file.text) return load_text(*file.text, path, environment);
    Loaded loaded;
    loaded.problems.push_back(
        {.file = path, .at = {}, .message = "this file cannot be read: " + file.error});
    return loaded;
}

Admin load_admin(const std::string& path, const Environment& environment) {
    Problems unsaid;
    Model model;
    model.file = path;
    const FileText file = read_file(path, max_file_bytes);
    std::optional<Node> root = file.text ? parse_yaml(*file.text, path, unsaid) : std::nullopt;
    if (root) {
        replace_variables(*root, environment, path, unsaid);
        decode::Decoder decoder(path, unsaid);
        for (const Member& member : root->members)
            if (member.key == "admin") decode::read_admin(decoder, member, model);
    }
    complete(model);
    return std::move(model.admin);
}

Loaded load_text(std::string_view yaml, const std::string& path, const Environment& environment) {
    Loaded loaded;
    std::optional<Node> root = parse_yaml(yaml, path, loaded.problems);
    if (root) {
        replace_variables(*root, environment, path, loaded.problems);
        Model& model = loaded.model.emplace();
        model.file = path;
        decode::Decoder decoder(path, loaded.problems);
        decode::read_model(decoder, *root, model);
        complete(model);
        validate(model, decoder.references(), loaded.problems);
    }
    if (has_errors(loaded.problems)) loaded.model.reset();
    sort_and_cut(loaded.problems);
    return loaded;
}

} // namespace config
