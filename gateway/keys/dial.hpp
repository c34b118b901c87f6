#pragma once

// A name to a connected socket: resolved once, filtered, then each address in turn.

#include "gateway/keys/discovery.hpp"
#include "gateway/keys/fetch_error.hpp"
#include "gateway/keys/flight.hpp"

#include <memory>

namespace gateway::keys {

/// Leaves flight->socket() connected. Only addresses that this very lookup gave are dialled, so a
/// name cannot turn private between the check and the connection.
Task<FetchResult<void>> dial(std::shared_ptr<Flight> flight, Destination to);

} // namespace gateway::keys
