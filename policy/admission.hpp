#pragma once

// One request on its way through the stages, and the permit that it gets at the end.

#include "policy/address.hpp"
#include "policy/client_certificate.hpp"
#include "policy/clock.hpp"
#include "policy/decision.hpp"
#include "policy/message.hpp"
#include "policy/route/table.hpp"
#include "policy/scratch.hpp"
#include "policy/snapshot.hpp"
#include "policy/token/proof.hpp"
#include "policy/token/proof_cache.hpp"

#include <array>
#include <memory>
#include <string_view>

namespace policy::rule {
class Redactions;
}

namespace policy {

class Trace; // trace.hpp: what explain writes down; nullptr on the request path

/// Who is at the other end of the client connection.
struct Peer {
    Address address;
    std::string_view text; ///< the address as text
    bool tls = false;
    std::uint16_t local_port = 0;
    const ClientCertificate* certificate = nullptr; ///< verified; lives as long as the connection
};

/// What admit() may use: all of one thread.
struct Tools {
    Scratch& scratch;
    token::ProofCache& proofs;
    bool may_wait = true; ///< false the second time round: a key that is still unknown is final
    Trace* trace = nullptr;
    const rule::Redactions* redactions = nullptr; ///< of a recorded decision that is made again
};

/// A header that the gateway adds to the upstream's request; text in scratch memory or the
/// snapshot.
struct AddedField {
    std::string_view name;
    std::string_view value;
};

struct Admission {
    const Snapshot& snapshot;
    RequestHead& head;
    const Peer& peer;
    TimePoint now;
    Tools& tools;

    // Findings, each filled by the stage that is named for it.
    std::string_view path;  ///< normal form: what was decided is what is sent
    std::string_view query; ///< with its '?', as received; empty when there is none
    std::string_view host;  ///< authority without port, lower case, no trailing dot
    std::string_view
        authority;  ///< host, and port unless it is the scheme's own: one form, for the upstream
    Address client; ///< the peer, or who a trusted proxy says it speaks for
    std::string_view client_text;
    const route::Route* route = nullptr;
    route::Parameters parameters;
    std::string_view token;
    token::ProofPtr proof;
    const token::Issuer* issuer = nullptr;
    bool proof_cached = false;
    token::ProofPtr refused_proof; ///< of a token that a route in shadow mode would have refused:
                                   ///< for the log, and nothing else may see it
    bool shadow_denied = false, shadow_allowed = false; ///< see Findings
    rule::ShadowSet shadow_rules = 0;
    Reason shadow_reason = Reason::allowed;
    const config::Entry* decider = nullptr; ///< what of the rule said no
    std::array<AddedField, 32> added{};
    std::size_t added_size = 0;

    /// False when full.
    bool add(std::string_view name, std::string_view value) {
        if (added_size == added.size()) return false;
        added[added_size++] = {name, value};
        return true;
    }
};

/// The permit: only admit() makes one, and forwarding takes nothing else. Movable, not copyable.
class Admitted {
public:
    Admitted(Admitted&&) = default;
    Admitted& operator=(Admitted&&) = default;

    const route::Route& route() const { return *route_; }
    std::string_view path() const { return path_; }
    std::string_view query() const { return query_; }
    std::string_view authority() const { return authority_; } ///< empty only in HTTP/1.0
    std::string_view client_text() const { return client_text_; }
    /// nullptr on public routes and where `optional` met no token.
    const token::Proof* proof() const { return proof_.get(); }
    bool proof_cached() const { return proof_cached_; }
    std::span<const AddedField> added() const { return {added_.data(), added_size_}; }

private:
    friend class Pipeline;
    explicit Admitted(Admission&& admission);
    const route::Route* route_;
    std::string_view path_, query_, authority_, client_text_;
    token::ProofPtr proof_;
    bool proof_cached_;
    std::array<AddedField, 32> added_;
    std::size_t added_size_;
};

} // namespace policy
