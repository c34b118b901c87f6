#pragma once

// What each stage saw, in words, for explain. Does nothing on the request path, where there is no
// trace.

#include "policy/admission.hpp"
#include "policy/reason.hpp"
#include "policy/result.hpp"
#include "policy/route/path.hpp"
#include "policy/token/find.hpp"

namespace policy::narrate {

void target(Admission& a, const Result<route::Target, route::TargetError>& target);
void route(Admission& a, const route::Found& found);
void strip(Admission& a);
void token(Admission& a, const token::Found& found);
void verified(Admission& a);
void not_verified(Admission& a, Reason reason);
void issuer_not_accepted(Admission& a);
/// All times and names that validation looks at; `reason` marks the one that failed.
void validated(Admission& a, Reason reason);
void header(Admission& a, const route::ForwardHeader& header, const rule::Value& value);

} // namespace policy::narrate
