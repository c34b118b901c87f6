#pragma once

// Asks the gateway that runs with a configuration file, over its admin socket. Blocks until the
// answer is here or the deadline is over.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace gateway::cli {

struct AdminReply {
    unsigned status = 0;
    std::string body; ///< at most 64 MiB
};

struct AdminRequest {
    std::string_view method = "GET"; ///< or POST
    std::string_view target;
    std::string_view body = {}; ///< of a POST, JSON
    std::chrono::seconds deadline{30};
};

/// Nothing when there is no answer; then `problem` says why, with the socket's path. The socket is
/// found by the `admin` of the file, whatever else is wrong with that file; a gateway that listens
/// there but runs with another file refuses. Does not throw.
std::optional<AdminReply> ask_admin(const std::string& config_file, const AdminRequest& request,
                                    std::string& problem);

} // namespace gateway::cli
