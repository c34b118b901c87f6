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
/// Check by check, up to the one that stood against.
void not_verified(Admission& a, Reason reason);
/// And what validation would have said.
void issuer_not_accepted(Admission& a);
/// All times and names that validation looks at, whether they hold or not.
void validated(Admission& a);
/// What would be asked of a token, where there is none.
void wanted_of_token(Admission& a);
void header(Admission& a, const route::ForwardHeader& header, const rule::Value& value);

} // namespace policy::narrate
