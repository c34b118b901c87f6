#pragma once

// The facts of a client certificate, read once for a connection. Bounded: a subject of 1 KiB, 64
// names of 512 bytes. What is larger, malformed, or holds a NUL or control byte is not readable, so
// that no rule holds by half of a name, and none by its absence.

#include "policy/client_certificate.hpp"

#include <openssl/ssl.h>

#include <optional>
#include <string_view>

namespace gateway::tls {

policy::ClientCertificate read_certificate(const X509* certificate);

/// The first certificate of a PEM text. It is not verified: for explain, which supposes that.
std::optional<policy::ClientCertificate> parse_certificate(std::string_view pem);

} // namespace gateway::tls
