#include "config/validate.hpp"

#include "config/text.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace config {
namespace {

using decode::Reference;

class Validator {
public:
    Validator(const Model& model, Problems& problems) : model_(model), problems_(problems) {}

    void check_references(const std::vector<Reference>& references);
    void check_issuers();
    void check_route_names();
    void check_tokens();
    void check_binds();

private:
    void error(Position at, std::string message, std::string hint = {}) {
        problems_.push_back({.file = model_.file,
                             .at = at,
                             .message = std::move(message),
                             .hint = std::move(hint)});
    }

    template <class Named>
    static std::vector<std::string_view> names_of(const std::vector<Named>& all) {
        std::vector<std::string_view> names;
        for (const Named& one : all) names.push_back(one.name);
        return names;
    }

    const Model& model_;
    Problems& problems_;
};

std::string in_line(Position at) { return "line " + std::to_string(at.line); }

/// The names that one kind of reference may use.
struct Names {
    std::string_view what;
    std::vector<std::string_view> list;
    std::unordered_set<std::string_view> set;

    Names(std::string_view w, std::vector<std::string_view> names)
        : what(w), list(std::move(names)), set(list.begin(), list.end()) {}
};

void Validator::check_references(const std::vector<Reference>& references) {
    const Names issuers("issuer", names_of(model_.issuers));
    const Names upstreams("upstream", names_of(model_.upstreams));
    const Names policies("policy", names_of(model_.policies));
    for (const Reference& reference : references) {
        const Names& names = reference.kind == Reference::Kind::issuer     ? issuers
                             : reference.kind == Reference::Kind::upstream ? upstreams
                                                                           : policies;
        if (names.set.contains(reference.name)) continue;
        const std::string what(names.what);
        if (reference.is_secret) {
            error(reference.at, "the value of a variable names no " + what);
            continue;
        }
        std::string hint = did_you_mean(reference.name, names.list);
        if (hint.empty() && names.list.empty()) hint = "this file defines none";
        if (hint.empty() && names.list.size() <= 10) hint = "known: " + one_of(names.list);
        error(reference.at, "there is no " + what + " " + in_backticks(reference.name),
              std::move(hint));
    }
}

void Validator::check_issuers() {
    std::unordered_map<std::string_view, const Issuer*> by_url;
    const auto add = [&](const Issuer& issuer, std::string_view url) {
        if (url.empty()) return;
        const auto [earlier, is_new] = by_url.emplace(url, &issuer);
        if (is_new || earlier->second == &issuer) return;
        error(issuer.at,
              "the issuer " + in_backticks(issuer.name) + " has the same `issuer` as " +
                  in_backticks(earlier->second->name) + " in " + in_line(earlier->second->at),
              "a token must belong to exactly one of them");
    };
    for (const Issuer& issuer : model_.issuers) {
        add(issuer, issuer.issuer);
        for (const std::string& other : issuer.other_issuers) add(issuer, other);
    }
}

void Validator::check_route_names() {
    std::unordered_map<std::string_view, const Route*> by_name;
    for (const Route& route : model_.routes) {
        if (route.name.empty()) continue;
        const auto [earlier, is_new] = by_name.emplace(route.name, &route);
        if (!is_new)
            error(route.at,
                  "this route has the same name as the one in " + in_line(earlier->second->at));
    }
}

/// Said once: it is one mistake, however many routes it touches.
void Validator::check_tokens() {
    if (!model_.issuers.empty()) return;
    for (const Route& route : model_.routes)
        if (route.access != Access::everyone)
            return error(route.at, "this route needs a token, but no issuer is configured",
                         "add one under `issuers`");
}

void Validator::check_binds() {
    std::map<std::pair<std::string_view, std::uint16_t>, Position> taken;
    const auto check = [&](std::string_view address, std::uint16_t port, Position at) {
        if (port == 0 || address.empty()) return; // 0: the kernel finds a free one
        const auto [earlier, is_new] = taken.emplace(std::pair(address, port), at);
        if (!is_new)
            error(at,
                  "this address and port are taken by the listener in " + in_line(earlier->second));
    };
    for (const Listener& listener : model_.listeners)
        check(listener.address, listener.port, listener.at);
    if (model_.admin.enabled && model_.admin.at.line > 0)
        check(model_.admin.address, model_.admin.port, model_.admin.at);
}

} // namespace

void validate(const Model& model, const std::vector<Reference>& references, Problems& problems) {
    Validator validator(model, problems);
    validator.check_references(references);
    validator.check_issuers();
    validator.check_route_names();
    validator.check_tokens();
    validator.check_binds();
}

} // namespace config
