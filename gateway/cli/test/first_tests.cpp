#include "gateway/cli/test/first_tests.hpp"

#include "config/json_string.hpp"
#include "config/suite/suite.hpp"
#include "gateway/cli/test/run.hpp"
#include "gateway/cli/test/solve.hpp"
#include "gateway/cli/test/values.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace gateway::cli::test {
namespace {

using config::Access;

/// Writes the tests of one route after another, and keeps those that come out as they should.
class Writer {
public:
    Writer(const policy::Rehearsal& rehearsal, const std::string& config)
        : rehearsal_(rehearsal), model_(rehearsal.snapshot()->model()) {
        out_.yaml = "# Policy tests, written by `claimgate test --init`. Run them with `claimgate "
                    "test`.\nconfig: " +
                    yaml_text(config) + "\n\ntests:\n";
    }

    FirstTests write() {
        for (const config::Route& route : model_.routes) write_route(route);
        return std::move(out_);
    }

private:
    void write_route(const config::Route& route) {
        seen_.clear();
        out_.yaml +=
            "  # " + route.name + (route.name == route.path ? "" : ": " + route.path) + '\n';
        write_allowed(route);
        if (route.access != Access::everyone && route.access != Access::optional)
            add_refused(route, "without a token", sketch_of(route, 0, {}), Bearer::nobody);
        if (route.access == Access::rule)
            for (const Omission& omission : omissions_of(route.rule, model_))
                add_refused(route, "refused without " + omission.what,
                            sketch_of(route, 0, omission), Bearer::token);
        write_other_method(route);
        write_other_host(route);
        out_.yaml += '\n';
    }

    void write_allowed(const config::Route& route) {
        const bool needs_token =
            route.access == Access::rule || route.access == Access::authenticated;
        const std::size_t attempts =
            route.access == Access::rule ? alternatives_of(route.rule, model_) : 1;
        std::size_t found = 0;
        for (std::size_t i = 0; i < attempts; ++i) {
            const std::string name =
                found == 0 ? "allowed" : "allowed, way " + std::to_string(found + 1);
            const Bearer bearer = needs_token ? Bearer::token : Bearer::nobody;
            const Sketch sketch = sketch_of(route, i, {});
            // Claims beyond the rule could spoil it: then without what the headers would show.
            found += std::size_t{add_allowed(route, name, with_headers(route, sketch), bearer) ||
                                 add_allowed(route, name, sketch, bearer)};
        }
        if (route.access == Access::optional)
            add_allowed(route, "allowed with a token", with_headers(route, sketch_of(route, 0, {})),
                        Bearer::token);
        if (found > 0) return;
        ++out_.unsolved;
        out_.yaml += "  # No request was found that this route lets through: its rule asks for "
                     "something that\n  # cannot be guessed. Write one:\n"
                     "  # - name: " +
                     route.name + ": allowed\n  #   request: " +
                     (route.methods.empty() ? "GET" : route.methods.front()) + ' ' + route.path +
                     "\n  #   token: { claims: { sub: ada } }\n  #   expect: allow\n";
    }

    /// A method that the route does not take, where no other route takes it either.
    void write_other_method(const config::Route& route) {
        if (route.methods.empty()) return;
        for (const char* method : {"DELETE", "PATCH", "PUT", "POST"}) {
            if (std::ranges::find(route.methods, method) != route.methods.end()) continue;
            Sketch sketch = sketch_of(route, 0, {});
            sketch.method = method;
            const auto observed = observe(sketch, Bearer::nobody);
            if (!observed || observed->reason != policy::Reason::method_not_allowed) continue;
            add(route, "has no " + sketch.method, to_yaml(sketch, Bearer::nobody, model_),
                "{ status: 405 }");
            return;
        }
    }

    void write_other_host(const config::Route& route) {
        if (route.hosts.empty()) return;
        Sketch sketch = sketch_of(route, 0, {});
        sketch.host = "elsewhere.example";
        const auto observed = observe(sketch, Bearer::nobody);
        if (observed && observed->reason == policy::Reason::no_route)
            add(route, "not for another host", to_yaml(sketch, Bearer::nobody, model_),
                "{ status: 404 }");
    }

