#pragma once

// The closed list of signature algorithms (RFC 7518 3.1, RFC 8037 3.1). There is no "none" in it,
// and no name is accepted in another case.

#include <cstdint>
#include <optional>
#include <string_view>

namespace policy::jose {

enum class Algorithm : std::uint8_t {
    hs256,
    hs384,
    hs512,
    rs256,
    rs384,
    rs512,
    ps256,
    ps384,
    ps512,
    es256,
    es384,
    es512,
    eddsa,   ///< RFC 8037 3.1: with a key of either curve
    ed25519, ///< RFC 9864 2.2: with one curve only
    ed448
};

std::optional<Algorithm> parse_algorithm(std::string_view name);
std::string_view to_string(Algorithm algorithm);
constexpr bool is_symmetric(Algorithm a) { return a <= Algorithm::hs512; }
constexpr bool is_edwards(Algorithm a) { return a >= Algorithm::eddsa; }

/// A set of algorithms as bits.
class AlgorithmSet {
public:
    void add(Algorithm a) {
        bits_ = static_cast<std::uint16_t>(bits_ | (1u << static_cast<unsigned>(a)));
    }
    bool has(Algorithm a) const { return (bits_ >> static_cast<unsigned>(a)) & 1u; }
    bool empty() const { return bits_ == 0; }
    std::uint16_t bits() const {
        return bits_;
    } ///< one bit for each algorithm, in the order of the enumeration
    static AlgorithmSet asymmetric();

private:
    std::uint16_t bits_ = 0;
};

} // namespace policy::jose
