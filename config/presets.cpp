#include "config/presets.hpp"

#include "config/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace config {
namespace {

constexpr std::string_view audience_mark = "{audience}";
constexpr std::string_view project_mark = "{project}";

// docs/providers.md says where each row comes from.
constexpr std::array table = {
    Preset{
        .name = "keycloak", // `typ` in the claims tells access, ID and refresh tokens apart
        .types = "jwt at+jwt",
        .scopes = "scope",
        .roles = "realm_access.roles resource_access[{audience}].roles",
        .groups = "groups",
        .claims = "typ=Bearer",
    },
    Preset{
        .name = "auth0", // RBAC puts permissions into the token, roles only through an action
        .issuer_ends = "/",
        .algorithms = "RS256 PS256",
        .types = "jwt at+jwt",
        .scopes = "scope",
        .roles = "permissions",
    },
    Preset{
        .name = "okta", // a custom authorisation server; ID tokens have no `cid`
        .algorithms = "RS256",
        .scopes = "scp",
        .roles = "groups",
        .groups = "groups",
        .claims = "cid",
    },
    Preset{
        .name = "entra", // v2.0 tokens; ID tokens have no `azp`
        .issuer_ends = "/v2.0",
        .algorithms = "RS256",
        .types = "jwt",
        .scopes = "scp",
        .roles = "roles",
        .groups = "groups",
        .claims = "ver=2.0 azp tid",
        .tenant_claim = "tid",
        .tenant_jwks = "https://login.microsoftonline.com/common/discovery/v2.0/keys",
    },
    Preset{
        .name = "entra_v1", // ID tokens have no `appid`
        .issuer_ends = "/",
        .algorithms = "RS256",
        .types = "jwt",
        .scopes = "scp",
        .roles = "roles",
        .groups = "groups",
        .claims = "ver=1.0 appid tid",
        .tenant_claim = "tid",
        .tenant_jwks = "https://login.microsoftonline.com/common/discovery/keys",
    },
    Preset{
        .name = "google", // ID tokens: its access tokens are no JWTs
        .issuer = "https://accounts.google.com",
        .other_issuer = "accounts.google.com",
        .algorithms = "RS256",
        .claims = "sub",
        .jwks = "https://www.googleapis.com/oauth2/v3/certs",
    },
    Preset{
        .name = "firebase", // ID tokens
        .audience = "{project}",
        .algorithms = "RS256",
        .claims = "sub auth_time firebase",
        .jwks = "https://www.googleapis.com/service_accounts/v1/jwk/"
                "securetoken@system.gserviceaccount.com",
    },
    Preset{
        .name = "cognito", // access tokens name the client, and no audience
        .audience_claim = "client_id",
        .algorithms = "RS256",
        .scopes = "scope",
        .roles = "cognito:groups",
        .groups = "cognito:groups",
        .claims = "token_use=access",
    },
    Preset{
        .name = "github_actions", // its facts are flat claims: repository, ref, environment
        .issuer = "https://token.actions.githubusercontent.com",
        .algorithms = "RS256",
        .types = "jwt",
        .claims = "repository ref",
    },
    Preset{
        .name = "kubernetes", // tokens of the old kind have neither this claim nor an end
        .algorithms = "RS256 ES256 ES384 ES512",
        .claims = "kubernetes.io",
    },
    Preset{
        .name = "zitadel", // an object whose keys are the roles
        .scopes = "scope",
        .roles = "urn:zitadel:iam:org:project:roles "
                 "[urn:zitadel:iam:org:project:{audience}:roles]",
    },
    Preset{
        .name = "ory", // Hydra: what was added at login or consent is under `ext`
        .scopes = "scp scope",
        .roles = "ext.roles",
        .groups = "ext.groups",
        .claims = "client_id",
    },
    Preset{
        .name = "supabase", // never `user_metadata`: its users write that themselves
        .issuer_ends = "/auth/v1",
        .audience = "authenticated",
        .algorithms = "ES256 RS256",
        .roles = "role app_metadata.roles",
        .groups = "app_metadata.groups",
    },
    Preset{
        .name = "clerk", // session tokens name the page's origin, and no audience
        .audience_claim = "azp",
        .algorithms = "RS256",
        .scopes = "org_permissions",
        .roles = "o.rol org_role",
        .groups = "o.slg org_slug",
        .claims = "sid sts?=active",
    },
};

static_assert(std::ranges::equal(table, preset_names, {}, &Preset::name));

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        out.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

void fill_list(std::vector<std::string>& list, std::string_view cell) {
    if (!cell.empty()) list = words(cell);
}

RequiredClaim required_claim(std::string_view word) {
    const std::size_t sign = word.find('=');
    if (sign == std::string_view::npos) return {.name = std::string(word)};
    RequiredClaim claim{.values = {std::string(word.substr(sign + 1))}};
    std::string_view name = word.substr(0, sign);
    claim.may_be_missing = name.ends_with('?');
    if (claim.may_be_missing) name.remove_suffix(1);
    claim.name = name;
    return claim;
}

/// Each path that names the audience becomes one path for each of them.
void replace_audience(std::vector<std::string>& paths, const std::vector<std::string>& audiences) {
    std::vector<std::string> out;
    for (std::string& path : paths) {
        const std::size_t mark = path.find(audience_mark);
        if (mark == std::string::npos) {
            out.push_back(std::move(path));
            continue;
        }
        for (const std::string& audience : audiences)
            out.push_back(std::string(path).replace(mark, audience_mark.size(), audience));
    }
    paths = std::move(out);
}

void take_keys_from(Issuer& issuer, std::string_view jwks) {
    issuer.keys.kind = KeySourceKind::jwks;
    issuer.keys.url = jwks;
}

} // namespace

std::span<const Preset> presets() { return table; }

const Preset* find_preset(std::string_view name) {
    const auto* const found = std::ranges::find(table, name, &Preset::name);
    return found == table.end() ? nullptr : &*found;
}

void fill(Issuer& issuer, const Preset& preset) {
    issuer.preset = preset.name;
    issuer.issuer = preset.issuer;
    if (!preset.other_issuer.empty()) issuer.other_issuers = {std::string(preset.other_issuer)};
    if (!preset.audience.empty()) issuer.audiences = {std::string(preset.audience)};
    if (!preset.audience_claim.empty()) issuer.audience_claim = preset.audience_claim;
    fill_list(issuer.algorithms, preset.algorithms);
    fill_list(issuer.types, preset.types);
    fill_list(issuer.scopes, preset.scopes);
    fill_list(issuer.roles, preset.roles);
    fill_list(issuer.groups, preset.groups);
    for (const std::string& word : words(preset.claims))
        issuer.required_claims.push_back(required_claim(word));
    if (!preset.jwks.empty()) take_keys_from(issuer, preset.jwks);
}

void finish(Issuer& issuer, const Preset& preset) {
    if (issuer.keys.kind == KeySourceKind::secret && issuer.algorithms == words(preset.algorithms))
        issuer.algorithms.clear();
    if (issuer.audiences == std::vector{std::string(project_mark)})
        issuer.audiences = {issuer.issuer.substr(issuer.issuer.rfind('/') + 1)};
    replace_audience(issuer.roles, issuer.audiences);
    if (!issuer.tenant) return;
    if (issuer.tenant->claim.empty()) issuer.tenant->claim = preset.tenant_claim;
    const bool has_keys = issuer.keys.at != issuer.at; // the file says where
    if (!has_keys && !preset.tenant_jwks.empty()) take_keys_from(issuer, preset.tenant_jwks);
}

} // namespace config
