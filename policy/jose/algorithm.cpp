#include "policy/jose/algorithm.hpp"

#include <array>
#include <utility>

namespace policy::jose {

namespace {

constexpr std::array<std::pair<std::string_view, Algorithm>, 15> names = {{
    {"HS256", Algorithm::hs256},
    {"HS384", Algorithm::hs384},
    {"HS512", Algorithm::hs512},
    {"RS256", Algorithm::rs256},
    {"RS384", Algorithm::rs384},
    {"RS512", Algorithm::rs512},
    {"PS256", Algorithm::ps256},
    {"PS384", Algorithm::ps384},
    {"PS512", Algorithm::ps512},
    {"ES256", Algorithm::es256},
    {"ES384", Algorithm::es384},
    {"ES512", Algorithm::es512},
    {"EdDSA", Algorithm::eddsa},
    {"Ed25519", Algorithm::ed25519},
    {"Ed448", Algorithm::ed448},
}};

} // namespace

std::optional<Algorithm> parse_algorithm(std::string_view name) {
    for (const auto& [known, algorithm] : names)
        if (known == name) return algorithm;
    return std::nullopt;
}

std::string_view to_string(Algorithm algorithm) {
    // One name for each value, in their order.
    return names[static_cast<std::size_t>(algorithm)].first;
}

AlgorithmSet AlgorithmSet::asymmetric() {
    AlgorithmSet set;
    for (const auto& [name, algorithm] : names)
        if (!is_symmetric(algorithm)) set.add(algorithm);
    return set;
}

} // namespace policy::jose
