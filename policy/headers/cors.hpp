#pragma once

// CORS (Fetch 3.2) of routes that configure it: who may read answers in a browser, and the
// preflight that asks first.

#include "policy/message.hpp"
#include "policy/route/table.hpp"

#include <string_view>

namespace policy::headers {

/// The method that a preflight asks for; empty when the request is none (OPTIONS with Origin and
/// Access-Control-Request-Method).
std::string_view preflight_method(const RequestHead& request);

/// Adds the CORS fields of `route` for this request's Origin to a response; text is static or the
/// snapshot's. The upstream's own Access-Control-* fields are dropped first. Nothing happens on a
/// route without `cors`.
void add_cors(const route::Route& route, const RequestHead& request, ResponseHead& response);

/// Adds to the answer of a preflight what add_cors() adds, and the methods and headers that are
/// allowed. An origin that is not configured gets none of them, which a browser reads as no.
void add_preflight(const route::Route& route, const RequestHead& request, ResponseHead& response);

} // namespace policy::headers
