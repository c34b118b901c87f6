#pragma once

// The health pages, from facts alone. 200 or 503, with the reasons as JSON.
// livez: every worker's loop turns. startupz: every worker has begun. readyz: they serve the newest
// configuration, every issuer has keys, and the gateway is not draining.

#include "gateway/admin/facts.hpp"
#include "gateway/admin/response.hpp"

namespace gateway::admin {

bool is_ready(const Facts& facts);

Response live_page(const Facts& facts);
Response startup_page(const Facts& facts);
/// `verbose` adds each issuer's keys, their age and last error, and how the last reload went.
Response ready_page(const Facts& facts, bool verbose);

} // namespace gateway::admin
