#include "config/validate.hpp"

#include "config/issuer_pattern.hpp"
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
    void check_tenants();
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
        if (url.empty() || issuer.tenant) return; // those are compared below
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

std::vector<std::string_view> values_of_iss(const Issuer& issuer) {
    std::vector<std::string_view> values = {issuer.issuer};
    values.insert(values.end(), issuer.other_issuers.begin(), issuer.other_issuers.end());
    return values;
}

/// Whether `iss`, which holds no `{tenant}`, is one that fits the pattern.
bool fits(const Issuer& issuer, const IssuerPattern& pattern, std::string_view iss) {
    const auto tenant = find_tenant(pattern, iss);
    if (!tenant || tenant->empty()) return tenant.has_value();
    return issuer.tenant->any ||
           std::binary_search(issuer.tenant->one_of.begin(), issuer.tenant->one_of.end(), *tenant,
                              std::less<>());
}

/// The same for every value that `a` has of one form.
bool has_one_that_fits(const Issuer& a, const IssuerPattern& of_a, const Issuer& b,
                       const IssuerPattern& of_b) {
    return std::ranges::any_of(a.tenant->one_of, [&](const std::string& tenant) {
        return fits(b, of_b, std::string(of_a.before) + tenant + std::string(of_a.after));
    });
}

/// Whether one `iss` may be a value of both.
bool may_share(const Issuer& a, std::string_view value_of_a, const Issuer& b,
               std::string_view value_of_b) {
    const auto of_a = parse_issuer_pattern(value_of_a), of_b = parse_issuer_pattern(value_of_b);
    if (!of_a.has_tenant)
        return of_b.has_tenant ? fits(b, of_b, value_of_a) : value_of_a == value_of_b;
    if (!of_b.has_tenant) return fits(a, of_a, value_of_b);
    if (!may_meet(of_a, of_b)) return false;
    if (!a.tenant->any) return has_one_that_fits(a, of_a, b, of_b);
    return b.tenant->any || has_one_that_fits(b, of_b, a, of_a);
}

bool may_share(const Issuer& a, const Issuer& b) {
    for (const std::string_view value_of_a : values_of_iss(a))
        for (const std::string_view value_of_b : values_of_iss(b))
            if (may_share(a, value_of_a, b, value_of_b)) return true;
    return false;
}

/// A broken issuer has said so already, and its patterns may lack what is read here.
bool is_whole(const Issuer& issuer) {
    return std::ranges::none_of(values_of_iss(issuer), [&](std::string_view value) {
        return value.empty() || (parse_issuer_pattern(value).has_tenant && !issuer.tenant);
    });
}

void Validator::check_tenants() {
    for (const Issuer& issuer : model_.issuers) {
        if (!issuer.tenant) continue;
        for (const Issuer& other : model_.issuers) {
            const bool is_seen = &other == &issuer || (other.tenant && &other < &issuer);
            if (is_seen || !is_whole(issuer) || !is_whole(other)) continue;
            if (may_share(issuer, other))
                error(issuer.at,
                      "a token may be of the issuer " + in_backticks(issuer.name) + " and of " +
                          in_backticks(other.name) + " in " + in_line(other.at),
                      "a token must belong to exactly one of them");
        }
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
    validator.check_tenants();
    validator.check_route_names();
    validator.check_tokens();
    validator.check_binds();
}

} // namespace config
