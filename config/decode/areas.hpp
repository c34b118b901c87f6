#pragma once

// The areas of a configuration file, one reader each. They add what they can read to the model, and
// report the rest.

#include "config/decode/decoder.hpp"
#include "config/decode/forms.hpp"
#include "config/model.hpp"

namespace config::decode {

void read_model(Decoder& decoder, const Node& root, Model& out);

void read_listeners(Decoder& decoder, const Member& member, Model& out);
void read_issuers(Decoder& decoder, const Member& member, Model& out);
void read_upstreams(Decoder& decoder, const Member& member, Model& out);
void read_policies(Decoder& decoder, const Member& member, Model& out);
void read_routes(Decoder& decoder, const Member& member, Model& out);
void read_limits(Decoder& decoder, const Member& member, Model& out);
void read_trusted_proxies(Decoder& decoder, const Member& member, Model& out);
void read_admin(Decoder& decoder, const Member& member, Model& out);
void read_access_log(Decoder& decoder, const Member& member, Model& out);
void read_decision_log(Decoder& decoder, const Member& member, Model& out);
void read_drain(Decoder& decoder, const Member& member, Model& out);

// Their tables, for the schema and for the shapes of others.
Table configuration_table();
Table listener_table();
Table issuer_table();
Table preset_issuer_table();
Table tenant_table();
Table key_source_table();
Table upstream_table();
Table timeouts_table();
Table rule_table();
Table route_table();
Table forward_table();
Table cors_table();
Table limits_table();
Table admin_table();
Table access_log_table();
Table decision_log_table();
Table drain_table();
extern const Shape claim_matcher;
extern const Shape request_matcher;

void read_keys(Decoder& decoder, const Member& member, KeySource& out);
void read_tenant(Decoder& decoder, const Member& member, Tenant& out);
/// That `{tenant}` and `tenant` are there together, and where they may be.
void check_tenant(Decoder& decoder, const Issuer& issuer, Position url_at);
void read_timeouts(Decoder& decoder, const Member& member, UpstreamTimeouts& out);
void read_rule(Decoder& decoder, const Node& node, Rule& out);
void read_forward(Decoder& decoder, const Member& member, Forward& out);
void read_cors(Decoder& decoder, const Member& member, Cors& out);

enum class Subjects { claims, request, certificate };
/// `SUBJECT: matcher` for each member of the mapping.
void read_matches(Decoder& decoder, const Member& member, Subjects subjects,
                  std::vector<Match>& out);

/// ADDRESS:PORT of a listening socket; the address without brackets.
bool read_bind(Decoder& decoder, const Node& node, std::string& address, std::uint16_t& port);

/// A list of CIDR networks.
std::optional<std::vector<std::string>> read_networks(Decoder& decoder, const Node& node);

/// A list of method names, in the spelling that requests use.
std::optional<std::vector<std::string>> read_methods(Decoder& decoder, const Node& node);

/// The name of an issuer, upstream or policy, as its key gives it.
bool is_good_name(Decoder& decoder, const Member& member);

} // namespace config::decode
