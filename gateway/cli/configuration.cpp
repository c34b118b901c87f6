#include "gateway/cli/configuration.hpp"

#include "config/load.hpp"
#include "gateway/candidate.hpp"
#include "gateway/tls/context.hpp"
#include "policy/review/review.hpp"
#include "policy/snapshot.hpp"

#include <cstddef>
#include <fstream>
#include <iterator>

namespace gateway::cli {
namespace {

/// What only shows when rules, keys and certificates are taken as `run` would take them.
/// False when rules could not be taken, so that warnings were not looked for.
bool compile(const std::shared_ptr<const config::Model>& model, config::Problems& problems) {
    const auto snapshot = policy::Snapshot::compile(model, {}, problems);
    if (snapshot) {
        config::Problems warnings = policy::review::warnings_of(*snapshot);
        problems.insert(problems.end(), std::make_move_iterator(warnings.begin()),
                        std::make_move_iterator(warnings.end()));
    }
    for (tls::CertificateProblem& problem : tls::check_certificates(*model))
        problems.push_back({.severity = config::Severity::error,
                            .file = model->file,
                            .at = problem.at,
                            .message = std::move(problem.message)});
    if (const auto candidate = load_candidate(*model, problems))
        compile_candidate(candidate, *model, {}, problems);
    return snapshot != nullptr;
}

} // namespace

std::string read_source(const std::string& path) {
    constexpr std::size_t limit = 4 * 1024 * 1024;
    std::ifstream file(path, std::ios::binary);
    std::string text(limit, '\0');
    file.read(text.data(), limit);
    text.resize(static_cast<std::size_t>(file.gcount()));
    return text;
}

Configuration load_configuration(const std::string& path) {
    Configuration found;
    config::Loaded loaded = config::load(path);
    found.problems = std::move(loaded.problems);
    if (loaded.model) {
        found.model = std::make_shared<const config::Model>(std::move(*loaded.model));
        found.is_whole = compile(found.model, found.problems);
        config::sort_by_place(found.problems);
    }
    if (!found.problems.empty()) found.source = read_source(path);
    return found;
}

} // namespace gateway::cli
