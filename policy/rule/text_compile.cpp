#include "policy/message.hpp"
#include "policy/rule/text.hpp"

#include <algorithm>

namespace policy::rule {

namespace {

struct Context {
    config::Position at;
    const std::vector<std::string>& parameters;
    const std::string& file;
    config::Problems& problems;

    void error(std::string message, std::string hint = {}) const {
        problems.push_back(
            {config::Severity::error, file, at, std::move(message), std::move(hint), {}});
    }
};

std::string join_names(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

void compile_path(std::string_view name, Piece& piece, const Context& context) {
    piece.kind = Piece::Kind::path;
    const auto found = std::ranges::find(context.parameters, name);
    piece.parameter = static_cast<std::size_t>(found - context.parameters.begin());
    if (found == context.parameters.end())
        context.error("the path has no parameter '" + std::string(name) + "'",
                      context.parameters.empty() ? "it has no parameters at all"
                                                 : "it has " + join_names(context.parameters));
}

void compile_claim(std::string_view path, Piece& piece, const Context& context) {
    piece.kind = Piece::Kind::claim;
    std::string error;
    if (auto parsed = parse_claim_path(path, error))
        piece.claim = std::move(*parsed);
    else
        context.error("claim path '" + std::string(path) + "': " + error);
}

void compile_named(Piece::Kind kind, std::string_view name, Piece& piece, const Context& context) {
    piece.kind = kind;
    if (name.empty()) context.error("'{header.}' and '{query.}' need a name");
    if (kind == Piece::Kind::header)
        std::ranges::transform(piece.text, piece.text.begin(), to_lower);
}

Piece compile_template(std::string_view inside, const Context& context) {
    const std::size_t dot = std::min(inside.find('.'), inside.size());
    const std::string_view source = inside.substr(0, dot);
    const std::string_view name = inside.substr(std::min(dot + 1, inside.size()));
    Piece piece{Piece::Kind::host, std::string(name), 0, {}};
    if (inside == "host") return piece;
    if (inside == "client.ip")
        piece.kind = Piece::Kind::client_ip;
    else if (source == "path")
        compile_path(name, piece, context);
    else if (source == "claim")
        compile_claim(name, piece, context);
    else if (source == "header")
        compile_named(Piece::Kind::header, name, piece, context);
    else if (source == "query")
        compile_named(Piece::Kind::query, name, piece, context);
    else
        context.error("unknown template '{" + std::string(inside) + "}'",
                      "there are {path.NAME}, {header.NAME}, {query.NAME}, {claim.PATH}, "
                      "{client.ip} and {host}; write '{{' for a brace");
    return piece;
}

} // namespace

Text Text::compile(std::string_view text, config::Position at,
                   const std::vector<std::string>& parameters, const std::string& file,
                   config::Problems& problems) {
    const Context context{at, parameters, file, problems};
    Text result;
    std::string literal;
    const auto end_literal = [&] {
        if (literal.empty()) return;
        result.pieces_.push_back({Piece::Kind::literal, std::move(literal), 0, {}});
        literal.clear();
    };
    while (!text.empty()) {
        const char c = text.front();
        if (c != '{' || text.starts_with("{{")) {
            literal += c;
            const bool twice = text.starts_with("{{") || text.starts_with("}}");
            text.remove_prefix(twice ? 2 : 1);
            continue;
        }
        const std::size_t close = text.find('}');
        if (close == text.npos) {
            context.error("'{' without '}'", "write '{{' for a brace");
            return result;
        }
        end_literal();
        result.pieces_.push_back(compile_template(text.substr(1, close - 1), context));
        text.remove_prefix(close + 1);
    }
    end_literal();
    if (result.pieces_.size() > max_pieces) context.error("more than 16 parts in one text");
    return result;
}

} // namespace policy::rule
