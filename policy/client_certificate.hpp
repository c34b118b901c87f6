#pragma once

// What a client certificate says, as text that rules compare. Whoever fills it has verified the
// certificate: nothing here is believed of one that was not.

#include <string>
#include <vector>

namespace policy {

struct ClientCertificate {
    std::string subject; ///< RFC 4514: "CN=reports,O=Shop"; empty where the certificate has none
    std::vector<std::string> names; ///< subject alternative names, each with its kind:
                                    ///< "DNS:api.example.com", "URI:...", "email:...", "IP:..."
    std::string fingerprint;        ///< SHA-256 of all of it, 64 hex digits in lower case
    /// False: what it says is too much, or could be read in two ways. Then there is its fingerprint
    /// alone, and a rule about its subject or names holds neither as it stands nor under `none`.
    bool is_readable = true;
};

} // namespace policy
