#include "policy/snapshot.hpp"

#include "policy/headers/identity.hpp"
#include "policy/rule/policy_use.hpp"

#include <algorithm>
#include <atomic>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

namespace policy {

namespace {

using config::KeySourceKind;
using jose::Algorithm;

std::uint64_t next_generation() {
    static std::atomic<std::uint64_t> last{0};
    return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

bool is_remote(KeySourceKind kind) {
    return kind == KeySourceKind::discover || kind == KeySourceKind::jwks;
}

using Keys = Result<jose::KeySet, jose::KeySetError>;

Keys local_keys(const config::KeySource& source, std::vector<jose::SkippedKey>& skipped) {
    switch (source.kind) {
    case KeySourceKind::pem: return jose::parse_pem_keys(source.text, &skipped);
    case KeySourceKind::secret: return jose::make_secret_key(source.secret.reveal());
    default: return jose::parse_key_set(source.text, &skipped);
    }
}

/// Why none of the keys can be used: the first reasons, for one is often the reason of all.
std::string reasons(const std::vector<jose::SkippedKey>& skipped) {
    constexpr std::size_t most = 3;
    std::string text;
    for (std::size_t i = 0; i < skipped.size() && i < most; ++i)
        text += (text.empty() ? "" : "; ") +
                (skipped[i].kid.empty() ? std::string() : "'" + skipped[i].kid + "': ") +
                skipped[i].why;
    return text;
}

} // namespace

/// Fills a snapshot part by part; errors go to the problems, and the parts go on to find all of
/// them.
class SnapshotBuilder {
public:
    SnapshotBuilder(Snapshot& snapshot, config::Problems& problems)
        : snapshot_(snapshot), model_(*snapshot.model_), problems_(problems) {}

    void add_issuers(const std::vector<KeyMaterial>& keys);
    void add_identity_headers();
    void add_trusted_proxies();
    void check_logs();
    void add_interests();
    void check_unused_policies();

private:
    void error(config::Position at, std::string message, std::string hint = {}) {
        problems_.push_back(
            {config::Severity::error, model_.file, at, std::move(message), std::move(hint), {}});
    }
    jose::AlgorithmSet algorithms(const config::Issuer& settings);
    void add_local_keys(token::Issuer& issuer);
    std::vector<rule::ClaimPath> paths(const config::Issuer& settings,
                                       const std::vector<std::string>& texts);

