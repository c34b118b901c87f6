#include "gateway/cli/test/case.hpp"

#include "config/text.hpp"
#include "gateway/cli/test/claims.hpp"
#include "gateway/cli/test/moment.hpp"
#include "policy/address.hpp"

#include <algorithm>
#include <map>
#include <string_view>

namespace gateway::cli::test {
namespace {

using config::suite::Text;
using config::suite::Token;

constexpr const char* time_hint =
    "write 2026-01-01T12:00:00Z, seconds since 1970, or a distance like +10m or -1h";

/// Flips the first byte of the signature. The last would not do: some of its bits mean nothing.
std::string forge(std::string token) {
    char& first = token[token.rfind('.') + 1];
    first = first == 'A' ? 'B' : 'A';
    return token;
}

class CaseMaker {
public:
    CaseMaker(const config::suite::Suite& suite, const policy::Rehearsal& rehearsal,
              config::Problems& problems)
        : suite_(suite), rehearsal_(rehearsal), model_(rehearsal.snapshot()->model()),
          problems_(problems), now_(read_time(suite.time, default_time)) {}

    Case make(const config::suite::Test& test) {
        Case made;
        made.suite = &suite_;
        made.settings = &test;
        made.at = read_time(test.time, now_);
        made.request = options_of(test.request);
        if (test.token) {
            made.request.token = token_text(*test.token);
            made.own_keys = !test.token->raw.empty();
        }
        check_names(test.expect);
        made.reason = read_reason(test.expect.reason);
        return made;
    }

private:
    void error(config::Position at, std::string message, std::string hint = {}) {
        problems_.push_back({.file = suite_.file,
                             .at = at,
                             .message = std::move(message),
                             .hint = std::move(hint)});
    }

    policy::TimePoint read_time(const Text& text, policy::TimePoint base) {
        if (text.empty()) return base;
        const auto time = parse_moment(text.text, base);
        if (!time)
            error(text.at, "expected a point in time, found " + config::in_quotes(text.text),
                  time_hint);
        return time.value_or(base);
    }

    RequestOptions options_of(const config::suite::Request& request) {
        RequestOptions options{.method = request.method,
                               .path = request.path,
                               .host = request.host,
                               .client = request.client,
                               .token = {},
                               .headers = {},
                               .tls = request.tls};
        for (const auto& header : request.headers)
            options.headers.push_back(header.name + ": " + header.value);
        if (!policy::parse_address(request.client))
            error(request.at,
                  "expected an IP address as `client`, found " + config::in_quotes(request.client));
        return options;
    }

    template <class T>
    const T* find(const std::vector<T>& all, std::string_view what, const Text& wanted) {
        std::vector<std::string_view> names;
        for (const T& one : all) {
            if (one.name == wanted.text) return &one;
            names.push_back(one.name);
        }
        std::string hint = config::did_you_mean(wanted.text, names);
        if (hint.empty() && !names.empty() && names.size() <= 10)
            hint = "there are " + config::one_of(names);
        error(wanted.at,
              "there is no " + std::string(what) + ' ' + config::in_backticks(wanted.text),
              std::move(hint));
        return nullptr;
    }

    void check_names(const config::suite::Expectation& expect) {
        if (!expect.route.empty()) find(model_.routes, "route", expect.route);
        if (!expect.upstream.empty()) find(model_.upstreams, "upstream", expect.upstream);
    }

    std::optional<policy::Reason> read_reason(const Text& text) {
        if (text.empty()) return std::nullopt;
        std::vector<std::string_view> names;
        for (int i = 0; i < static_cast<int>(policy::Reason::count_); ++i) {
            names.push_back(policy::info(static_cast<policy::Reason>(i)).name);
            if (names.back() == text.text) return static_cast<policy::Reason>(i);
        }
        error(text.at, "there is no reason " + config::in_backticks(text.text),
              config::did_you_mean(text.text, names));
        return std::nullopt;
    }

    const config::Issuer* issuer_of(const Token& token) {
        if (!token.issuer.empty()) return find(model_.issuers, "issuer", token.issuer);
        if (!model_.issuers.empty()) return &model_.issuers.front();
        error(token.at, "the configuration has no issuer, so nobody could sign this token");
        return nullptr;
    }

    std::string token_text(const Token& token) {
        if (!token.raw.empty()) return token.raw.text;
        const config::Issuer* issuer = issuer_of(token);
        if (!issuer) return {};
        const std::string header = header_text(token, *issuer);
        const std::string claims = claims_text(token, *issuer, now_);
        // One token for all tests that mean it: its signature is checked once.
        std::string& known = signed_[issuer->name + '\n' + header + '\n' + claims];
        if (known.empty()) known = sign(token, *issuer, header, claims);
        return token.forged && !known.empty() ? forge(known) : known;
    }

    std::string sign(const Token& token, const config::Issuer& issuer, const std::string& header,
                     const std::string& claims) {
        auto made = rehearsal_.sign(issuer.name, header, claims);
        if (made) return *std::move(made);
        error(token.at,
              "this token cannot be signed: " + std::string(policy::to_string(made.error())));
        return {};
    }

    const config::suite::Suite& suite_;
    const policy::Rehearsal& rehearsal_;
    const config::Model& model_;
    config::Problems& problems_;
    policy::TimePoint now_;
    std::map<std::string, std::string> signed_;
};

} // namespace

std::vector<Case> make_cases(const config::suite::Suite& suite, const policy::Rehearsal& rehearsal,
                             config::Problems& problems) {
    CaseMaker maker(suite, rehearsal, problems);
    std::vector<Case> cases;
    cases.reserve(suite.tests.size());
    for (const config::suite::Test& test : suite.tests) cases.push_back(maker.make(test));
    return cases;
}

} // namespace gateway::cli::test
