// Any bytes as a chunked body: no crash, no endless loop, and the same body and verdict however
// they are cut.

#include "gateway/http1/chunk_decoder.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using gateway::http1::ChunkDecoder;

struct Decoded {
    ChunkDecoder::Kind kind = ChunkDecoder::Kind::need_more;
    std::string body;
    std::size_t consumed = 0;

    bool operator==(const Decoded&) const = default;
};

void require(bool fact) {
    if (!fact) std::abort();
}

void feed(ChunkDecoder& decoder, std::string_view piece, Decoded& so_far) {
    for (;;) {
        const ChunkDecoder::Step step = decoder.next(piece);
        require(step.consumed <= piece.size() && step.data.size() <= step.consumed);
        require(step.kind != ChunkDecoder::Kind::data || !step.data.empty());
        so_far.kind = step.kind;
        so_far.consumed += step.consumed;
        so_far.body += step.data;
        piece.remove_prefix(step.consumed);
        if (step.kind != ChunkDecoder::Kind::data) return;
    }
}

Decoded decode(std::string_view text, std::size_t step) {
    ChunkDecoder decoder;
    Decoded decoded;
    for (std::size_t at = 0; at < text.size() && decoded.kind == ChunkDecoder::Kind::need_more;
         at += step)
        feed(decoder, text.substr(at, step), decoded);
    require(decoder.total() == decoded.body.size());
    return decoded;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    const Decoded whole = decode(text, text.size());
    require(decode(text, 1) == whole);
    require(decode(text, 1 + data[0]) == whole);
    return 0;
}
