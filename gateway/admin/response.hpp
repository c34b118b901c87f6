#pragma once

// A request to the admin listener and the answer to it, as far as pages need them. Protocol details
// are endpoint.cpp's.

#include <string>
#include <string_view>

namespace gateway::admin {

struct Request {
    std::string method, target, host;
    std::size_t hosts = 0; ///< Host fields
    bool has_body = false;
    bool is_http_1_0 = false;
};

struct Response {
    unsigned status = 200;
    std::string_view content_type = "application/json";
    std::string body;
    std::string_view allow; ///< for 405
};

} // namespace gateway::admin
