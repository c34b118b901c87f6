// Any bytes as a key set or as PEM: no crash, bounded, and no key that comes out of it believes
// rubbish.

#include "policy/jose/key_set.hpp"
#include "policy/jose/signature.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using namespace policy::jose;

void require(bool holds) {
    if (!holds) std::abort();
}

void check(const KeySet& set) {
    require(!set.empty() && set.size() <= 50);
    for (const auto& key : set.keys()) {
        require(set.find(key->id()) != nullptr);
        require(!key->algorithms().empty() && !key->algorithms().has(Algorithm::hs256));
        for (const std::size_t size : {64u, 96u, 114u, 132u, 256u})
            for (const Algorithm algorithm : {Algorithm::rs256, Algorithm::ps256, Algorithm::es256,
                                              Algorithm::es512, Algorithm::eddsa}) {
                require(!key->verify(algorithm, "text", std::string(size, '\0')));
                require(!key->verify(algorithm, "text",
                                     '\x01' + std::string(size - 1, '\0'))); // R = identity, S = 0
            }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    std::vector<SkippedKey> skipped;
    if (const auto set = parse_key_set(text, &skipped)) check(*set);
    if (const auto set = parse_pem_keys(text, &skipped)) check(*set);
    return 0;
}
