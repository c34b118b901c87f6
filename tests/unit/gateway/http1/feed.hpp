#pragma once

// Feeds a head to the parser in every way in which a network may cut it. The answer must not depend
// on the cut.

#include "gateway/http1/head_parser.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>

namespace policy {

inline void PrintTo(Reason reason, std::ostream* out) {
    *out << "Reason #" << static_cast<int>(reason);
}

} // namespace policy

namespace gateway::http1::test {

/// One parse of a response or a request, with the memory that its head looks into.
template <class Head> struct Parsed {
    std::string bytes;
    HeadResult result;
    std::unique_ptr<Head> head = std::make_unique<Head>();
};
using ParsedRequest = Parsed<policy::RequestHead>;
using ParsedResponse = Parsed<policy::ResponseHead>;

/// Parses the first `cut` bytes, then, if more is wanted, `step` more bytes at a time until there
/// are no more.
template <class Head, class Parse>
Parsed<Head> feed(std::string_view text, std::size_t cut, std::size_t step, const Parse& parse) {
    Parsed<Head> parsed{std::string(text), {}};
    std::size_t scanned = 0;
    for (std::size_t size = cut;; size = std::min(size + step, text.size())) {
        parsed.result = parse(std::span(parsed.bytes.data(), size), scanned, *parsed.head);
        if (parsed.result.kind != HeadResult::Kind::need_more || size == text.size()) return parsed;
        EXPECT_EQ(parsed.bytes, text) << "bytes of an unfinished head were changed";
    }
}

/// All at once; and the same in two pieces cut at each position, and byte by byte.
template <class Head, class Parse>
Parsed<Head> feed_every_way(std::string_view text, const Parse& parse) {
    Parsed<Head> whole = feed<Head>(text, text.size(), 1, parse);
    const auto same = [&whole](const HeadResult& other) {
        return other.kind == whole.result.kind && other.size == whole.result.size &&
               (other.kind != HeadResult::Kind::refused || other.reason == whole.result.reason);
    };
    for (std::size_t cut = 0; cut < text.size(); ++cut)
        EXPECT_TRUE(same(feed<Head>(text, cut, text.size(), parse).result)) << "cut at " << cut;
    EXPECT_TRUE(same(feed<Head>(text, 0, 1, parse).result)) << "byte by byte";
    return whole;
}

inline ParsedRequest parse_request(std::string_view text, const HeadLimits& limits = {}) {
    return feed_every_way<policy::RequestHead>(
        text, [&limits](std::span<char> input, std::size_t& scanned, policy::RequestHead& head) {
            return parse_request_head(input, scanned, limits, head);
        });
}

inline ParsedResponse parse_response(std::string_view text, std::string_view method = "GET",
                                     const HeadLimits& limits = {}) {
    return feed_every_way<policy::ResponseHead>(
        text,
        [&limits, method](std::span<char> input, std::size_t& scanned, policy::ResponseHead& head) {
            return parse_response_head(input, scanned, limits, method, head);
        });
}

} // namespace gateway::http1::test
