#pragma once

// The claims of a test's token as JSON: those that are written, and those that every token of its
// issuer has.

#include "config/model.hpp"
#include "config/suite/suite.hpp"
#include "policy/clock.hpp"

#include <string>

namespace gateway::cli::test {

/// `iss`, its tenant and the audience are the issuer's first, `iat` is `now` and `exp` five minutes
/// later, and a required claim has the first value that is accepted, where the token does not say
/// otherwise. A time claim may be a text that parse_moment() reads.
std::string claims_text(const config::suite::Token& token, const config::Issuer& issuer,
                        policy::TimePoint now);

/// The members beside `alg` and `kid`; `typ` is the issuer's first, if it asks for one.
std::string header_text(const config::suite::Token& token, const config::Issuer& issuer);

} // namespace gateway::cli::test
