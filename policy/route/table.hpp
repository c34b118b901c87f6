#pragma once

// Host, method and normal path to the most specific route. Built once for a snapshot; find()
// allocates nothing.
//
// Segment by segment, a literal goes before {name:uuid} and {name:int}, those before {name}, and
// all before `**`; a choice that leads nowhere for this host is taken back. Then the host is
// matched, then the method: a path that is there for this host, but not with this method, is a 405
// even where a less specific route would take it.
// `/files/**` is also `/files` and `/files/`: who guards what is below guards the place itself.
// Otherwise `/orders` and
// `/orders/` are two paths. A parameter is never empty. HEAD goes where GET goes unless it is
// listed itself. A route without methods takes GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS.

#include "config/error.hpp"
#include "config/model.hpp"
#include "policy/rule/rule.hpp"
#include "policy/rule/text.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace policy::route {

/// Values of the path's parameters, in the order of Route::parameters; views into the normal path
/// (still encoded as there, that is: unreserved bytes decoded). At most 16 parameters a pattern.
struct Parameters {
    static constexpr std::size_t capacity = 16;
    std::array<std::string_view, capacity> values;
    std::size_t size = 0;
};

struct ForwardHeader {
    config::Position at;
    std::string name; ///< lower case
    rule::Text value;
};

/// The values of the CORS response fields, ready to send; empty ones are not sent.
struct CorsTexts {
    std::string methods, headers, expose, max_age;
};

/// A route compiled. Its address is stable as long as the snapshot.
struct Route {
    const config::Route* settings = nullptr;
    std::size_t index = 0;               ///< in Model::routes, for metrics
    std::size_t upstream = 0;            ///< index in Model::upstreams
    std::vector<std::string> parameters; ///< names, in the order of the pattern
    rule::Rule rule;                     ///< empty unless settings->access is rule
    std::vector<bool> issuers;           ///< by index in Model::issuers; empty: all are accepted
    std::vector<ForwardHeader> headers;
    CorsTexts cors;
    std::string scope_challenge; ///< the scopes that its rule asks for, space separated
    std::size_t body_limit = 0;
    config::UpstreamTimeouts timeouts;
};

struct Found {
    const Route* route = nullptr; ///< nullptr: see `allow`
    Parameters parameters;
    std::string_view allow; ///< the path exists, but not with this method: what to say in Allow
};

class Trie; // trie.hpp

class Table {
public:
    Table();
    Table(Table&&) noexcept;
    Table& operator=(Table&&) noexcept;
    ~Table();

    /// Adds an error naming both places for each pair that no request can tell apart, and for every
    /// name that is not there. After an error the table is incomplete and not to be used. The
    /// result points into `model`.
    static Table compile(const config::Model& model, config::Problems& problems);

    /// `host` lower case without port; `path` normal (path.hpp).
    Found find(std::string_view host, std::string_view method, std::string_view path) const;
    const std::vector<std::unique_ptr<Route>>& routes() const { return routes_; }

private:
    std::vector<std::unique_ptr<Route>> routes_;
    std::unique_ptr<Trie> trie_;
};

} // namespace policy::route
