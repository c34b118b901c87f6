#include "gateway/cli/test/values.hpp"

#include "policy/route/pattern.hpp"
#include "policy/rule/text.hpp"

namespace gateway::cli::test {
namespace {

using policy::rule::Piece;

/// A value that is there for its own sake: "tenant-1" of `org.tenant`.
std::string made_up(const std::string& name) { return name + "-1"; }

std::string& filled(std::string& value, const std::string& name) {
    if (value.empty()) value = made_up(name);
    return value;
}

config::Scalar another_than(const config::Scalar& scalar) {
    if (const auto* number = std::get_if<std::int64_t>(&scalar.value))
        return {{}, *number == 0 ? std::int64_t{1} : std::int64_t{0}};
    if (const auto* boolean = std::get_if<bool>(&scalar.value)) return {{}, !*boolean};
    return {{}, plain_text(scalar) + "-not"};
}

} // namespace

bool Wanted::is_nothing() const {
    const bool has_text = !prefix.empty() || !suffix.empty();
    return !value && list.empty() && !has_text && !other_than && exists != true;
}

config::Scalar Wanted::scalar() const {
    if (value) return *value;
    if (!prefix.empty() || !suffix.empty()) return {{}, prefix + "x" + suffix};
    if (other_than) return another_than(*other_than);
    return {{}, std::string("x")};
}

Values::Values(const config::Route& route, Sketch& sketch) : route_(route), sketch_(sketch) {
    config::Problems ignored; // the route compiled
    if (const auto pattern = policy::route::parse_pattern(route, {}, ignored))
        parameters_ = pattern->parameters;
}

Tree& Values::claim(const std::string& path) {
    std::string ignored; // the path compiled
    const auto parsed = policy::rule::parse_claim_path(path, ignored);
    return sketch_.claims.make(parsed ? parsed->steps : std::vector<std::string>{path});
}

config::Scalar Values::value(const config::Scalar& operand) {
    // A secret has no place in a file of tests; the case is left out, as it would fail.
    if (operand.from_variable) return config::Scalar{{}, std::string("value of a variable")};
    const auto* written = std::get_if<std::string>(&operand.value);
    return written ? config::Scalar{{}, text(*written)} : operand;
}

/// What is there stays: a list comes out joined, as the gateway joins it.
std::string Values::claim_text(const std::vector<std::string>& steps) {
    Tree& claim = sketch_.claims.make(steps);
    if (claim.empty()) claim.set({{}, made_up(steps.back())});
    if (claim.kind == Tree::Kind::scalar) return plain_text(claim.scalar);
    std::string out;
    for (const Tree& child : claim.children)
        out += (out.empty() ? "" : ",") + plain_text(child.scalar);
    return out;
}

std::string Values::text(const std::string& written) {
    config::Problems ignored; // the rule compiled
    const auto compiled = policy::rule::Text::compile(written, route_.at, parameters_, {}, ignored);
    std::string out;
    for (const Piece& piece : compiled.pieces()) {
        switch (piece.kind) {
        case Piece::Kind::literal: out += piece.text; break;
        case Piece::Kind::path: out += sketch_.segments[sketch_.parameters[piece.parameter]]; break;
        case Piece::Kind::header: out += filled(sketch_.header(piece.text), piece.text); break;
        case Piece::Kind::query:
            out += filled(sketch_.parameter_of_query(piece.text), piece.text);
            break;
        case Piece::Kind::claim: out += claim_text(piece.claim.steps); break;
        case Piece::Kind::client_ip:
            out += sketch_.client.empty() ? "127.0.0.1" : sketch_.client;
            break;
        case Piece::Kind::host: out += sketch_.host.empty() ? "localhost" : sketch_.host; break;
        }
    }
    return out;
}

} // namespace gateway::cli::test
