// Any bytes as a request or a response head: no crash, the same verdict however they are cut, views
// that stay inside the input, and whatever is accepted can be written again as a head that is
// accepted and means the same.

#include "gateway/http1/head_parser.hpp"
#include "gateway/http1/writer.hpp"

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

namespace {

using namespace gateway::http1;

void require(bool fact) {
    if (!fact) std::abort();
}

template <class Head> struct Parsed {
    std::string bytes;
    HeadResult result;
    std::unique_ptr<Head> head = std::make_unique<Head>();
};

HeadResult parse(std::span<char> input, std::size_t& scanned, policy::RequestHead& head) {
    return parse_request_head(input, scanned, {}, head);
}
HeadResult parse(std::span<char> input, std::size_t& scanned, policy::ResponseHead& head) {
    return parse_response_head(input, scanned, {}, "GET", head);
}

template <class Head> Parsed<Head> feed(const std::string& text, std::size_t first) {
    Parsed<Head> parsed{text, {}};
    std::size_t scanned = 0;
    parsed.result = parse(std::span(parsed.bytes.data(), first), scanned, *parsed.head);
    if (parsed.result.kind == HeadResult::Kind::need_more)
        parsed.result = parse(parsed.bytes, scanned, *parsed.head);
    return parsed;
}

bool is_inside(std::string_view part, const std::string& whole) {
    return part.empty() || (part.data() >= whole.data() &&
                            part.data() + part.size() <= whole.data() + whole.size());
}

void check_same(const HeadResult& one, const HeadResult& other) {
    require(one.kind == other.kind && one.size == other.size);
    require(one.kind != HeadResult::Kind::refused || one.reason == other.reason);
}

void check_again(const policy::RequestHead& head) {
    if (!head.target.starts_with('/') || head.authority.empty()) return;
    const std::size_t mark = std::min(head.target.find('?'), head.target.size());
    HeadBuffer out;
    if (!write_request_head(out, head.method, head.target.substr(0, mark), head.target.substr(mark),
                            head.authority, head.fields, {}, head.body)) {
        require(head.target.find('#') != head.target.npos);
        return;
    }
    const auto again = feed<policy::RequestHead>(std::string(out.view()), out.view().size());
    if (again.result.reason == policy::Reason::head_too_large)
        return; // host and framing made it longer
    require(again.result.kind == HeadResult::Kind::complete &&
            again.result.size == out.view().size());
    require(again.head->method == head.method && again.head->target == head.target);
    require(again.head->authority == head.authority);
    require(again.head->body.kind == head.body.kind && again.head->body.length == head.body.length);
}

void check_again(const policy::ResponseHead&) {}

template <class Head> void check(const std::string& text, std::size_t cut) {
    const auto whole = feed<Head>(text, text.size());
    check_same(whole.result, feed<Head>(text, cut).result);
    if (whole.result.kind != HeadResult::Kind::complete) return;
    require(whole.result.size <= text.size());
    for (const policy::Field& field : whole.head->fields.all())
        require(is_inside(field.name, whole.bytes) && is_inside(field.value, whole.bytes));
    check_again(*whole.head);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const std::string text(reinterpret_cast<const char*>(data) + 2, size - 2);
    const std::size_t cut = text.empty() ? 0 : (data[0] * 256U + data[1]) % (text.size() + 1);
    check<policy::RequestHead>(text, cut);
    check<policy::ResponseHead>(text, cut);
    return 0;
}
