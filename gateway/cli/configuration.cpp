#include "gateway/cli/configuration.hpp"

#include "config/load.hpp"
#include "gateway/tls/context.hpp"
#include "policy/snapshot.hpp"

#include <fstream>
#include <iterator>

namespace gateway::cli {

Configuration load_configuration(const std::string& path) {
    Configuration found;
    std::ifstream file(path, std::ios::binary);
    found.source.assign(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    config::Loaded loaded = config::load(path);
    found.problems = std::move(loaded.problems);
    if (!loaded.model) return found;
    found.model = std::make_shared<const config::Model>(std::move(*loaded.model));
    policy::Snapshot::compile(found.model, {}, found.problems);
    for (tls::CertificateProblem& problem : tls::check_certificates(*found.model))
        found.problems.push_back({.severity = config::Severity::error,
                                  .file = found.model->file,
                                  .at = problem.at,
                                  .message = std::move(problem.message)});
    return found;
}

} // namespace gateway::cli
