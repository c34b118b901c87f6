#pragma once

// Host, method and normal path to the most specific route: literal before typed before plain before rest, then host,
// then method. Built once for a snapshot; find() allocates nothing and is linear in the number of segments.

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

/// Values of the path's parameters, in the order of Route::parameters; views into the normal path (still encoded as
/// there, that is: unreserved bytes decoded). At most 16 parameters a pattern.
struct Parameters {
    static constexpr std::size_t capacity = 16;
    std::array<std::string_view, capacity> values;
    std::size_t size = 0;
};

struct ForwardHeader {
    std::string name; ///< lower case
    rule::Text value;
};

/// A route compiled. Its address is stable as long as the snapshot.
struct Route {
    const config::Route* settings = nullptr;
    std::size_t index = 0;                ///< in Model::routes, for metrics
    std::size_t upstream = 0;             ///< index in Model::upstreams
    std::vector<std::string> parameters;  ///< names, in the order of the pattern
    rule::Rule rule;                      ///< empty unless settings->access is rule
    std::vector<bool> issuers;            ///< by index in Model::issuers; empty: all are accepted
    std::vector<ForwardHeader> headers;
    std::string scope_challenge;          ///< the scopes that its rule asks for, space separated
    std::size_t body_limit = 0;
    config::UpstreamTimeouts timeouts;
};

struct Found {
    const Route* route = nullptr; ///< nullptr: see `allow`
    Parameters parameters;
    std::string_view allow;       ///< the path exists, but not with this method: what to say in Allow
};

class Table {
public:
    Table();
    Table(Table&&) noexcept;
    Table& operator=(Table&&) noexcept;
    ~Table();

    /// Adds an error naming both places for each pair that no request can tell apart, and for unknown parameters.
    static Table compile(const config::Model& model, config::Problems& problems);

    /// `host` lower case without port; `path` normal (path.hpp).
    Found find(std::string_view host, std::string_view method, std::string_view path) const;
    const std::vector<std::unique_ptr<Route>>& routes() const;

private:
    struct Trie;
    std::unique_ptr<Trie> trie_;
};

} // namespace policy::route
