#pragma once

// The life of a request on one screen: admit, then forward or answer, then record.

#include "gateway/exchange/exchange.hpp"
#include "gateway/exchange/report.hpp"
#include "policy/decision.hpp"

namespace gateway {

class Worker;

/// Returns when the answer is sent or the exchange failed. Holds the snapshot that it began with.
Task<void> serve(Exchange& exchange, Worker& worker);

/// An answer of our own for a request that could not even be read: its head is not complete, so
/// nothing is decided.
void refuse(Exchange& exchange, Worker& worker, policy::Reason reason);

} // namespace gateway
