#include "gateway/http1/chunk_decoder.hpp"

#include "gateway/http1/syntax.hpp"

#include <algorithm>

namespace gateway::http1 {

namespace {

constexpr int max_digits = 16;
constexpr int max_extension = 256;
constexpr int max_trailers = 32;
constexpr int max_trailer_bytes = 4096;

int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// HT, SP, visible ASCII and obs-text: what may stand in quotes and in a trailer's value.
bool is_text(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return c == '\t' || (byte >= 0x20 && byte != 0x7f);
}

} // namespace

// size [; extension] CR LF data CR LF ... 0 [; extension] CR LF *( name : value CR LF ) CR LF
//
// size_start -> size -> (extension <-> quoted <-> escaped) -> size_lf -> data -> data_cr -> data_lf
// -> size_start
//                                                             size_lf -> trailer_start  (after a
//                                                             chunk of size 0)
// trailer_start -> trailer_name -> trailer_value -> trailer_lf -> trailer_start
// trailer_start -> end_lf -> done
//
// Every byte that has no arrow here leads to refused.

ChunkDecoder::Step ChunkDecoder::next(std::string_view input) {
    std::size_t at = 0;
    while (at < input.size() && state_ < State::done) {
        if (state_ == State::data) return take_data(input, at);
        state_ = advance(input[at]);
        ++at;
    }
    if (state_ == State::done) return {Kind::done, at, {}};
    if (state_ == State::refused) return {Kind::refused, at, {}};
    return {Kind::need_more, at, {}};
}

ChunkDecoder::Step ChunkDecoder::take_data(std::string_view input, std::size_t at) {
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, input.size() - at));
    left_ -= size;
    total_ += size;
    if (left_ == 0) state_ = State::data_cr;
    return {Kind::data, at + size, input.substr(at, size)};
}

ChunkDecoder::State ChunkDecoder::advance(char c) {
    const auto expect = [c](char wanted, State then) {
        return c == wanted ? then : State::refused;
    };
    switch (state_) {
    case State::size_start:
        digits_ = 0;
        overhead_ = 0;
        left_ = 0;
        return hex_value(c) < 0 ? State::refused : after_size(c);
    case State::size: return after_size(c);
    case State::extension: return in_extension(c);
    case State::quoted:
    case State::escaped: return in_quotes(c);
    case State::size_lf:
        overhead_ = 0;
        return expect('\n', left_ > 0 ? State::data : State::trailer_start);
    case State::data_cr: return expect('\r', State::data_lf);
    case State::data_lf: return expect('\n', State::size_start);
    case State::trailer_start:
    case State::trailer_name:
    case State::trailer_value: return at_trailer(c);
    case State::trailer_lf: return expect('\n', State::trailer_start);
    case State::end_lf: return expect('\n', State::done);
    case State::data:
    case State::done:
    case State::refused: break;
    }
    return State::refused;
}

ChunkDecoder::State ChunkDecoder::after_size(char c) {
    if (c == '\r') return State::size_lf;
    if (c == ';') return State::extension;
    const int value = hex_value(c);
    if (value < 0 || ++digits_ > max_digits) return State::refused;
    left_ = left_ << 4 | static_cast<std::uint64_t>(value);
    return State::size;
}

// Extensions are dropped, but a quoted string that is not closed must not hide where the line ends
// (threats H22).
ChunkDecoder::State ChunkDecoder::in_extension(char c) {
    if (c == '\r') return overhead_ > 0 ? State::size_lf : State::refused;
    if (++overhead_ > max_extension) return State::refused;
    if (c == '"') return State::quoted;
    return is_token_char(c) || is_blank(c) || c == ';' || c == '=' ? State::extension
                                                                   : State::refused;
}

ChunkDecoder::State ChunkDecoder::in_quotes(char c) {
    if (++overhead_ > max_extension || !is_text(c)) return State::refused;
    if (state_ == State::escaped) return State::quoted;
    if (c == '\\') return State::escaped;
    return c == '"' ? State::extension : State::quoted;
}

// Trailers are checked as fields are, so that nothing unclear ends a body, and then dropped
// (threats H25, H26).
ChunkDecoder::State ChunkDecoder::at_trailer(char c) {
    if (c == '\r' && state_ == State::trailer_start) return State::end_lf;
    if (c == '\r' && state_ == State::trailer_value) return State::trailer_lf;
    if (state_ == State::trailer_start && ++trailers_ > max_trailers) return State::refused;
    if (++overhead_ > max_trailer_bytes) return State::refused;
    if (state_ == State::trailer_value) return is_text(c) ? State::trailer_value : State::refused;
    if (c == ':' && state_ == State::trailer_name) return State::trailer_value;
    return is_token_char(c) ? State::trailer_name : State::refused;
}

} // namespace gateway::http1
