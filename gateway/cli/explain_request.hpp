#pragma once

// The request that `explain` asks about: written as a client would send it and read by the parser
// of the data path, so that what is refused there is refused here.

#include "config/model.hpp"
#include "gateway/cli/console.hpp"
#include "policy/admission.hpp"
#include "policy/explain.hpp"
#include "policy/message.hpp"
#include "policy/reason.hpp"

#include <optional>
#include <string>
#include <vector>

namespace gateway::cli {

struct RequestOptions {
    std::string method = "GET";
    std::string path; ///< with its query
    std::string host = "localhost";
    std::string client = "127.0.0.1";
    std::string token;                ///< itself, `-` or `@FILE`; empty: none
    std::vector<std::string> headers; ///< "Name: value"
    std::optional<bool> tls;          ///< nothing: where a listener of the configuration speaks it
};

/// Owns the bytes that its head looks into: neither copied nor moved.
class ExplainedRequest {
public:
    ExplainedRequest() = default;
    ExplainedRequest(const ExplainedRequest&) = delete;
    ExplainedRequest& operator=(const ExplainedRequest&) = delete;

    /// An error text when the options are no request, or empty. A request that the parser refuses
    /// is not an error: see refusal().
    std::string build(const RequestOptions& options, const config::Model& model, Console& console);

    /// allowed, or why the parser would not have read it.
    policy::Reason refusal() const { return refusal_; }
    policy::RequestHead& head() { return head_; }
    const policy::Peer& peer() const { return peer_; }

private:
    std::string bytes_;
    std::string client_;
    policy::Reason refusal_ = policy::Reason::allowed;
    policy::RequestHead head_;
    policy::Peer peer_;
};

/// The decision about it; of what the parser of heads refuses, without stages. Nothing is fetched.
policy::Explanation explain_request(const policy::Snapshot& snapshot, ExplainedRequest& request,
                                    policy::TimePoint now);

} // namespace gateway::cli
