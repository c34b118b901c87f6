#include "config/address.hpp"
#include "config/decode/areas.hpp"
#include "config/decode/fields.hpp"
#include "config/presets.hpp"
#include "config/text.hpp"

#include <algorithm>
#include <array>

namespace config::decode {
namespace {

constexpr std::array<std::string_view, 15> algorithm_names = {
    "RS256", "RS384", "RS512",   "PS256", "PS384", "PS512", "ES256", "ES384",
    "ES512", "EdDSA", "Ed25519", "Ed448", "HS256", "HS384", "HS512"};

/// An issuer while it is read, with the places that checks across its keys point at.
struct Draft {
    Issuer issuer;
    Position url_at;
    std::vector<Position> algorithms_at;
};

bool is_symmetric(std::string_view algorithm) { return algorithm.starts_with("HS"); }

/// The first is the one that is asked for its keys.
void read_issuer_urls(Decoder& decoder, const Member& member, Draft& out) {
    out.url_at = member.value.at;
    out.issuer.other_issuers.clear();
    read_text_or_texts<&Issuer::other_issuers>(decoder, member, out.issuer);
    std::vector<std::string>& all = out.issuer.other_issuers;
    if (all.empty()) return;
    out.issuer.issuer = std::move(all.front());
    all.erase(all.begin());
}

void read_audience(Decoder& decoder, const Member& member, Draft& out) {
    if (member.value.kind == NodeKind::scalar && member.value.text == "any") {
        out.issuer.any_audience = true;
        out.issuer.audiences.clear();
        return decoder.warning(
            member.value.at, "audience_any", "tokens for every audience are accepted",
            "name the audience of this API, so that tokens made for others are refused");
    }
    read_text_or_texts<&Issuer::audiences>(decoder, member, out.issuer);
}

void read_algorithms(Decoder& decoder, const Member& member, Draft& out) {
    if (!decoder.is_list(member.value, "algorithms")) return;
    out.issuer.algorithms.clear();
    for (const Node& item : member.value.items) {
        if (item.kind == NodeKind::scalar && lower_case(item.text) == "none") {
            decoder.error(item.at, "`none` is never accepted: such tokens have no signature",
                          "remove it");
            continue;
        }
        if (!decoder.choice(item, algorithm_names)) continue;
        out.issuer.algorithms.push_back(item.text);
        out.algorithms_at.push_back(item.at);
    }
}

void read_types(Decoder& decoder, const Member& member, Draft& out) {
    std::optional<std::vector<std::string>> types = decoder.texts(member.value);
    if (!types) return;
    // RFC 7515 4.1.9: the prefix is left out where no other slash follows, and media types know no
    // case.
    constexpr std::string_view prefix = "application/";
    for (std::string& type : *types) {
        type = lower_case(type);
        if (type.starts_with(prefix)) type.erase(0, prefix.size());
    }
    out.issuer.types = std::move(*types);
}

/// In place of the preset's word on the same claim, if it has one.
void add_required_claim(Issuer& issuer, RequiredClaim claim) {
    auto& all = issuer.required_claims;
    const auto known = std::ranges::find(all, claim.name, &RequiredClaim::name);
    if (known == all.end())
        all.push_back(std::move(claim));
    else
        *known = std::move(claim);
}

/// `NAME`, or `{ NAME: VALUE or list of values }`.
void read_required_claims(Decoder& decoder, const Member& member, Draft& out) {
    if (!decoder.is_list(member.value, "names of claims")) return;
    for (const Node& item : member.value.items) {
        if (item.kind != NodeKind::mapping) {
            if (auto name = decoder.text(item, "the name of a claim or { NAME: VALUE }"))
                add_required_claim(out.issuer, {.name = std::move(*name)});
            continue;
        }
        if (item.members.empty()) decoder.error(item.at, "this mapping names no claim");
        for (const Member& named : item.members) {
            RequiredClaim claim{.name = named.key};
            read_text_or_texts<&RequiredClaim::values>(decoder, named, claim);
            add_required_claim(out.issuer, std::move(claim));
        }
    }
}

void read_preset(Decoder& decoder, const Member& member, Draft&) {
    decoder.choice(member.value, preset_names);
}

template <const auto& field> void read_inner(Decoder& decoder, const Member& member, Draft& out) {
    field.read(decoder, member, out.issuer);
}

/// A field of the issuer itself.
template <const auto& field> constexpr Field<Draft> inner{read_inner<field>, field.shape};

void read_issuer_keys(Decoder& decoder, const Member& member, Draft& out) {
    out.issuer.keys = {};
    read_keys(decoder, member, out.issuer.keys);
}

constexpr Shape algorithm_word = shape::word(algorithm_names);
constexpr std::array<std::string_view, 1> discover = {"discover"};
constexpr Shape discovered = shape::word(discover);
constexpr Shape key_source = shape::mapping(key_source_table);
constexpr Shape required_values = shape::map_of(shape::text_or_texts, {});
constexpr Shape required_claim = shape::either(shape::text, required_values);

constexpr Shape tenant = shape::mapping(tenant_table);

void read_issuer_tenant(Decoder& decoder, const Member& member, Draft& out) {
    read_tenant(decoder, member, out.issuer.tenant.emplace());
}

/// A preset may know what must be written otherwise.
constexpr auto keys_of_issuer(Need preset, Need issuer, Need audience) {
    return std::array{
        Key<Draft>{"preset",
                   preset,
                   {read_preset, shape::word(preset_names)},
                   "A provider whose ways are known: fills in what is not written"},
        Key<Draft>{"issuer",
                   issuer,
                   {read_issuer_urls, shape::text_or_texts},
                   "Exactly what `iss` says in this issuer's tokens"},
        Key<Draft>{"tenant",
                   Need::optional,
                   {read_issuer_tenant, tenant},
                   "Who may stand for {tenant} in `issuer`"},
        Key<Draft>{"audience",
                   audience,
                   {read_audience, shape::text_or_texts},
                   "What `aud` must hold, one of them; `any` accepts every token of the issuer"},
        Key<Draft>{"audience_claim", Need::optional, inner<as_text<&Issuer::audience_claim>>,
                   "The claim to look for the audience in, instead of `aud`"},
        Key<Draft>{"algorithms",
                   Need::optional,
                   {read_algorithms, shape::list_of(algorithm_word)},
                   "Accepted signatures; without it, every asymmetric one that the keys allow"},
        Key<Draft>{"keys",
                   Need::optional,
                   {read_issuer_keys, shape::either(discovered, key_source)},
                   "Where the keys come from; without it, OpenID discovery"},
        Key<Draft>{"types",
                   Need::optional,
                   {read_types, shape::texts},
                   "Accepted values of the header's `typ`"},
        Key<Draft>{"required_claims",
                   Need::optional,
                   {read_required_claims, shape::list_of(required_claim)},
                   "Claims that every token must hold, beyond `exp`: NAME, or { NAME: VALUE }"},
        Key<Draft>{"leeway", Need::optional,
                   inner<as_duration<&Issuer::leeway, 0, 300 * one_second>>,
                   "How far this clock and the issuer's may differ"},
        Key<Draft>{"max_lifetime", Need::optional,
                   inner<as_duration<&Issuer::max_lifetime, one_second, 3650 * one_day>>,
                   "An `exp` further away than this is not believed"},
        Key<Draft>{"scopes", Need::optional, inner<as_text_or_texts<&Issuer::scopes>>,
                   "Claim paths that hold scopes"},
        Key<Draft>{"roles", Need::optional, inner<as_text_or_texts<&Issuer::roles>>,
                   "Claim paths that hold roles"},
        Key<Draft>{"groups", Need::optional, inner<as_text_or_texts<&Issuer::groups>>,
                   "Claim paths that hold groups"},
        Key<Draft>{"token_service", Need::later},
    };
}

// For the schema: with a preset, and without one.
constexpr auto issuer_keys = keys_of_issuer(Need::later, Need::required, Need::required);
constexpr auto preset_keys = keys_of_issuer(Need::required, Need::optional, Need::optional);

/// Read before all others, because they stand in place of what it fills in.
const Preset* preset_of(const Node& issuer) {
    for (const Member& member : issuer.members)
        if (member.key == "preset") return find_preset(member.value.text);
    return nullptr;
}

void check_preset(Decoder& decoder, const Draft& draft, const Preset& preset) {
    const auto check = [&](const std::string& issuer) {
        if (issuer.empty() || issuer.ends_with(preset.issuer_ends)) return;
        decoder.error(draft.url_at,
                      "an issuer of " + std::string(preset.name) + " ends with " +
                          in_backticks(preset.issuer_ends),
                      "write it as the tokens' `iss` says it, byte for byte");
    };
    check(draft.issuer.issuer);
    for (const std::string& other : draft.issuer.other_issuers) check(other);
}

void check_discovery(Decoder& decoder, const Draft& draft) {
    const Issuer& issuer = draft.issuer;
    if (issuer.keys.kind != KeySourceKind::discover || issuer.issuer.empty()) return;
    if (!issuer.keys.url.empty()) return; // looked at where it stands
    if (issuer.tenant)
        return decoder.error(issuer.keys.at,
                             "an issuer with tenants must say whom to ask for its keys",
                             "write `keys: { discover: URL }` or `keys: { jwks: URL }`");
    std::string why;
    const std::optional<Url> url = parse_url(issuer.issuer, why);
    constexpr std::string_view hint =
        "write the provider's URL, or say where the keys are: `keys: { jwks: URL }`";
    if (!url)
        return decoder.error(draft.url_at, "the keys cannot be discovered from this issuer: " + why,
                             std::string(hint));
    if (url->has_query)
        return decoder.error(draft.url_at,
                             "the keys cannot be discovered from this issuer: it holds a query",
                             std::string(hint));
    if (url->scheme == "http" && !issuer.keys.allow_http)
        decoder.error(draft.url_at, "keys are not fetched over http://",
                      "use https://, or for tests `keys: { discover: true, allow_http: true }`");
}

std::size_t secret_bytes(std::string_view algorithm) {
    return algorithm == "HS512" ? 64 : algorithm == "HS384" ? 48 : 32;
}

void check_secret(Decoder& decoder, Draft& draft) {
    Issuer& issuer = draft.issuer;
    if (issuer.keys.secret.empty()) return;
    if (issuer.algorithms.empty() && draft.algorithms_at.empty()) issuer.algorithms = {"HS256"};
    for (const std::string& algorithm : issuer.algorithms) {
        // RFC 7518 3.2: a key at least as long as the hash.
        const std::size_t least = secret_bytes(algorithm);
        if (!is_symmetric(algorithm) || issuer.keys.secret.reveal().size() >= least) continue;
        return decoder.error(issuer.keys.at,
                             "this secret is shorter than the " + std::to_string(least) +
                                 " bytes that " + algorithm + " needs",
                             "make one with `openssl rand -base64 64`", "short_secret");
    }
}

void check_algorithms(Decoder& decoder, const Draft& draft) {
    const bool has_secret = draft.issuer.keys.kind == KeySourceKind::secret;
    for (std::size_t i = 0; i < draft.algorithms_at.size(); ++i) {
        const std::string& algorithm = draft.issuer.algorithms[i];
        if (is_symmetric(algorithm) == has_secret) continue;
        if (has_secret)
            decoder.error(draft.algorithms_at[i],
                          algorithm + " needs a public key, but `keys` gives a secret",
                          "use HS256, HS384 or HS512 here");
        else
            decoder.error(draft.algorithms_at[i],
                          algorithm + " needs a secret, but `keys` gives none",
                          "write `keys: { secret: ${NAME} }`, or remove it");
    }
}

void read_issuer(Decoder& decoder, const Member& named, Issuer& out) {
    Draft draft;
    draft.issuer.at = named.at;
    draft.issuer.name = named.key;
    draft.issuer.keys.at = named.at;
    const std::string what = "the issuer " + in_backticks(named.key);
    const Preset* const preset = preset_of(named.value);
    if (preset) fill(draft.issuer, *preset);
    const auto need = [&](std::string_view known) {
        return preset && !known.empty() ? Need::optional : Need::required;
    };
    const auto keys = keys_of_issuer(Need::optional, need(preset ? preset->issuer : ""),
                                     need(preset ? preset->audience : ""));
    if (decoder.mapping<Draft>(named.value, keys, {named.at, what}, draft)) {
        if (preset) {
            finish(draft.issuer, *preset);
            check_preset(decoder, draft, *preset);
        }
        check_tenant(decoder, draft.issuer, draft.url_at);
        check_discovery(decoder, draft);
        check_algorithms(decoder, draft);
        check_secret(decoder, draft);
    }
    out = std::move(draft.issuer);
}

} // namespace

Table issuer_table() { return table_of<issuer_keys>("issuer"); }
Table preset_issuer_table() { return table_of<preset_keys>("preset_issuer"); }

void read_issuers(Decoder& decoder, const Member& member, Model& out) {
    if (!decoder.is_mapping(member.value, "`issuers`")) return;
    for (const Member& named : member.value.members) {
        is_good_name(decoder, named);
        read_issuer(decoder, named, out.issuers.emplace_back());
    }
}

} // namespace config::decode
