#pragma once

// An admitted request to its upstream and the answer back: both bodies streamed, each side at the
// pace of the other. Takes a permit and nothing else: what policy::admit did not allow cannot be
// forwarded.

#include "gateway/exchange/exchange.hpp"
#include "gateway/exchange/report.hpp"
#include "policy/admission.hpp"

namespace gateway {

class Worker;
struct Service;

/// Sends the answer, the upstream's or one of ours for its failure, and fills `report`. The permit
/// lives in the exchange's memory; `service` is the one that it was made under.
Task<void> forward(Exchange& exchange, policy::Admitted& permit, Worker& worker,
                   const Service& service, Report& report);

} // namespace gateway
