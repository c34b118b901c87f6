#pragma once

// A string with templates: {path.NAME} {header.NAME} {query.NAME} {claim.PATH} {client.ip} {host}. Compiled once;
// evaluated into scratch memory. A missing value makes the whole text missing, never empty.

#include "config/error.hpp"
#include "config/model.hpp"
#include "policy/scratch.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace policy {
struct Admission;
}

namespace policy::rule {

/// Where a claim lives: the steps of a dotted path, a JSON Pointer, a name with "://", or names in brackets.
struct ClaimPath {
    std::string text;               ///< as written
    std::vector<std::string> steps;
};

/// Error text when the path cannot be read.
std::optional<ClaimPath> parse_claim_path(std::string_view text, std::string& error);

struct Piece {
    enum class Kind : std::uint8_t { literal, path, header, query, claim, client_ip, host };
    Kind kind = Kind::literal;
    std::string text;          ///< literal; or the NAME
    std::size_t parameter = 0; ///< path: index in the route's parameters
    ClaimPath claim;
};

class Text {
public:
    /// `parameters`: the names that {path.NAME} may use. Problems are added with the text's place.
    static Text compile(std::string_view text, config::Position at, const std::vector<std::string>& parameters,
                        const std::string& file, config::Problems& problems);

    bool is_literal() const;
    std::string_view literal() const; ///< only when is_literal()
    const std::vector<Piece>& pieces() const { return pieces_; }

    /// Nothing when a value is missing, is an object or null, or there is no room. Arrays of scalars join with ','.
    std::optional<std::string_view> evaluate(const Admission& admission) const;

private:
    std::vector<Piece> pieces_;
};

} // namespace policy::rule
