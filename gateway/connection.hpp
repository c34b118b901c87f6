#pragma once

// A client connection from accept to close: who is there, TLS, then the protocol.

#include "gateway/io.hpp"
#include "gateway/listener.hpp"

#include <memory>

namespace gateway {

class Worker;

void start_connection(Worker& worker, Socket socket,
                      std::shared_ptr<const ListenerSettings> listener);

/// Over the connection limit: says 503 in cleartext where that is possible, and closes.
void refuse_connection(Socket& socket, bool tls);

} // namespace gateway
