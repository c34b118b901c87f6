#pragma once

// Which addresses a name out of a discovery document may lead to (threats J89): a provider must not
// be able to point us at this host, its neighbours or a cloud's metadata service.

#include <boost/asio/ip/address.hpp>

namespace gateway::keys {

/// False for loopback, private, link-local, shared, multicast, reserved and unspecified addresses
/// (RFC 6890), also when they are dressed as IPv6 (mapped, NAT64).
bool is_public(const boost::asio::ip::address& address);

} // namespace gateway::keys
