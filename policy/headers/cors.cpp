#include "policy/headers/cors.hpp"

#include <algorithm>

namespace policy::headers {

namespace {

void push(ResponseHead& response, std::string_view name, std::string_view value) {
    // A response without room keeps its own fields: without ours, the browser shows it to nobody.
    if (!value.empty()) response.fields.push(name, value, field_id(name));
}

/// What Access-Control-Allow-Origin says; empty when this origin is not allowed.
std::string_view allowed_origin(const config::Cors& cors, const RequestHead& request) {
    const Field* const origin = request.fields.find(FieldId::origin);
    if (!origin || request.fields.count(FieldId::origin) != 1) return {};
    for (const std::string& allowed : cors.origins)
        if (allowed == "*" || allowed == origin->value) return allowed;
    return {};
}

bool add_origin(const config::Cors& cors, const RequestHead& request, ResponseHead& response) {
    const std::string_view origin = allowed_origin(cors, request);
    // Also without Origin: a cache must not give this answer to a page elsewhere.
    if (cors.origins.size() != 1 || cors.origins.front() != "*") push(response, "vary", "Origin");
    if (origin.empty()) return false;
    push(response, "access-control-allow-origin", origin);
    if (cors.credentials) push(response, "access-control-allow-credentials", "true");
    return true;
}

} // namespace

std::string_view preflight_method(const RequestHead& request) {
    if (request.method != "OPTIONS" || !request.fields.find(FieldId::origin)) return {};
    const Field* const method = request.fields.find(FieldId::access_control_request_method);
    return method ? method->value : std::string_view{};
}

void add_cors(const route::Route& route, const RequestHead& request, ResponseHead& response) {
    if (!route.settings->cors) return;
    for (Field& field : response.fields.all())
        field.dropped |= field.name.starts_with("access-control-");
    if (add_origin(*route.settings->cors, request, response))
        push(response, "access-control-expose-headers", route.cors.expose);
}

void add_preflight(const route::Route& route, const RequestHead& request, ResponseHead& response) {
    if (!route.settings->cors) return;
    if (!add_origin(*route.settings->cors, request, response)) return;
    push(response, "access-control-allow-methods", route.cors.methods);
    push(response, "access-control-allow-headers", route.cors.headers);
    push(response, "access-control-max-age", route.cors.max_age);
}

} // namespace policy::headers
