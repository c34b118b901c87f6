#include "config/decode/areas.hpp"
#include "config/decode/fields.hpp"
#include "config/issuer_pattern.hpp"

#include <algorithm>
#include <array>

namespace config::decode {
namespace {

void read_tenant_names(Decoder& decoder, const Member& member, Tenant& out) {
    read_texts<&Tenant::one_of>(decoder, member, out);
    std::ranges::sort(out.one_of);
}

void read_any_tenant(Decoder& decoder, const Member& member, Tenant& out) {
    out.any = decoder.boolean(member.value) == true;
    if (out.any)
        decoder.warning(member.at, "tenant_any", "every tenant of this provider is believed",
                        "name the tenants under `one_of`, or let each rule look at the claim");
}

constexpr std::array tenant_keys = {
    Key<Tenant>{"claim", Need::optional, as_text<&Tenant::claim>,
                "The claim that names the tenant; a preset may know it"},
    Key<Tenant>{"one_of",
                Need::optional,
                {read_tenant_names, shape::texts},
                "The tenants whose tokens are believed"},
    Key<Tenant>{
        "any", Need::optional, {read_any_tenant, shape::boolean}, "true: every tenant is believed"},
};

/// The place must be one whole part of the URL, so that what may stand there is never half a name.
bool is_tenant_place(const std::string& issuer, std::size_t at) {
    const std::size_t end = at + tenant_mark.size();
    const auto is_border = [](char c) { return c == '/' || c == '.' || c == ':'; };
    return issuer.compare(at, tenant_mark.size(), tenant_mark) == 0 &&
           (at == 0 || is_border(issuer[at - 1])) &&
           (end == issuer.size() || is_border(issuer[end])) &&
           issuer.find_first_of("{}", end) == std::string::npos;
}

} // namespace

Table tenant_table() { return table_of<tenant_keys>("tenant", 1); }

void read_tenant(Decoder& decoder, const Member& member, Tenant& read) {
    read.at = member.at;
    decoder.mapping<Tenant>(member.value, tenant_keys, {member.at, "`tenant`"}, read);
    if (read.one_of.empty() && !read.any)
        decoder.error(member.at, "`tenant` names nobody", "name the tenants under `one_of`");
    if (!read.one_of.empty() && read.any)
        decoder.error(member.at, "`one_of` and `any: true` say different things", "keep one");
}

void check_tenant(Decoder& decoder, const Issuer& issuer, Position url_at) {
    bool has_place = false;
    const auto check = [&](const std::string& text) {
        const std::size_t brace = text.find_first_of("{}");
        if (brace == std::string::npos) return;
        has_place = true;
        if (!issuer.tenant)
            decoder.error(url_at, "an issuer with `{tenant}` needs `tenant`",
                          "write `tenant: { claim: NAME, one_of: [...] }`");
        else if (!is_tenant_place(text, brace))
            decoder.error(url_at, "an issuer may hold `{tenant}` once, as a whole part of the URL");
    };
    check(issuer.issuer);
    for (const std::string& other : issuer.other_issuers) check(other);
    if (!issuer.tenant) return;
    if (!has_place && !issuer.issuer.empty())
        decoder.error(issuer.tenant->at, "`tenant` goes with `{tenant}` in the issuer");
    if (issuer.tenant->claim.empty())
        decoder.error(issuer.tenant->at, "`tenant` needs `claim`",
                      "name the claim that holds the tenant");
}

} // namespace config::decode
