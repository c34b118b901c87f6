#pragma once

// The end of every exchange, whatever its outcome: one access-log line, one reason, metrics.

#include "gateway/exchange/exchange.hpp"
#include "gateway/exchange/report.hpp"

namespace gateway {

class Worker;
struct Service;

void record(Exchange& exchange, Worker& worker, const Service& service, const Report& report);

} // namespace gateway
