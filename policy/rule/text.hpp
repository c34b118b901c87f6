#pragma once

// A string with templates: {path.NAME} {header.NAME} {query.NAME} {claim.PATH} {client.ip} {host};
// `{{` and `}}` are the braces themselves. Compiled once; evaluated into scratch memory. A missing
// value makes the whole text missing, never empty; an empty value counts as missing.

#include "config/error.hpp"
#include "config/model.hpp"
#include "policy/rule/claim_path.hpp"
#include "policy/rule/request_value.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace policy {
struct Admission;
}

namespace policy::rule {

struct Piece {
    enum class Kind : std::uint8_t { literal, path, header, query, claim, client_ip, host };
    Kind kind = Kind::literal;
    std::string text;          ///< literal; or the NAME
    std::size_t parameter = 0; ///< path: index in the route's parameters
    ClaimPath claim;
};

class Text {
public:
    static constexpr std::size_t max_pieces = 16;

    /// `parameters`: the names that {path.NAME} may use. Problems are added with the text's place.
    static Text compile(std::string_view text, config::Position at,
                        const std::vector<std::string>& parameters, const std::string& file,
                        config::Problems& problems);
    /// A text without templates.
    static Text make_literal(std::string_view text);

    bool is_literal() const;
    std::string_view literal() const; ///< only when is_literal()
    const std::vector<Piece>& pieces() const { return pieces_; }

    /// Path and query values come decoded once, numbers as they were written, arrays of scalars
    /// joined with ','. Objects, nulls and arrays that hold them are missing. Allocates nothing but
    /// scratch memory.
    Value evaluate(const Admission& admission) const;

private:
    std::vector<Piece> pieces_;
};

} // namespace policy::rule