    Snapshot& snapshot_;
    const config::Model& model_;
    config::Problems& problems_;
};

/// HS* only where a secret is given, or a key file that may hold one: a public key is never taken
/// for a secret.
jose::AlgorithmSet SnapshotBuilder::algorithms(const config::Issuer& settings) {
    const bool secret = settings.keys.kind == KeySourceKind::secret;
    jose::AlgorithmSet set = secret ? jose::AlgorithmSet{} : jose::AlgorithmSet::asymmetric();
    if (secret)
        for (const Algorithm a : {Algorithm::hs256, Algorithm::hs384, Algorithm::hs512}) set.add(a);
    if (settings.algorithms.empty()) return set;
    set = {};
    for (const std::string& name : settings.algorithms) {
        const auto algorithm = jose::parse_algorithm(name);
        if (!algorithm) {
            error(settings.at, "'" + name + "' is not a signature algorithm that is supported");
            continue;
        }
        const bool symmetric = jose::is_symmetric(*algorithm);
        if (symmetric != secret && !(symmetric && settings.keys.kind == KeySourceKind::file))
            error(settings.at, name + " does not go with this kind of keys",
                  "HS256, HS384 and HS512 need `keys: { secret: ... }`, all others public keys");
        set.add(*algorithm);
        // The older name stands for both newer ones; each of these stands for itself.
        if (*algorithm != Algorithm::eddsa) continue;
        set.add(Algorithm::ed25519);
        set.add(Algorithm::ed448);
    }
    return set;
}

void SnapshotBuilder::add_local_keys(token::Issuer& issuer) {
    const config::Issuer& settings = *issuer.settings;
    std::vector<jose::SkippedKey> skipped;
    auto keys = local_keys(settings.keys, skipped);
    if (keys) {
        issuer.keys = std::move(*keys);
        issuer.keys_known = true;
        return;
    }
    error(settings.keys.at,
          "the keys of issuer '" + settings.name +
              "' cannot be used: " + std::string(to_string(keys.error())),
          reasons(skipped));
}

std::vector<rule::ClaimPath> SnapshotBuilder::paths(const config::Issuer& settings,
                                                    const std::vector<std::string>& texts) {
    std::vector<rule::ClaimPath> result;
    for (const std::string& text : texts) {
        std::string why;
        if (auto path = rule::parse_claim_path(text, why))
            result.push_back(std::move(*path));
        else
            error(settings.at, "claim path '" + text + "': " + why);
    }
    return result;
}

void SnapshotBuilder::add_issuers(const std::vector<KeyMaterial>& keys) {
    for (std::size_t i = 0; i < model_.issuers.size(); ++i) {
        const config::Issuer& settings = model_.issuers[i];
        token::Issuer issuer;
        issuer.settings = &settings;
        issuer.algorithms = algorithms(settings);
        issuer.refetchable = is_remote(settings.keys.kind);
        if (!issuer.refetchable) {
            add_local_keys(issuer);
        } else if (i < keys.size()) {
            issuer.next_fetch = keys[i].next_fetch;
            // What was fetched was read once before; if it cannot be read now, there are no keys,
            // and that is a 503.
            if (auto set = keys[i].known ? jose::parse_key_set(keys[i].jwks)
                                         : Keys(jose::KeySetError::no_usable_key)) {
                issuer.keys = std::move(*set);
                issuer.keys_known = true;
            }
        }
        snapshot_.issuers_.push_back(std::move(issuer));
        snapshot_.claim_sources_.push_back({paths(settings, settings.scopes),
                                            paths(settings, settings.roles),
                                            paths(settings, settings.groups)});
    }
}

void SnapshotBuilder::add_identity_headers() {
    auto& names = snapshot_.identity_headers_;
    for (const config::Route& route : model_.routes)
        for (const config::ForwardHeader& header : route.forward.headers)
            names.push_back(headers::fold_name(header.name));
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
}

void SnapshotBuilder::add_trusted_proxies() {
    for (const std::string& text : model_.trusted_proxies) {
        if (const auto network = parse_network(text))
            snapshot_.trusted_proxies_.push_back(*network);
        else
            error({}, "trusted_proxies: '" + text + "' is not an address or a network");
    }
}

/// The logs read their claims without a word; what they could not read is refused here.
void SnapshotBuilder::check_logs() {
    for (const std::string& text : model_.access_log.claims) {
        std::string why;
        if (!rule::parse_claim_path(text, why))
            error({}, "access_log: claim path '" + text + "': " + why);
    }
    if (!model_.decision_log) return;
    for (const std::string& text : model_.decision_log->claims) {
        std::string why;
        if (!rule::parse_claim_path(text, why))
            error(model_.decision_log->at, "decision_log: claim path '" + text + "': " + why);
    }
}

void SnapshotBuilder::add_interests() {
    if (!model_.decision_log) return;
    snapshot_.interests_.resize(model_.routes.size());
    for (const auto& route : snapshot_.routes_.routes())
        snapshot_.interests_[route->index] =
            record::make_interest(*route, model_, *model_.decision_log);
}

/// Routes compile the policies that they use. A mistake in another one is a mistake all the same;
/// which parameters it may name depends on the route that it is for, so any route's will do.
void SnapshotBuilder::check_unused_policies() {
    const rule::PolicyUse use(model_);
    std::vector<std::string> parameters;
    for (const auto& route : snapshot_.routes_.routes())
        parameters.insert(parameters.end(), route->parameters.begin(), route->parameters.end());
    for (const config::Policy& policy : model_.policies)
        if (!use.is_used(policy.name))
            rule::Rule::compile(policy.rule, model_, parameters, problems_);
}

/// A policy's mistake is found by each route that uses it.
void remove_repeated(config::Problems& problems) {
    std::set<std::tuple<int, int, std::string>> seen;
    std::erase_if(problems, [&](const config::Problem& problem) {
        return !seen.emplace(problem.at.line, problem.at.column, problem.message).second;
    });
}

std::shared_ptr<Snapshot> Snapshot::compile(std::shared_ptr<const config::Model> model,
                                            const std::vector<KeyMaterial>& keys,
                                            config::Problems& problems) {
    config::Problems found;
    std::shared_ptr<Snapshot> snapshot(new Snapshot);
    snapshot->model_ = std::move(model);
    snapshot->generation_ = next_generation();
    SnapshotBuilder builder(*snapshot, found);
    builder.add_issuers(keys);
    builder.add_identity_headers();
    builder.add_trusted_proxies();
    builder.check_logs();
    snapshot->routes_ = route::Table::compile(*snapshot->model_, found);
    builder.add_interests();
    builder.check_unused_policies();
    remove_repeated(found);
    const bool usable = !config::has_errors(found);
    problems.insert(problems.end(), std::make_move_iterator(found.begin()),
                    std::make_move_iterator(found.end()));
    return usable ? snapshot : nullptr;
}

bool Snapshot::is_trusted_proxy(const Address& address) const {
    return std::ranges::any_of(trusted_proxies_,
                               [&](const Network& network) { return network.contains(address); });
}

} // namespace policy
