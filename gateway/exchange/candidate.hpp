#pragma once

// The candidate configuration on a request that is decided already: what it would have said is
// counted, and has no effect on the exchange.

#include "gateway/exchange/exchange.hpp"

namespace gateway {

class Worker;
struct Service;

/// After the decision and before anything is sent. The snapshot must have a candidate. Leaves the
/// exchange's memory as it was.
void judge_candidate(Exchange& exchange, Worker& worker, const Service& service);

} // namespace gateway
