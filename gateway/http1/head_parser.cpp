#include "gateway/http1/head_parser.hpp"

#include "gateway/http1/head_scan.hpp"
#include "gateway/http1/request_rules.hpp"
#include "gateway/http1/response_rules.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>

#include <algorithm>
#include <limits>

namespace gateway::http1 {

namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;
using Text = boost::beast::string_view;
using policy::Reason;

std::string_view view(Text text) { return {text.data(), text.size()}; }

/// Splits one whole head. It never sees a body: put() returns after the blank line, because the
/// parser is not eager. Folding was refused before, so every view that Beast hands out looks into
/// `input`.
template <bool is_request, class Head>
class Splitter final : public http::basic_parser<is_request> {
public:
    Splitter(std::span<char> input, const HeadLimits& limits, Head& head)
        : input_(input), limits_(limits), head_(head) {
        this->header_limit(std::numeric_limits<std::uint32_t>::max()); // the scan has kept ours
        this->body_limit(boost::none);
    }

    /// Nothing: `head` is filled.
    std::optional<Reason> split(std::string_view text) {
        error_code error;
        this->put(boost::asio::buffer(text.data(), text.size()), error);
        if (error || !this->is_header_done()) return reason_;
        return {};
    }

private:
    void on_request_impl(http::verb, Text method, Text target, int version, error_code&) override {
        if constexpr (is_request) {
            head_.method = view(method);
            head_.target = view(target);
            head_.minor_version = version % 10;
        }
    }

    void on_response_impl(int status, Text phrase, int version, error_code&) override {
        if constexpr (!is_request) {
            head_.status = status;
            head_.reason = view(phrase);
            head_.minor_version = version % 10;
        }
    }

    void on_field_impl(http::field, Text name, Text value, error_code& error) override {
        const bool room = head_.fields.size() < limits_.fields && value.size() <= limits_.value;
        char* const at = input_.data() + (name.data() - input_.data());
        std::transform(at, at + name.size(), at, policy::to_lower);
        if (room && head_.fields.push(view(name), view(value), policy::field_id(view(name))))
            return;
        reason_ = Reason::head_too_large;
        error = http::error::header_limit;
    }

    void on_header_impl(error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
    std::size_t on_body_impl(Text, error_code&) override { return 0; }
    void on_chunk_header_impl(std::uint64_t, Text, error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, Text, error_code&) override { return 0; }
    void on_finish_impl(error_code&) override {}

    std::span<char> input_;
    const HeadLimits& limits_;
    Head& head_;
    Reason reason_ = Reason::bad_request;
};

HeadResult refuse(Reason reason) { return {HeadResult::Kind::refused, 0, reason}; }

/// Scans and splits; what is left to do is to apply the rules of the message.
template <bool is_request, class Head>
HeadResult read_head(std::span<char> input, std::size_t& scanned, const HeadLimits& limits,
                     Head& head) {
    const std::string_view text(input.data(), input.size());
    const HeadScan scan =
        scan_head(text, scanned, limits, is_request ? StartLine::request : StartLine::status);
    if (scan.result.kind != HeadResult::Kind::complete) return scan.result;
    head.clear();
    Splitter<is_request, Head> splitter(input, limits, head);
    const auto fault = splitter.split(text.substr(scan.begin, scan.result.size - scan.begin));
    return fault ? refuse(*fault) : scan.result;
}

} // namespace

HeadResult parse_request_head(std::span<char> input, std::size_t& scanned, const HeadLimits& limits,
                              policy::RequestHead& head) {
    const HeadResult result = read_head<true>(input, scanned, limits, head);
    if (result.kind != HeadResult::Kind::complete) return result;
    const auto fault = apply_request_rules(input, head);
    return fault ? refuse(*fault) : result;
}

HeadResult parse_response_head(std::span<char> input, std::size_t& scanned,
                               const HeadLimits& limits, std::string_view request_method,
                               policy::ResponseHead& head) {
    const HeadResult result = read_head<false>(input, scanned, limits, head);
    if (result.kind == HeadResult::Kind::need_more) return result;
    if (result.kind == HeadResult::Kind::refused || !apply_response_rules(request_method, head))
        return refuse(Reason::upstream_invalid);
    return result;
}

} // namespace gateway::http1
