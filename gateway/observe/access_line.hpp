#pragma once

// What one access-log line looks like: docs/operations.md lists the names for users. Never in it:
// the query, any header, the token (threats H170). Each text is escaped and cut at 1 KiB.

#include "gateway/observe/access_log.hpp"
#include "gateway/observe/line_buffer.hpp"
#include "gateway/observe/timestamp.hpp"
#include "policy/json.hpp"
#include "policy/rule/text.hpp"

#include <span>
#include <string>
#include <string_view>

namespace gateway::observe {

/// One owner, not thread-safe. Allocates only to grow, and for text that must be escaped.
class AccessLine {
public:
    static constexpr std::size_t longest_text = 1024;

    /// Both answer one line with its end, valid until the next call. `claims` are looked up in the
    /// record's proof; what is missing is left out.
    std::string_view json(const AccessRecord& record,
                          std::span<const policy::rule::ClaimPath> claims);
    std::string_view text(const AccessRecord& record);

private:
    void append_text(std::string_view text);
    void append_word(std::string_view text);
    void append_ms(std::chrono::microseconds duration);
    /// `key` holds the comma, the quoted name and the colon.
    void member(std::string_view key, std::string_view text);
    void optional_member(std::string_view key, std::string_view text);
    void append_request(const AccessRecord& record);
    void append_outcome(const AccessRecord& record);
    void append_shadow(const AccessRecord& record);
    void append_token(const AccessRecord& record, std::span<const policy::rule::ClaimPath> claims);
    void append_claim(policy::JsonValue value);
    void append_scalar(policy::JsonValue value);

    LineBuffer line_;
    Timestamp stamp_;
    std::string escaped_;
};

} // namespace gateway::observe
