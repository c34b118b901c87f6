// Each body is fed whole, in two pieces cut at each position, and byte by byte.

#include "gateway/http1/chunk_decoder.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace gateway::http1 {

namespace {

using Kind = ChunkDecoder::Kind;
using namespace std::string_literals;

struct Decoded {
    Kind kind = Kind::need_more;
    std::string body;
    std::size_t consumed = 0;

    bool operator==(const Decoded&) const = default;
};

/// Feeds one piece until the decoder wants more or is at an end.
void feed(ChunkDecoder& decoder, std::string_view piece, Decoded& so_far) {
    for (;;) {
        const ChunkDecoder::Step step = decoder.next(piece);
        so_far.kind = step.kind;
        so_far.consumed += step.consumed;
        so_far.body += step.data;
        piece.remove_prefix(step.consumed);
        if (step.kind != Kind::data) break;
    }
    EXPECT_TRUE(so_far.kind != Kind::need_more || piece.empty());
}

Decoded decode(std::string_view text, std::size_t cut, std::size_t step) {
    ChunkDecoder decoder;
    Decoded decoded;
    feed(decoder, text.substr(0, cut), decoded);
    while (decoded.kind == Kind::need_more && cut < text.size()) {
        feed(decoder, text.substr(cut, step), decoded);
        cut += step;
    }
    EXPECT_EQ(decoder.total(), decoded.body.size());
    return decoded;
}

Decoded decode_every_way(const std::string& text) {
    const Decoded whole = decode(text, text.size(), 1);
    for (std::size_t cut = 0; cut < text.size(); ++cut)
        EXPECT_EQ(decode(text, cut, text.size()), whole) << "cut at " << cut << " of " << text;
    EXPECT_EQ(decode(text, 0, 1), whole) << "byte by byte: " << text;
    return whole;
}

void expect_body(const std::string& text, const std::string& body) {
    const Decoded decoded = decode_every_way(text);
    EXPECT_EQ(decoded.kind, Kind::done) << text;
    EXPECT_EQ(decoded.body, body) << text;
    EXPECT_EQ(decoded.consumed, text.size()) << text;
}

void expect_refused(const std::string& text) {
    EXPECT_EQ(decode_every_way(text).kind, Kind::refused) << text;
}

} // namespace

TEST(ChunkDecoder, PutsChunksTogether) {
    expect_body("0\r\n\r\n", "");
    expect_body("5\r\nhello\r\n0\r\n\r\n", "hello");
    expect_body("1\r\nh\r\n4\r\nello\r\n0\r\n\r\n", "hello");
    expect_body("a\r\n0123456789\r\nA\r\n0123456789\r\n00\r\n\r\n", "01234567890123456789");
    expect_body("0000000000000005\r\nhello\r\n0\r\n\r\n", "hello");
}

TEST(ChunkDecoder, PassesBodiesThatLookLikeFraming) {
    expect_body("7\r\n0\r\n\r\n\r\n\r\n0\r\n\r\n", "0\r\n\r\n\r\n");
}

TEST(ChunkDecoder, LeavesWhatFollows) {
    const std::string body = "5\r\nhello\r\n0\r\n\r\n";
    const Decoded decoded = decode_every_way(body + "GET /treasure HTTP/1.1\r\n\r\n");
    EXPECT_EQ(decoded.kind, Kind::done);
    EXPECT_EQ(decoded.body, "hello");
    EXPECT_EQ(decoded.consumed, body.size());
}

TEST(ChunkDecoder, WantsMoreAtEveryTruncation) {
    const std::string text = "5;a=\"b\\\"c\"\r\nhello\r\n0\r\nX: y\r\n\r\n";
    for (std::size_t size = 0; size < text.size(); ++size)
        EXPECT_EQ(decode_every_way(text.substr(0, size)).kind, Kind::need_more) << size;
    EXPECT_EQ(decode_every_way(text).kind, Kind::done);
}

TEST(ChunkDecoder, HandsOutViewsIntoTheInput) {
    ChunkDecoder decoder;
    const std::string text = "5\r\nhello\r\n";
    const auto step = decoder.next(text);
    EXPECT_EQ(step.kind, Kind::data);
    EXPECT_EQ(step.data.data(), text.data() + 3);
    EXPECT_EQ(step.consumed, 8U);
}

TEST(ChunkDecoder, StaysAtItsEnd) {
    ChunkDecoder done;
    EXPECT_EQ(done.next("0\r\n\r\n").kind, Kind::done);
    EXPECT_EQ(done.next("5\r\n").kind, Kind::done);
    EXPECT_EQ(done.next("5\r\n").consumed, 0U);
    ChunkDecoder refused;
    EXPECT_EQ(refused.next("x").kind, Kind::refused);
    EXPECT_EQ(refused.next("5\r\nhello").kind, Kind::refused);
    refused.reset();
    EXPECT_EQ(refused.next("5\r\nhello").kind, Kind::data);
}

