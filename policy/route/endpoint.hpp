#pragma once

// All routes of one path pattern: first the host decides, then the method. An exact host goes
// before `*.suffix` (the longest first), and that before a route for every host. Within the host
// that was found, another method is a 405: no request falls through to a less specific route
// because its method is not listed.

#include "config/model.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace policy::route {

struct Route;

class Endpoint {
public:
    struct Choice {
        const Route* route = nullptr;
        std::string_view allow; ///< where route is nullptr: the methods that there are
    };

    /// Adds a route under each of its hosts and methods. Answers the route that the same requests
    /// would take already, if any.
    const Route* add(const Route& route);
    /// After the last add(): sorts, and lets HEAD ride on GET.
    void finish();

    /// Nothing when no route of this pattern is for this host.
    std::optional<Choice> find(std::string_view host, std::string_view method) const;

private:
    struct Group {
        std::string host; ///< "api.example.com"; ".example.com" for a suffix; empty for every host
        std::vector<std::pair<std::string, const Route*>> methods; ///< sorted after finish()
        const Route* any_method = nullptr; ///< a route that lists no methods
        std::string allow;
    };
    Group& group(std::string_view host);
    const Group* find_group(std::string_view host) const;
    const Group* find_exact(std::string_view host) const;

    std::vector<Group> groups_; ///< sorted by host after finish()
};

/// What a route without `methods` takes. Any other method must be listed to be let through.
bool is_common_method(std::string_view method);

} // namespace policy::route