    /// With claims for all that the route tells its upstream.
    static Sketch with_headers(const config::Route& route, Sketch sketch) {
        Values values(route, sketch);
        for (const config::ForwardHeader& header : route.forward.headers)
            values.value({{}, header.value});
        return sketch;
    }

    Sketch sketch_of(const config::Route& route, std::size_t attempt, const Omission& omission) {
        Sketch sketch = make_sketch(route, issuer_of(route));
        if (route.access == Access::rule)
            solve(route.rule, model_, route, attempt, omission, sketch);
        return sketch;
    }

    const config::Issuer* issuer_of(const config::Route& route) const {
        for (const config::Issuer& issuer : model_.issuers)
            if (route.issuers.empty() ||
                std::ranges::find(route.issuers, issuer.name) != route.issuers.end())
                return &issuer;
        return nullptr;
    }

    bool add_allowed(const config::Route& route, const std::string& name, const Sketch& sketch,
                     Bearer bearer) {
        const auto observed = observe(sketch, bearer);
        if (!observed || !observed->allowed || !is_of(route, *observed)) return false;
        std::string headers;
        for (const config::ForwardHeader& header : route.forward.headers) {
            const std::string value = value_of(*observed, header.name);
            headers += (headers.empty() ? "" : ", ") + yaml_text(header.name) + ": " +
                       (value.empty() ? "null" : yaml_text(value));
        }
        add(route, name, to_yaml(sketch, bearer, model_),
            "{ verdict: allow, route: " + yaml_text(route.name) +
                (headers.empty() ? "" : ", headers: { " + headers + " }") + " }");
        return true;
    }

    void add_refused(const config::Route& route, const std::string& name, const Sketch& sketch,
                     Bearer bearer) {
        const auto observed = observe(sketch, bearer);
        if (!observed || observed->allowed || !is_of(route, *observed)) return;
        add(route, name, to_yaml(sketch, bearer, model_),
            "{ status: " + std::to_string(observed->status) +
                ", reason: " + std::string(policy::info(observed->reason).name) + " }");
    }

    /// Once for each request: two ways to the same one are one test.
    void add(const config::Route& route, const std::string& name, const std::string& request,
             const std::string& expect) {
        if (!seen_.insert(request).second) return;
        ++out_.tests;
        out_.yaml += "  - name: " + name_text(route.name + ": " + name) + '\n' + request +
                     "    expect: " + expect + '\n';
    }

    static std::string name_text(const std::string& name) { return config::json_string(name); }

    /// What comes of it, by way of the same text that is written.
    std::optional<Observed> observe(const Sketch& sketch, Bearer bearer) {
        const std::string text =
            "tests:\n  - name: x\n" + to_yaml(sketch, bearer, model_) + "    expect: allow\n";
        const config::suite::Loaded loaded = config::suite::load_text(text, "init");
        if (!loaded.suite) return std::nullopt;
        config::Problems problems;
        const std::vector<Case> cases = make_cases(*loaded.suite, rehearsal_, problems);
        if (!problems.empty() || cases.empty()) return std::nullopt;
        return runner_.run(cases.front(), *rehearsal_.snapshot(), nullptr);
    }

    bool is_of(const config::Route& route, const Observed& observed) const {
        return observed.route && &model_.routes[*observed.route] == &route;
    }

    static std::string value_of(const Observed& observed, const std::string& name) {
        for (const auto& [known, value] : observed.headers)
            if (policy::iequals(known, name)) return value;
        return {};
    }

    const policy::Rehearsal& rehearsal_;
    const config::Model& model_;
    FirstTests out_;
    std::set<std::string> seen_;
    Runner runner_;
};

} // namespace

FirstTests write_first_tests(const policy::Rehearsal& rehearsal, const std::string& config) {
    return Writer(rehearsal, config).write();
}

} // namespace gateway::cli::test
