#pragma once

// A request and its claims while they are made up to satisfy a rule, and as a test file writes
// them.

#include "config/model.hpp"
#include "gateway/cli/test/tree.hpp"

#include <string>
#include <utility>
#include <vector>

namespace gateway::cli::test {

struct Sketch {
    std::string method = "GET";
    std::vector<std::string> segments;   ///< of the path; those of parameters can be read back
    std::vector<std::size_t> parameters; ///< which segments they are, in the route's order
    std::string host;                    ///< empty: the default
    std::string client;                  ///< empty: the default
    std::vector<std::pair<std::string, std::string>> headers, query;
    const config::Issuer* issuer = nullptr;
    Tree claims;

    std::string& header(const std::string& name);
    std::string& parameter_of_query(const std::string& name);
};

/// A request to a route as its pattern, hosts and methods ask for it, with claims that every token
/// of `issuer` needs. Names of parameters become their values.
Sketch make_sketch(const config::Route& route, const config::Issuer* issuer);

enum class Bearer { token, nobody };

/// The lines `request:` and `token:` of a test, indented by four. `model` says which issuer need
/// not be named.
std::string to_yaml(const Sketch& sketch, Bearer bearer, const config::Model& model);

} // namespace gateway::cli::test
