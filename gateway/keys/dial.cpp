#include "gateway/keys/dial.hpp"

#include "gateway/keys/address_guard.hpp"

#include <boost/asio/ip/basic_resolver.hpp>

#include <vector>

namespace gateway::keys {
namespace {

using Resolver = asio::ip::basic_resolver<Tcp, Executor>;

constexpr std::size_t most_addresses = 8;
constexpr std::chrono::milliseconds patience_per_address{1500};

/// A lookup that can be left alone: getaddrinfo() cannot be cancelled, so its end only wakes a
/// timer, if still there.
struct Lookup {
    explicit Lookup(Executor executor) : resolver(executor), done(executor) {}
    Resolver resolver;
    Timer done;
    bool finished = false;
    ErrorCode error;
    std::vector<Tcp::endpoint> endpoints;
};

void start(const std::shared_ptr<Lookup>& lookup, const Url& url) {
    lookup->resolver.async_resolve(url.host, std::to_string(url.port),
                                   [lookup](ErrorCode error, Resolver::results_type results) {
                                       lookup->finished = true;
                                       lookup->error = error;
                                       for (const auto& entry : results)
                                           if (lookup->endpoints.size() < most_addresses)
                                               lookup->endpoints.push_back(entry.endpoint());
                                       lookup->done.cancel();
                                   });
}

} // namespace

Task<FetchResult<void>> dial(std::shared_ptr<Flight> flight, Destination to) {
    const auto lookup = std::make_shared<Lookup>(flight->socket().get_executor());
    lookup->done.expires_at(flight->ends());
    start(lookup, to.url);
    co_await lookup->done.async_wait(as_result);
    if (!lookup->finished)
        co_return FetchError{FetchFailure::timed_out, "no answer from DNS for " + to.url.host};
    if (lookup->error)
        co_return FetchError{FetchFailure::unresolved,
                             "cannot resolve " + to.url.host + ": " + lookup->error.message()};

    auto endpoints = std::move(lookup->endpoints);
    if (to.public_only)
        std::erase_if(endpoints, [](const auto& e) { return !is_public(e.address()); });
    if (endpoints.empty())
        co_return FetchError{FetchFailure::private_address,
                             to.url.host +
                                 " is named by a discovery document and has no public address"};

    ErrorCode last;
    for (std::size_t i = 0; i < endpoints.size() && !flight->has_expired(); ++i) {
        flight->land();
        // The last address may use all the time that is left.
        const bool is_last = i + 1 == endpoints.size();
        flight->arm(is_last ? Flight::Clock::time_point::max()
                            : Flight::Clock::now() + patience_per_address);
        const auto [failure] = co_await flight->socket().async_connect(endpoints[i], as_result);
        flight->arm();
        if (!failure) co_return FetchResult<void>();
        last = failure;
    }
    if (flight->has_expired())
        co_return FetchError{FetchFailure::timed_out,
                             "cannot connect to " + to.url.host + " in time"};
    co_return FetchError{FetchFailure::unreachable,
                         "cannot connect to " + to.url.host + ": " + last.message()};
}

} // namespace gateway::keys
