#include "gateway/admin/response.hpp"

#include "policy/json.hpp"

namespace gateway::admin {

Response refuse(unsigned status, std::string_view title, std::string_view detail) {
    Response response;
    response.status = status;
    response.body = "{\"status\":";
    policy::append_json_string(response.body, title);
    if (!detail.empty()) {
        response.body += ",\"detail\":";
        policy::append_json_string(response.body, detail);
    }
    response.body += "}\n";
    return response;
}

} // namespace gateway::admin
