#include "policy/message.hpp"
#include "policy/route/pattern.hpp"
#include "policy/route/table.hpp"
#include "policy/route/trie.hpp"
#include "policy/rule/node.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace policy::route {

namespace {

constexpr std::size_t max_headers = 24; ///< leaves room for ours among Admission::added
constexpr std::size_t max_rule_nodes =
    500'000; ///< of all routes: policies are inlined, so a small file could ask for much memory

std::size_t count_nodes(const rule::Node& node) {
    std::size_t count = 1;
    for (const rule::Node& child : node.children) count += count_nodes(child);
    return count;
}

/// Written by the gateway itself or not forwarded at all; sorted.
constexpr std::array<std::string_view, 16> reserved = {"connection",
                                                       "content-length",
                                                       "expect",
                                                       "host",
                                                       "http2-settings",
                                                       "keep-alive",
                                                       "proxy-authenticate",
                                                       "proxy-authorization",
                                                       "proxy-connection",
                                                       "te",
                                                       "trailer",
                                                       "transfer-encoding",
                                                       "upgrade",
                                                       "x-forwarded-for",
                                                       "x-forwarded-host",
                                                       "x-forwarded-proto"};
static_assert(std::ranges::is_sorted(reserved));

bool is_header_name(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

std::string join(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

class RouteCompiler {
public:
    RouteCompiler(const config::Model& model, config::Problems& problems)
        : model_(model), problems_(problems) {
        for (std::size_t i = 0; i < model.upstreams.size(); ++i)
            upstreams_.emplace(model.upstreams[i].name, i);
    }

    std::unique_ptr<Route> compile(std::size_t index, std::vector<std::string> parameters);

    void error(config::Position at, std::string message, std::string hint = {}) {
        problems_.push_back(
            {config::Severity::error, model_.file, at, std::move(message), std::move(hint), {}});
    }

private:
    void compile_target(Route& route);
    void compile_access(Route& route);
    void compile_headers(Route& route);
    void compile_cors(Route& route);

    const config::Model& model_;
    config::Problems& problems_;
    std::unordered_map<std::string, std::size_t> upstreams_;
    std::size_t rule_nodes_ = 0;
};

std::unique_ptr<Route> RouteCompiler::compile(std::size_t index,
                                              std::vector<std::string> parameters) {
    auto route = std::make_unique<Route>();
    route->settings = &model_.routes[index];
    route->index = index;
    route->parameters = std::move(parameters);
    route->body_limit = route->settings->body_limit.value_or(model_.limits.body);
    for (const std::string_view method : route->settings->methods)
        if (method == "CONNECT" || method == "TRACE" || method == "TRACK" || method == "PRI")
            error(route->settings->at, "the method " + std::string(method) + " is never forwarded");
    compile_target(*route);
    compile_access(*route);
    compile_headers(*route);
    compile_cors(*route);
    return route;
}

void RouteCompiler::compile_target(Route& route) {
    const config::Route& settings = *route.settings;
    const auto upstream = upstreams_.find(settings.upstream);
    if (upstream == upstreams_.end())
        return error(settings.at, "there is no upstream '" + settings.upstream + "'");
    route.upstream = upstream->second;
    route.timeouts = settings.timeouts.value_or(model_.upstreams[route.upstream].timeouts);
}

void RouteCompiler::compile_access(Route& route) {
    const config::Route& settings = *route.settings;
    if (settings.access == config::Access::rule) {
        if (rule_nodes_ > max_rule_nodes) return; // told, and the table is not to be used
        route.rule = rule::Rule::compile(settings.rule, model_, route.parameters, problems_);
        rule_nodes_ += count_nodes(*route.rule.root());
        if (rule_nodes_ > max_rule_nodes)
            error(settings.at, "the rules of all routes together have more than 500,000 entries, "
                               "policies counted wherever they are used");
        route.scope_challenge = route.rule.scopes();
    }
    if (settings.issuers.empty()) return;
    route.issuers.resize(model_.issuers.size());
    for (const std::string& name : settings.issuers) {
        const auto issuer = std::ranges::find(model_.issuers, name, &config::Issuer::name);
        if (issuer == model_.issuers.end())
            error(settings.at, "there is no issuer '" + name + "'");
        else
            route.issuers[static_cast<std::size_t>(issuer - model_.issuers.begin())] = true;
    }
}

void RouteCompiler::compile_headers(Route& route) {
    const auto& headers = route.settings->forward.headers;
    if (headers.size() > max_headers)
        error(headers[max_headers].at, "a route adds at most 24 headers");
    for (const config::ForwardHeader& header : headers) {
        std::string name(header.name);
        std::ranges::transform(name, name.begin(), to_lower);
        if (!is_header_name(name)) error(header.at, "a header's name is letters, digits and '-'");
        if (std::ranges::binary_search(reserved, name))
            error(header.at, "'" + header.name + "' is written by the gateway itself");
        if (std::ranges::find(route.headers, name, &ForwardHeader::name) != route.headers.end())
            error(header.at, "'" + header.name + "' is set twice");
        route.headers.push_back({header.at, std::move(name),
                                 rule::Text::compile(header.value, header.at, route.parameters,
                                                     model_.file, problems_)});
    }
}

void RouteCompiler::compile_cors(Route& route) {
    if (!route.settings->cors) return;
    const config::Cors& cors = *route.settings->cors;
    std::vector<std::string> methods =
        cors.methods.empty() ? route.settings->methods : cors.methods;
    if (methods.empty()) methods = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};
    std::vector<std::string> headers = cors.headers;
    const auto is_authorization = [](const std::string& name) {
        return iequals(name, "authorization");
    };
    if (std::ranges::none_of(headers, is_authorization)) headers.push_back("authorization");
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(cors.max_age).count();
    route.cors = {join(methods), join(headers), join(cors.expose), std::to_string(seconds)};
}

std::string place(const config::Route& route) {
    return "'" + route.path + "' in line " + std::to_string(route.at.line);
}

} // namespace

Table Table::compile(const config::Model& model, config::Problems& problems) {
    Table table;
    table.trie_ = std::make_unique<Trie>();
    RouteCompiler compiler(model, problems);
    for (std::size_t i = 0; i < model.routes.size(); ++i) {
        auto pattern = parse_pattern(model.routes[i], model.file, problems);
        if (!pattern) continue;
        Endpoint& endpoint = table.trie_->endpoint(*pattern);
        table.routes_.push_back(compiler.compile(i, std::move(pattern->parameters)));
        const Route* twin = endpoint.add(*table.routes_.back());
        if (twin)
            compiler.error(model.routes[i].at,
                           "no request can tell this route, " + place(model.routes[i]) + ", from " +
                               place(*twin->settings),
                           "give one of them another path, host or method");
    }
    table.trie_->finish();
    return table;
}

} // namespace policy::route
