#pragma once

// What a file of policy tests says, as plain structs: requests, the claims that they come with, and
// what is expected of the gateway. A Suite that load() returned is complete in itself: tables are
// expanded, `like` is resolved. Whether its routes, issuers and reasons exist is for those who
// have the configuration; every text that they look up carries its place.

#include "config/error.hpp"
#include "config/model.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace config::suite {

/// A text that a later message may point at; empty: not written.
struct Text {
    Position at;
    std::string text;
    bool empty() const { return text.empty(); }
};

/// A claim, or a member of a token's header.
struct Claim {
    Position at;
    std::string name;
    std::optional<std::string> json; ///< nothing: left out, where it would be filled in otherwise
};

struct Token {
    Position at;
    std::string name;          ///< its name, or that of the token that it is like; for messages
    Text issuer;               ///< name in the configuration; empty: the first
    std::vector<Claim> claims; ///< each name once
    std::vector<Claim> header; ///< beside `alg` and `kid`
    Text raw;                  ///< a whole token, sent as it stands; the rest is empty then
    bool forged = false;       ///< its signature is wrong
};

struct Header {
    Position at;
    std::string name;
    std::string value;
};

struct Request {
    Position at;
    std::string method = "GET";
    std::string path; ///< with its query
    std::string host = "localhost";
    std::string client = "127.0.0.1"; ///< address of the peer
    std::vector<Header> headers;
    std::optional<bool> tls; ///< nothing: as the configuration's listeners
};

enum class Verdict { any, allow, deny };

struct ExpectedHeader {
    Position at;
    std::string name;                 ///< in lower case
    std::optional<std::string> value; ///< nothing: the upstream does not get it
};

struct Expectation {
    Position at;
    Verdict verdict = Verdict::any;
    std::optional<int> status;
    Text reason, route, upstream;
    std::vector<ExpectedHeader> headers; ///< what the upstream gets
    Text challenge;                      ///< stands in WWW-Authenticate
    Verdict shadow = Verdict::any;       ///< what would come of it if shadow mode decided
};

struct Test {
    Position at;
    std::string name; ///< never empty; with the values of its row, where it is one of a table
    Request request;
    std::optional<Token> token;
    Text time; ///< empty: the suite's
    Expectation expect;
};

struct Suite {
    std::string file;
    Text config; ///< path of the configuration; empty: not said
    Text time;   ///< when tokens are issued and decisions are made; empty: the default
    std::vector<std::pair<std::string, std::string>>
        variables;             ///< stand for variables of the environment
    std::vector<Token> tokens; ///< named
    std::vector<Test> tests;
};

/// For to_text(): here tokens are names and claims, which are no secrets; a whole one may be.
inline constexpr std::array<std::string_view, 3> secret_marks = {"secret", "password", "raw:"};

struct Loaded {
    std::optional<Suite> suite; ///< there when `problems` holds no error
    Problems problems;
    std::string source; ///< the file's text, for excerpts
};

/// Bounded as a configuration is (load.hpp); a table has at most 10,000 rows in a file. Reads
/// files. Does not throw.
Loaded load(const std::string& path);
/// The same for a text in memory; `path` is used for messages and as the base of relative paths.
Loaded load_text(std::string_view yaml, const std::string& path);

} // namespace config::suite
