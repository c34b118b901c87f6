#include "tests/support/many_routes.hpp"

#include <array>
#include <string_view>

namespace support {

namespace {

struct Form {
    std::string_view pattern, path;
};

constexpr std::array<Form, 4> forms = {{
    {"/settings", "/settings"},
    {"/items/{id:int}", "/items/4711"},
    {"/items/{id:uuid}/notes/{note}", "/items/6fa1c0de-0c1d-4e2f-8a3b-4c5d6e7f8091/notes/first"},
    {"/files/**", "/files/2024/11/report.pdf"},
}};

constexpr std::size_t routes_of_a_service = 20;

std::string base_of(std::size_t i) {
    return "/service-" + std::to_string(i / routes_of_a_service) + "/part-" +
           std::to_string(i % routes_of_a_service);
}

} // namespace

std::string many_routes(std::size_t count) {
    std::string text = "listeners: [{ bind: 127.0.0.1:0 }]\n"
                       "issuers: { main: { issuer: https://id.example.com, audience: api } }\n"
                       "upstreams: { app: { targets: [http://127.0.0.1:1] } }\n"
                       "policies:\n"
                       "  staff: { any: [{ roles: [support] }, { groups: [sales] }] }\n"
                       "routes:\n";
    for (std::size_t i = 0; i < count; ++i)
        text += "  - path: " + base_of(i) + std::string(forms[i % forms.size()].pattern) +
                "\n    upstream: app\n    access: { policy: staff, claims: { tenant: t" +
                std::to_string(i) + " } }\n";
    return text;
}

std::string path_of_route(std::size_t i) {
    return base_of(i) + std::string(forms[i % forms.size()].path);
}

} // namespace support
