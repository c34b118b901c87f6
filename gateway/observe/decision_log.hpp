#pragma once

// The decision log: one JSON line for each decision, with what it looked at, so that `claimgate
// replay` can decide it again under another configuration. docs/shadow.md says what a line holds.
// Never a token; texts that are no vocabulary of authorization only as keyed digests
// (policy/record/interest.hpp). Written like the access log: into the worker's ring, and by a
// thread of its own from there.

#include "gateway/observe/line_buffer.hpp"
#include "gateway/observe/timestamp.hpp"
#include "policy/message.hpp"
#include "policy/reason.hpp"
#include "policy/record/interest.hpp"
#include "policy/record/token_state.hpp"
#include "policy/scratch.hpp"
#include "policy/token/proof.hpp"
#include "policy/token/siphash.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace gateway::observe {

class LogRing;

using policy::record::TokenState;

/// One decision. Views need to live during write() only.
struct DecisionRecord {
    policy::TimePoint at; ///< the time that it was decided for
    std::string_view request_id, client, method, host, path;
    std::string_view query; ///< with its '?'
    bool tls = false;
    std::string_view route; ///< name; empty: none
    policy::Reason reason = policy::Reason::allowed;
    TokenState token = TokenState::unseen;
    const policy::token::Proof* proof = nullptr;
    const policy::FieldList* fields = nullptr;
    const policy::record::Interest* interest = nullptr; ///< of the route; nullptr without one
};

/// One owner, not thread-safe. Allocates only to grow.
class DecisionLine {
public:
    static constexpr std::size_t longest_text = 8 * 1024; ///< what is longer comes as its digest

    explicit DecisionLine(policy::token::SipHashKey key) : key_(key) {}
    /// One line with its end, valid until the next call.
    std::string_view json(const DecisionRecord& record);

private:
    void append_claims(const DecisionRecord& record);
    void append_members(policy::JsonValue object, const policy::record::ClaimTree& tree);
    void append_node(policy::JsonValue value, const policy::record::ClaimTree& tree, bool clear);
    void append_value(policy::JsonValue value, const policy::record::ClaimTree* tree, bool clear);
    void append_children(policy::JsonValue value, const policy::record::ClaimTree* tree,
                         bool clear);
    void append_absent(std::string_view name);
    void append_headers(const DecisionRecord& record);
    void append_queries(const DecisionRecord& record);
    void append_part(const policy::record::NamedPart& part, const policy::rule::Value& value,
                     bool secret);
    void append_text(std::string_view text);
    void append_digest(std::string_view text);
    void member(std::string_view key, std::string_view text);

    policy::token::SipHashKey key_;
    LineBuffer line_, absent_;
    Timestamp stamp_;
    policy::Scratch scratch_;
    std::string pointer_; ///< RFC 6901, of the claim that is looked at
    std::string escaped_;
};

/// Owned by one worker; not thread-safe. Without a ring it is off.
class DecisionLogger {
public:
    DecisionLogger(std::shared_ptr<LogRing> ring, policy::token::SipHashKey key);
    ~DecisionLogger();
    bool is_on() const { return ring_ != nullptr; }
    /// False when the line was dropped for want of room.
    bool write(const DecisionRecord& record);

private:
    std::shared_ptr<LogRing> ring_;
    std::unique_ptr<DecisionLine> line_;
};

} // namespace gateway::observe
