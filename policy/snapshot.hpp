#pragma once

// Everything a decision reads: a configuration compiled to what the stages want, with the keys of
// the moment. Immutable to its readers, but keys keep contexts and reference counts: each worker
// compiles its own instance, and so shares no cache line with its neighbours. A request holds the
// snapshot that it began with.

#include "config/error.hpp"
#include "config/model.hpp"
#include "policy/address.hpp"
#include "policy/clock.hpp"
#include "policy/record/interest.hpp"
#include "policy/route/table.hpp"
#include "policy/rule/claim_path.hpp"
#include "policy/token/issuer.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace policy {

/// What the control thread knows of one issuer's keys, in the order of Model::issuers.
struct KeyMaterial {
    bool known = false;
    std::string jwks;       ///< the key set as fetched; unused for pem and secret sources
    TimePoint next_fetch{}; ///< not before this time is it worth fetching again
};

/// Where an issuer keeps scopes, roles and groups.
struct ClaimSources {
    std::vector<rule::ClaimPath> scopes, roles, groups;
};

class Snapshot {
public:
    /// Compiles rules, routes and keys. Errors (a rule that names an unknown claim operand type,
    /// two routes that no request can tell apart, an unusable local key) are added to `problems`;
    /// then the result is nullptr. `keys` may be shorter than the issuers: local sources (file,
    /// pem, secret) come from the model itself.
    static std::shared_ptr<Snapshot> compile(std::shared_ptr<const config::Model> model,
                                             const std::vector<KeyMaterial>& keys,
                                             config::Problems& problems);

    const config::Model& model() const { return *model_; }
    const route::Table& routes() const { return routes_; }
    const std::vector<token::Issuer>& issuers() const { return issuers_; }
    /// Of one of issuers().
    const ClaimSources& claim_sources(const token::Issuer& issuer) const {
        return claim_sources_[static_cast<std::size_t>(&issuer - issuers_.data())];
    }
    /// Lower-case names with '-' of every header that any route could emit as identity, sorted.
    const std::vector<std::string>& identity_headers() const { return identity_headers_; }
    /// What a decision on one of routes() is recorded with; nullptr without a decision log.
    const record::Interest* interest(const route::Route& route) const {
        return interests_.empty() ? nullptr : &interests_[route.index];
    }
    /// What is evaluated beside this one, and decides nothing; nullptr: nothing.
    const std::shared_ptr<Snapshot>& candidate() const { return candidate_; }
    /// Before anyone reads this snapshot.
    void set_candidate(std::shared_ptr<Snapshot> candidate) { candidate_ = std::move(candidate); }
    bool is_trusted_proxy(const Address& address) const;
    /// Differs between any two snapshots of a process; proofs are held against the keys again when
    /// it changed.
    std::uint64_t generation() const { return generation_; }

private:
    friend class SnapshotBuilder;
    Snapshot() = default;
    std::shared_ptr<const config::Model> model_;
    route::Table routes_;
    std::vector<token::Issuer> issuers_;
    std::vector<ClaimSources> claim_sources_; ///< in the order of issuers_
    std::vector<std::string> identity_headers_;
    std::vector<Network> trusted_proxies_;
    std::vector<record::Interest> interests_; ///< by index of the model's routes
    std::shared_ptr<Snapshot> candidate_;
    std::uint64_t generation_ = 0;
};

} // namespace policy
