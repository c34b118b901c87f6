#pragma once

// A request to the admin endpoint and the answer to it, as far as pages need them. Protocol details
// are endpoint.cpp's.

#include <string>
#include <string_view>

namespace gateway::admin {

struct Request {
    std::string method, target, host;
    std::size_t hosts = 0;     ///< Host fields
    std::string authorization; ///< the field; empty unless it was sent once
    bool has_body = false;     ///< one was sent, or announced
    std::string body;          ///< of a POST
    bool is_http_1_0 = false;
    /// Canonical path of the configuration that the gateway is believed to run with; empty: any.
    std::string configuration;
};

struct Response {
    unsigned status = 200;
    std::string_view content_type = "application/json";
    std::string body;
    std::string allow;        ///< for 405
    bool wants_token = false; ///< for 401: a bearer token is asked for
};

/// The field that carries Request::configuration, as it is.
inline constexpr std::string_view configuration_field = "Claimgate-Configuration";

/// {"status":"TITLE"}, and a `detail` where there is one.
Response refuse(unsigned status, std::string_view title, std::string_view detail = {});

} // namespace gateway::admin
