#pragma once

// The end of every exchange, whatever its outcome: one access-log line, one reason, metrics.

#include "gateway/exchange/exchange.hpp"
#include "gateway/exchange/report.hpp"

namespace gateway {

class Worker;
struct Service;

void record(Exchange& exchange, Worker& worker, const Service& service, const Report& report);

/// One line in the decision log, or none where the sample leaves it out. Nothing is written of a
/// request whose target was refused: there is no decision to repeat.
void record_decision(Exchange& exchange, Worker& worker, const Service& service);

} // namespace gateway
