#pragma once

// The chunked coding (RFC 9112 7.1) taken apart, strictly, in place, without allocation and without
// buffering: sizes of at most 16 hex digits, CRLF only, extensions bounded and dropped, trailer
// fields bounded (count and bytes) and dropped.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gateway::http1 {

class ChunkDecoder {
public:
    enum class Kind { need_more, data, done, refused };
    struct Step {
        Kind kind = Kind::need_more;
        std::size_t consumed = 0; ///< bytes of `input` used up, those of `data` among them
        std::string_view data;    ///< Kind::data: a piece of the body; a view into `input`
    };

    /// Call again with what was not consumed until need_more (get more bytes), done or refused (end
    /// the connection).
    Step next(std::string_view input);
    void reset() { *this = ChunkDecoder{}; }

    /// Decoded bytes so far.
    std::uint64_t total() const { return total_; }

private:
    enum class State : std::uint8_t {
        size_start,
        size,
        extension,
        quoted,
        escaped,
        size_lf,
        data,
        data_cr,
        data_lf,
        trailer_start,
        trailer_name,
        trailer_value,
        trailer_lf,
        end_lf,
        done,
        refused
    };

    State advance(char c);
    State after_size(char c);
    State in_extension(char c);
    State in_quotes(char c);
    State at_trailer(char c);
    Step take_data(std::string_view input, std::size_t at);

    State state_ = State::size_start;
    std::uint8_t digits_ = 0;
    std::uint8_t trailers_ = 0;
    std::uint16_t overhead_ = 0; ///< bytes of extension in this chunk, or of trailers
    std::uint64_t left_ = 0;     ///< of the current chunk
    std::uint64_t total_ = 0;
};

} // namespace gateway::http1
