#pragma once

// The questions that admit() asks a request, one function each. Pure, no I/O; the order is
// pipeline.cpp's.

#include "policy/admission.hpp"
#include "policy/decision.hpp"

namespace policy::stages {

Decision normalise_target(Admission& a);
Decision find_route(Admission& a);
Decision strip(Admission& a);
Decision find_token(Admission& a);
Decision verify_token(Admission& a);
Decision validate_token(Admission& a);
Decision evaluate_rule(Admission& a);
Decision write_headers(Admission& a);

} // namespace policy::stages
