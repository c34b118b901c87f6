#include "config/decode/fields.hpp"
#include "config/files.hpp"
#include "config/suite/areas.hpp"
#include "config/text.hpp"

#include <algorithm>
#include <array>

namespace config::suite {
namespace {

constexpr std::array<std::string_view, 2> signatures = {"right", "wrong"};

constexpr std::size_t max_token_bytes = std::size_t{64} << 10;

template <auto field> void read_placed(Decoder& decoder, const Member& member, WrittenToken& out) {
    if (auto text = decoder.text(member.value)) out.token.*field = {member.value.at, *text};
}

void read_like(Decoder& decoder, const Member& member, WrittenToken& out) {
    if (auto text = decoder.text(member.value, "the name of a token"))
        out.like = {member.value.at, *text};
}

/// At the top, null takes a claim away: what is filled in can be left out. Below, it is null.
template <auto field> void read_claims(Decoder& decoder, const Member& member, WrittenToken& out) {
    if (!decoder.is_mapping(member.value, in_backticks(member.key))) return;
    for (const Member& claim : member.value.members) {
        const bool is_null = claim.value.kind == NodeKind::nothing && !claim.value.text.empty();
        std::optional<std::string> json = is_null ? std::nullopt : read_json(decoder, claim.value);
        if (is_null || json) (out.token.*field).push_back({claim.at, claim.key, std::move(json)});
    }
}

void read_header(Decoder& decoder, const Member& member, WrittenToken& out) {
    read_claims<&Token::header>(decoder, member, out);
    for (const Claim& claim : out.token.header)
        if (claim.name == "alg" || claim.name == "kid")
            decoder.error(claim.at, "`alg` and `kid` follow from the key that signs",
                          "give the whole token with `raw` or `file`");
}

void read_file(Decoder& decoder, const Member& member, WrittenToken& out) {
    const std::optional<std::string> path = decoder.readable_file(member.value);
    if (!path) return;
    const FileText file = config::read_file(*path, max_token_bytes);
    if (!file.text)
        return decoder.error(member.value.at, "this file cannot be read: " + file.error);
    constexpr const char* white = " \t\r\n";
    const std::size_t first = file.text->find_first_not_of(white);
    if (first == std::string::npos)
        return decoder.error(member.value.at, "this file holds no token");
    const std::size_t last = file.text->find_last_not_of(white);
    out.token.raw = {member.value.at, file.text->substr(first, last - first + 1)};
    if (find_control(out.token.raw.text) != std::string::npos)
        decoder.error(member.value.at, "this file holds more than one line");
}

void read_signature(Decoder& decoder, const Member& member, WrittenToken& out) {
    if (const auto choice = decoder.choice(member.value, signatures))
        out.token.forged = *choice == 1;
}

constexpr Shape members = decode::shape::map_of(decode::shape::any, "");

constexpr std::array keys = {
    Key<WrittenToken>{"like",
                      Need::optional,
                      {read_like, decode::shape::text},
                      "The token whose claims and header this one begins with"},
    Key<WrittenToken>{"issuer",
                      Need::optional,
                      {read_placed<&Token::issuer>, decode::shape::text},
                      "Name of the issuer that signs; without it, the first of the configuration"},
    Key<WrittenToken>{"claims",
                      Need::optional,
                      {read_claims<&Token::claims>, members},
                      "What the token says; iss, aud, iat and exp are filled in, null leaves out"},
    Key<WrittenToken>{"header",
                      Need::optional,
                      {read_header, members},
                      "Members of its header beside alg and kid"},
    Key<WrittenToken>{"signature",
                      Need::optional,
                      {read_signature, decode::shape::word(signatures)},
                      "Whether its signature is right; without this key it is"},
    Key<WrittenToken>{"raw",
                      Need::optional,
                      {read_placed<&Token::raw>, decode::shape::text},
                      "A whole token, held against the keys of the configuration"},
    Key<WrittenToken>{"file",
                      Need::optional,
                      {read_file, decode::shape::text},
                      "A file that holds a whole token"},
};

WrittenToken read_token(Decoder& decoder, const Node& node, Position at) {
    WrittenToken out;
    out.token.at = at;
    decoder.mapping<WrittenToken>(node, keys, {at, "a token"}, out);
    const bool is_whole = std::ranges::any_of(node.members, [](const Member& member) {
        return member.key == "raw" || member.key == "file";
    });
    if (is_whole && node.members.size() > 1)
        decoder.error(at, "a whole token stands alone: nothing can be changed in it",
                      "keep `raw` or `file`, or say what its claims are");
    return out;
}

/// What `own` does not say comes from `base`.
void inherit(const std::vector<Claim>& base, std::vector<Claim>& own) {
    std::vector<Claim> all = base;
    for (Claim& claim : own) {
        const auto same = std::ranges::find(all, claim.name, &Claim::name);
        if (same == all.end())
            all.push_back(std::move(claim));
        else
            *same = std::move(claim);
    }
    own = std::move(all);
}

void inherit(const Token& base, Token& own) {
    if (own.name.empty()) own.name = base.name;
    if (own.issuer.empty()) own.issuer = base.issuer;
    inherit(base.claims, own.claims);
    inherit(base.header, own.header);
    own.forged = own.forged || base.forged;
}

void unknown_token(Decoder& decoder, const Text& like, std::span<const std::string_view> names) {
    std::string hint = did_you_mean(like.text, names);
    if (hint.empty() && !names.empty()) hint = "there are " + one_of(names);
    decoder.error(like.at, "there is no token " + in_backticks(like.text), std::move(hint));
}

/// Resolves each token once its base is resolved.
class Resolver {
public:
    Resolver(Decoder& decoder, std::vector<WrittenToken>& written)
        : decoder_(decoder), written_(written), state_(written.size(), State::written) {
        for (const WrittenToken& token : written) names_.push_back(token.token.name);
    }