TEST(ChunkDecoder, RefusesSizesThatAreNotPlainHex) {
    for (const std::string& size :
         {"5\n"s, "5\rx"s, "5 \r\n"s, " 5\r\n"s, "+5\r\n"s, "-5\r\n"s, "0x5\r\n"s, "5_0\r\n"s,
          "\r\n"s, "G\r\n"s, ";a\r\n"s, "5\t\r\n"s, "\n"s, "5\0\r\n"s, "\xef\xbc\x95\r\n"s,
          "5,5\r\n"s, "5.\r\n"s, "5h\r\n"s})
        expect_refused(size + "hello\r\n0\r\n\r\n");
}

TEST(ChunkDecoder, RefusesMoreThanSixteenDigits) {
    expect_refused(std::string(40, '0') + "5\r\nhello\r\n0\r\n\r\n");
    expect_refused("10000000000000005\r\nhello\r\n0\r\n\r\n");
    ChunkDecoder decoder;
    EXPECT_EQ(decoder.next("ffffffffffffffff\r\nhello").data, "hello");
    EXPECT_EQ(decoder.total(), 5U);
}

TEST(ChunkDecoder, DropsExtensions) {
    expect_body("5;a\r\nhello\r\n0;b\r\n\r\n", "hello");
    expect_body("5;a=b; c=\"d;e\\\"\\\\\"\r\nhello\r\n0\r\n\r\n", "hello");
    expect_body("5;" + std::string(256, 'a') + "\r\nhello\r\n0\r\n\r\n", "hello");
}

TEST(ChunkDecoder, RefusesExtensionsThatHideALineEnd) {
    for (const std::string& extension :
         {";\n"s, ";"s, ";a\n"s, ";a=\"\n\""s, ";a=\"\r\n\""s, ";a=\"\0\""s, ";a=\""s, ";a=\"\\"s,
          ";a\0"s, ";a\x80"s, ";a(b"s, ";a\x7f"s, ";a\x0b"s})
        expect_refused("5" + extension + "\r\nhello\r\n0\r\n\r\n");
}

TEST(ChunkDecoder, BoundsExtensions) {
    expect_refused("5;" + std::string(257, 'a') + "\r\nhello\r\n0\r\n\r\n");
    expect_refused("5;a=\"" + std::string(257, 'a') + "\"\r\nhello\r\n0\r\n\r\n");
}

TEST(ChunkDecoder, RefusesDataThatIsNotAsLongAsItsSize) {
    expect_refused("5\r\nhello!!\r\n0\r\n\r\n");
    expect_refused("5\r\nhell\r\n0\r\n\r\n");
    expect_refused("5\r\nhello0\r\n\r\n");
    expect_refused("5\r\nhello\n0\r\n\r\n");
    expect_refused("5\r\nhello\rx0\r\n\r\n");
    expect_refused("5\r\nhello\r\n\r\n0\r\n\r\n");
    expect_refused("5\nhello\n0\n\n");
}

TEST(ChunkDecoder, RefusesWhatIsNoTrailer) {
    for (const std::string& trailer :
         {"XX\r\n"s, " X: y\r\n"s, "X: y\r\n z\r\n"s, ": y\r\n"s, "X : y\r\n"s, "X: y\n"s,
          "X: y\rz\r\n"s, "X: \0\r\n"s, "X\x80: y\r\n"s, "\n"s, "\rx"s, "X: \x7f\r\n"s})
        expect_refused("5\r\nhello\r\n0\r\n" + trailer + "\r\n");
}

TEST(ChunkDecoder, DropsTrailers) {
    expect_body("5\r\nhello\r\n0\r\nAuthorization: Bearer x\r\nX-User: admin\r\n"
                "Transfer-Encoding: chunked\r\nContent-Length: 3\r\nEmpty:\r\nO: \xff\r\n\r\n",
                "hello");
}

TEST(ChunkDecoder, BoundsTrailers) {
    const auto trailers = [](std::size_t count, const std::string& one) {
        std::string text = "0\r\n";
        for (std::size_t i = 0; i < count; ++i) text += one + "\r\n";
        return text + "\r\n";
    };
    const auto kind = [](const std::string& text) { return decode(text, 0, 1).kind; };
    expect_body(trailers(32, "X: y"), "");
    expect_refused(trailers(33, "X: y"));
    EXPECT_EQ(kind(trailers(1, "X:" + std::string(4094, 'y'))), Kind::done);
    EXPECT_EQ(kind(trailers(1, "X:" + std::string(4095, 'y'))), Kind::refused);
    EXPECT_EQ(kind(trailers(2, "X:" + std::string(2100, 'y'))), Kind::refused);
}

TEST(ChunkDecoder, TakesAHundredThousandChunksOfOneByte) {
    ChunkDecoder decoder;
    Decoded decoded;
    std::string piece;
    for (int i = 0; i < 1000; ++i) piece += "1\r\nx\r\n";
    for (int i = 0; i < 100; ++i) feed(decoder, piece, decoded);
    EXPECT_EQ(decoder.total(), 100000U);
    feed(decoder, "0\r\n\r\n", decoded);
    EXPECT_EQ(decoded.kind, Kind::done);
}

} // namespace gateway::http1
