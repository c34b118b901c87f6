#include "gateway/cli/test/workspace.hpp"

#include "config/files.hpp"
#include "config/load.hpp"
#include "config/text.hpp"
#include "config/yaml.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace gateway::cli::test {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view ending = ".test.yaml";

void add_directory(const std::string& path, std::vector<std::string>& out) {
    std::error_code error;
    std::vector<std::string> found;
    fs::recursive_directory_iterator at(path, fs::directory_options::skip_permission_denied, error);
    for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
        const std::string name = at->path().filename().string();
        if (name.starts_with('.')) {
            at.disable_recursion_pending();
            continue;
        }
        std::error_code ignored;
        if (name.ends_with(ending) && at->is_regular_file(ignored))
            found.push_back(at->path().lexically_normal().string());
    }
    std::ranges::sort(found);
    out.insert(out.end(), found.begin(), found.end());
}

std::string config_of(const config::suite::Suite& suite, const Selection& selection) {
    if (!selection.config.empty()) return selection.config;
    if (!suite.config.empty()) return suite.config.text;
    return config::resolve_path(config::directory_of(suite.file), "claimgate.yaml");
}

/// What the test file sets goes before what the environment holds: the same everywhere.
config::Environment environment_of(const Project& project) {
    return [&project, process = config::process_environment()](const std::string& name) {
        for (const auto& [known, value] : project.variables)
            if (known == name) return std::optional(value);
        return process(name);
    };
}

std::string read_source(const std::string& path) {
    return config::read_file(path, config::max_file_bytes).text.value_or(std::string());
}

void keep_errors(config::Problems& problems) {
    std::erase_if(problems, [](const config::Problem& problem) {
        return problem.severity != config::Severity::error;
    });
}

class Loader {
public:
    explicit Loader(const Selection& selection) : selection_(selection) {}

    Workspace load() {
        out_.files = find_test_files(selection_.files);
        for (const std::string& file : out_.files) load_suite(file);
        for (Project& project : out_.projects) load_project(project);
        return std::move(out_);
    }

private:
    void report(config::Problems problems, std::string source, bool of_tests = false) {
        keep_errors(problems);
        if (!problems.empty())
            out_.problems.push_back({std::move(problems), std::move(source), of_tests});
    }

    void load_suite(const std::string& file) {
        config::suite::Loaded loaded = config::suite::load(file);
        if (!loaded.suite)
            return report(std::move(loaded.problems), std::move(loaded.source), true);
        auto suite = std::make_unique<config::suite::Suite>(std::move(*loaded.suite));
        project_of(*suite).suites.push_back(std::move(suite));
    }

    Project& project_of(const config::suite::Suite& suite) {
        const std::string file = config_of(suite, selection_);
        for (Project& project : out_.projects)
            if (project.file == file && project.variables == suite.variables) return project;
        Project& made = out_.projects.emplace_back();
        made.file = file;
        made.variables = suite.variables;
        return made;
    }

    void load_project(Project& project) {
        config::Loaded loaded = config::load(project.file, environment_of(project));
        project.source = read_source(project.file);
        if (loaded.model)
            for (const config::Issuer& issuer : loaded.model->issuers)
                if (!issuer.keys.path.empty()) project.key_files.push_back(issuer.keys.path);
        if (loaded.model)
            project.rehearsal = policy::Rehearsal::make(*loaded.model, loaded.problems);
        if (!project.rehearsal) return report(std::move(loaded.problems), project.source);
        for (const auto& suite : project.suites) add_cases(project, *suite);
        const bool wants_own_keys = std::ranges::any_of(project.cases, &Case::own_keys);
        if (!wants_own_keys) return;
        project.own_keys = policy::Snapshot::compile(
            std::make_shared<const config::Model>(std::move(*loaded.model)), {}, loaded.problems);
        if (!project.own_keys) report(std::move(loaded.problems), project.source);
    }

    void add_cases(Project& project, const config::suite::Suite& suite) {
        config::Problems problems;
        for (Case& made : make_cases(suite, *project.rehearsal, problems))
            if (is_selected(made)) project.cases.push_back(std::move(made));
        std::ranges::stable_sort(problems, {}, [](const config::Problem& problem) {
            return std::pair(problem.at.line, problem.at.column);
        });
        if (!problems.empty()) report(std::move(problems), read_source(suite.file), true);
    }

    bool is_selected(const Case& made) const {
        if (selection_.pattern.empty()) return true;
        return config::lower_case(made.settings->name)
                   .find(config::lower_case(selection_.pattern)) != std::string::npos;
    }

    const Selection& selection_;
    Workspace out_;
};

} // namespace

std::vector<std::string> find_test_files(const std::vector<std::string>& arguments) {
    std::vector<std::string> files;
    for (const std::string& argument : arguments) {
        std::error_code ignored;
        if (fs::is_directory(argument, ignored))
            add_directory(argument, files);
        else
            files.push_back(argument);
    }
    return files;
}

Workspace load_workspace(const Selection& selection) { return Loader(selection).load(); }

} // namespace gateway::cli::test
