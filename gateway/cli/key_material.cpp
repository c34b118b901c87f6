#include "gateway/cli/key_material.hpp"

#include "gateway/cli/input.hpp"
#include "gateway/keys/key_store.hpp"

#include <algorithm>
#include <utility>

namespace gateway::cli {
namespace {

bool is_remote(const config::Issuer& issuer) {
    return issuer.keys.kind == config::KeySourceKind::discover ||
           issuer.keys.kind == config::KeySourceKind::jwks;
}

policy::KeyMaterial known(std::string jwks) {
    // Never worth asking again: a key that is not in this set is unknown.
    return {.known = true, .jwks = std::move(jwks), .next_fetch = policy::TimePoint::max()};
}

} // namespace

std::vector<policy::KeyMaterial> kept_keys(const config::Model& model) {
    const keys::KeyStore store(model.key_cache);
    std::vector<policy::KeyMaterial> material(model.issuers.size());
    for (std::size_t i = 0; i < material.size(); ++i) {
        if (model.key_cache.empty() || !is_remote(model.issuers[i])) continue;
        std::string why_not;
        if (auto kept = store.load(model.issuers[i], why_not)) material[i] = known(kept->document);
    }
    return material;
}

std::string take_key_sets(const std::vector<std::string>& arguments, const config::Model& model,
                          std::vector<policy::KeyMaterial>& material, Console& console) {
    for (const std::string& argument : arguments) {
        const std::size_t equals = argument.find('=');
        if (equals == std::string::npos) return "--jwks wants ISSUER=FILE, not " + argument;
        const std::string name = argument.substr(0, equals);
        const auto issuer = std::ranges::find(model.issuers, name, &config::Issuer::name);
        if (issuer == model.issuers.end()) return "there is no issuer " + name;
        if (!is_remote(*issuer)) return "issuer " + name + " has its keys in the configuration";
        std::string problem;
        auto text = read_input(argument.substr(equals + 1), console, problem);
        if (!text) return problem;
        const auto set = policy::jose::parse_key_set(*text);
        if (!set) return "the keys of " + name + ": " + std::string(to_string(set.error()));
        material[static_cast<std::size_t>(issuer - model.issuers.begin())] =
            known(std::move(*text));
    }
    return {};
}

} // namespace gateway::cli
