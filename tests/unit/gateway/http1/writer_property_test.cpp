// Whatever the writer lets out is one request with one reading (threats 2.13). Checked on heads
// made of hostile pieces by a splitter of this file's own, which shares no code with the writer or
// the parser.

#include "gateway/http1/writer.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace gateway::http1 {

namespace {

using namespace std::string_literals;

struct Line {
    std::string name, value;
};

/// Splits at CRLF; anything that this simple reader does not understand is a failure.
std::vector<Line> read_fields(const std::string& text, std::string& start) {
    std::vector<Line> lines;
    std::size_t at = text.find("\r\n");
    start = text.substr(0, at);
    for (at += 2; at < text.size();) {
        const std::size_t end = text.find("\r\n", at);
        const std::string line = text.substr(at, end - at);
        at = end + 2;
        if (line.empty()) {
            EXPECT_EQ(at, text.size()) << "bytes after the blank line";
            return lines;
        }
        const std::size_t colon = line.find(": ");
        EXPECT_NE(colon, std::string::npos) << line;
        lines.push_back({line.substr(0, colon), line.substr(colon + 2)});
    }
    ADD_FAILURE() << "no blank line";
    return lines;
}

std::string lower(std::string text) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

std::size_t count(const std::vector<Line>& lines, const std::string& name) {
    std::size_t found = 0;
    for (const Line& line : lines) found += lower(line.name) == name ? 1 : 0;
    return found;
}

void check_start_line(const std::string& start) {
    std::istringstream words(start);
    std::string method, target, version, more;
    words >> method >> target >> version;
    EXPECT_EQ(start, method + " " + target + " " + version) << "not three parts and two spaces";
    EXPECT_EQ(version, "HTTP/1.1");
    for (unsigned char c : target) EXPECT_TRUE(c > 0x20 && c < 0x7f && c != '#') << start;
}

void check_bytes(const std::string& text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        EXPECT_TRUE(c != '\r' || text[i + 1] == '\n') << i;
        EXPECT_TRUE(c != '\n' || text[i - 1] == '\r') << i;
        EXPECT_TRUE(c >= 0x20 || c == '\t' || c == '\r' || c == '\n') << int{c};
        EXPECT_NE(c, 0x7f);
    }
}

void check_request(const std::string& text) {
    check_bytes(text);
    std::string start;
    const std::vector<Line> lines = read_fields(text, start);
    check_start_line(start);
    EXPECT_EQ(count(lines, "host"), 1U) << text;
    EXPECT_LE(count(lines, "content-length") + count(lines, "transfer-encoding"), 1U) << text;
    EXPECT_EQ(count(lines, "connection"), 0U) << text;
    for (const Line& line : lines) {
        EXPECT_EQ(line.name.find_first_of(" \t\r\n\"(),/:;<=>?@[\\]{}"), std::string::npos)
            << line.name;
        EXPECT_FALSE(line.name.empty()) << text;
        if (lower(line.name) == "content-length") {
            EXPECT_EQ(line.value.find_first_not_of("0123456789"), std::string::npos) << line.value;
        }
        if (lower(line.name) == "transfer-encoding") {
            EXPECT_EQ(line.value, "chunked");
        }
    }
}

const std::vector<std::string> hostile = {"",
                                          "a",
                                          "g",
                                          "/",
                                          "/a/b",
                                          "GET",
                                          "?x=1",
                                          "x-user",
                                          "ada",
                                          " ",
                                          "\t",
                                          "\r\n",
                                          "\n",
                                          "\r",
                                          "\0"s,
                                          "\x7f",
                                          "a b",
                                          "a\r\nx: y",
                                          "a\r\n\r\nGET / HTTP/1.1\r\n\r\n",
                                          "host",
                                          "Host",
                                          "content-length",
                                          "transfer-encoding",
                                          "connection",
                                          "chunked",
                                          "5",
                                          "\xc3\xa4",
                                          "#",
                                          "a:b",
                                          "a:80",
                                          ":",
                                          "*",
                                          "/?",
                                          "/#",
                                          "[::1]",
                                          "HTTP/1.1"};

class Picker {
public:
    explicit Picker(unsigned seed) : random_(seed) {}
    /// `good` three times out of four, so that whole heads pass often enough to be checked.
    std::string pick(const std::string& good) {
        return below(4) ? good : hostile[below(hostile.size())];
    }
    std::size_t below(std::size_t end) { return random_() % end; }

private:
    std::mt19937 random_;
};

/// One head; empty when the writer refused it.
std::string write_random_request(Picker& picker) {
    std::vector<std::string> memory; // views must not move
    memory.reserve(16);
    const auto keep = [&](const std::string& good) -> std::string_view {
        return memory.emplace_back(picker.pick(good));
    };
    policy::FieldList fields;
    for (std::size_t i = picker.below(4); i > 0; --i) {
        const std::string_view name = keep("x-one");
        fields.push(name, keep("1"), policy::field_id(name));
        fields.all().back().dropped = picker.below(3) == 0;
    }
    std::vector<ExtraField> extra;
    for (std::size_t i = picker.below(3); i > 0; --i) extra.push_back({keep("X-Two"), keep("2")});
    const policy::BodyFraming body{static_cast<policy::BodyFraming::Kind>(picker.below(4)),
                                   picker.below(100)};
    HeadBuffer out;
    if (!write_request_head(out, keep("GET"), keep("/a"), keep(""), keep("g"), fields, extra,
                            body)) {
        EXPECT_TRUE(out.view().empty());
        return {};
    }
    return std::string(out.view());
}

} // namespace

TEST(RequestWriter, LetsOutOnlyRequestsWithOneReading) {
    std::size_t passed = 0;
    for (unsigned seed = 0; seed < 5000; ++seed) {
        Picker picker(seed);
        const std::string text = write_random_request(picker);
        if (text.empty()) continue;
        ++passed;
        check_request(text);
        ASSERT_FALSE(testing::Test::HasFailure()) << "seed " << seed << '\n' << text;
    }
    EXPECT_GT(passed, 500U) << "too few heads were checked";
}

} // namespace gateway::http1