    void resolve(std::size_t index) {
        if (state_[index] != State::written) return;
        state_[index] = State::open;
        if (const Text& like = written_[index].like; !like.empty()) take_over(index, like);
        state_[index] = State::resolved;
    }

private:
    enum class State { written, open, resolved };

    void take_over(std::size_t index, const Text& like) {
        const auto found = std::ranges::find(names_, like.text);
        if (found == names_.end()) return unknown_token(decoder_, like, names_);
        const auto base = static_cast<std::size_t>(found - names_.begin());
        // Deep chains end here too: each token is open once.
        resolve(base);
        if (state_[base] == State::open)
            return decoder_.error(like.at, "this token is like itself");
        if (!written_[base].token.raw.empty())
            return decoder_.error(like.at, "nothing can be changed in a whole token");
        inherit(written_[base].token, written_[index].token);
    }

    Decoder& decoder_;
    std::vector<WrittenToken>& written_;
    std::vector<std::string_view> names_;
    std::vector<State> state_;
};

} // namespace

Table token_table() { return decode::table_of<keys>("token"); }

void read_tokens(Decoder& decoder, const Member& member, std::vector<WrittenToken>& out) {
    if (!decoder.is_mapping(member.value, "`tokens`")) return;
    for (const Member& entry : member.value.members) {
        if (entry.key == "none") {
            decoder.error(entry.at, "`none` means that no token is sent", "use another name");
            continue;
        }
        out.push_back(read_token(decoder, entry.value, entry.at));
        out.back().token.name = entry.key;
    }
}

std::optional<WrittenToken> read_test_token(Decoder& decoder, const Node& node) {
    if (node.kind == NodeKind::mapping) return read_token(decoder, node, node.at);
    const std::optional<std::string> name =
        decoder.text(node, "the name of a token, `none`, or a token");
    if (!name || *name == "none") return std::nullopt;
    WrittenToken out;
    out.token.at = node.at;
    out.like = {node.at, *name};
    return out;
}

std::vector<Token> resolve_tokens(Decoder& decoder, std::vector<WrittenToken> written) {
    Resolver resolver(decoder, written);
    for (std::size_t i = 0; i < written.size(); ++i) resolver.resolve(i);
    std::vector<Token> tokens;
    for (WrittenToken& token : written) tokens.push_back(std::move(token.token));
    return tokens;
}

Token resolve_token(Decoder& decoder, WrittenToken written, const std::vector<Token>& named) {
    if (written.like.empty()) return std::move(written.token);
    const auto base = std::ranges::find(named, written.like.text, &Token::name);
    if (base == named.end()) {
        std::vector<std::string_view> names;
        for (const Token& token : named) names.push_back(token.name);
        unknown_token(decoder, written.like, names);
        return std::move(written.token);
    }
    const bool changes = !written.token.claims.empty() || !written.token.header.empty();
    if (!base->raw.empty() && changes)
        decoder.error(written.like.at, "nothing can be changed in a whole token");
    written.token.raw = base->raw;
    inherit(*base, written.token);
    return std::move(written.token);
}

} // namespace config::suite
