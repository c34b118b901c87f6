#include "gateway/cli/explain_request.hpp"

#include "gateway/cli/input.hpp"
#include "gateway/http1/head_parser.hpp"

#include <algorithm>

namespace gateway::cli {
namespace {

/// A line end inside an argument would be another line of the head.
bool has_line_end(std::string_view text) {
    return text.find_first_of("\r\n") != std::string_view::npos;
}

bool is_host(std::string_view header) {
    return policy::iequals(header.substr(0, header.find(':')), "host");
}

/// An error text, or empty.
std::string check_arguments(const RequestOptions& options) {
    for (const std::string* text : {&options.method, &options.path, &options.host})
        if (has_line_end(*text)) return "an argument holds a line end";
    if (options.path.empty()) return "--path is empty";
    for (const std::string& header : options.headers)
        if (has_line_end(header) || header.find(':') == std::string::npos ||
            header.starts_with(':'))
            return "--header wants 'Name: value', not " + header;
    return {};
}

std::string write_head(const RequestOptions& options, const std::string& token) {
    std::string bytes = options.method + ' ' + options.path + " HTTP/1.1\r\n";
    if (std::ranges::none_of(options.headers, is_host)) bytes += "Host: " + options.host + "\r\n";
    if (!token.empty()) bytes += "Authorization: Bearer " + token + "\r\n";
    for (const std::string& header : options.headers) bytes += header + "\r\n";
    return bytes + "\r\n";
}

} // namespace

std::string ExplainedRequest::build(const RequestOptions& options, const config::Model& model,
                                    Console& console) {
    std::string problem = check_arguments(options);
    if (!problem.empty()) return problem;
    std::string token;
    if (!options.token.empty()) {
        const auto read = read_token(options.token, console, problem);
        if (!read) return problem;
        token = *read;
        if (token.empty() || has_line_end(token)) return "--token is empty, or more than one line";
    }
    const auto address = policy::parse_address(options.client);
    if (!address) return "--client wants an IP address, not " + options.client;
    client_ = address->to_string();
    const auto speaks_tls = [](const config::Listener& listener) {
        return listener.tls.has_value();
    };
    peer_ = {.address = *address,
             .text = client_,
             .tls = options.tls.value_or(std::ranges::any_of(model.listeners, speaks_tls))};

    bytes_ = write_head(options, token);
    std::size_t scanned = 0;
    const http1::HeadLimits limits{.bytes = model.limits.head, .fields = model.limits.fields};
    const http1::HeadResult result = http1::parse_request_head(bytes_, scanned, limits, head_);
    if (result.kind == http1::HeadResult::Kind::refused) refusal_ = result.reason;
    return {};
}

policy::Explanation explain_request(const policy::Snapshot& snapshot, ExplainedRequest& request,
                                    policy::TimePoint now) {
    if (request.refusal() == policy::Reason::allowed)
        return policy::explain(snapshot, request.head(), request.peer(), now);
    policy::Explanation refused; // what the parser of heads refuses never reaches a stage
    refused.reason = request.refusal();
    policy::describe_refusal(refused);
    return refused;
}

} // namespace gateway::cli
