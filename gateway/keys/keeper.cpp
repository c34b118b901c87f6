#include "gateway/keys/keeper.hpp"

#include "gateway/keys/fetcher.hpp"
#include "gateway/keys/key_store.hpp"
#include "gateway/observe/log.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>

namespace gateway::keys {

using std::chrono::milliseconds;

struct Keeper::Impl : std::enable_shared_from_this<Keeper::Impl> {
    Impl(asio::io_context& context, Clock clocks, std::function<double()> numbers,
         std::function<void()> callback)
        : io(context), clock(std::move(clocks)), random(std::move(numbers)),
          changed(std::move(callback)), timer(context.get_executor()) {}

    std::shared_ptr<Source> restore(const config::Issuer& issuer, const KeyStore& from) const;
    void tick();
    void launch(const std::shared_ptr<Source>& source);
    void land(Source& source, FetchResult<Fetched> result);
    std::string take_document(Source& source, Fetched& fetched);
    void succeed(Source& source, std::optional<std::chrono::seconds> max_age);
    void fail(Source& source, std::string why);

    asio::io_context& io;
    Clock clock;
    std::function<double()> random;
    std::function<void()> changed;
    Timer timer;
    KeyStore store{""};
    Sources sources;
};

namespace {

/// Holds the keeper weakly: a fetch that outlives it has nobody to tell.
template <class Impl> Task<void> fly(std::weak_ptr<Impl> keeper, std::shared_ptr<Source> source) {
    FetchJob job = make_job(source->issuer);
    job.etag = source->etag;
    job.etag_url = source->url;
    auto result = co_await fetch_keys(std::move(job));
    if (const auto alive = keeper.lock()) alive->land(*source, std::move(result));
}

std::size_t count_keys(const std::string& document) {
    const auto set = policy::jose::parse_key_set(document);
    return set ? set->size() : 0;
}

} // namespace

std::shared_ptr<Source> Keeper::Impl::restore(const config::Issuer& issuer,
                                              const KeyStore& from) const {
    auto source = std::make_shared<Source>(issuer, clock.steady());
    std::string why_not;
    auto stored = from.load(issuer, why_not);
    if (!why_not.empty())
        log::write(log::Level::warning, "key_cache_ignored", "A stored key set does not count",
                   {{"error", why_not}});
    if (!stored) return source;
    // From the future: the clock was wrong then or is wrong now, and the age means nothing.
    const milliseconds age = clock.wall() - stored->fetched;
    if (age < milliseconds(0)) return source;
    source->keys = count_keys(stored->document);
    if (source->keys == 0) return source;
    source->machine.restore(clock.steady(), age);
    source->document = std::move(stored->document);
    source->believed = source->machine.has_keys(clock.steady());
    if (source->believed)
        log::write(log::Level::info, "keys_restored",
                   "Using the stored key set until the provider answers",
                   {{"issuer", issuer.name},
                    {"keys", static_cast<std::int64_t>(source->keys)},
                    {"age_seconds", age / std::chrono::seconds(1)}});
    return source;
}

void Keeper::Impl::tick() {
    bool lost_keys = false;
    for (const auto& source : sources) {
        if (!source) continue;
        if (source->machine.is_due(clock.steady())) {
            source->machine.start_flight();
            launch(source);
        }
        if (!source->believed || source->machine.has_keys(clock.steady())) continue;
        source->believed = false;
        lost_keys = true;
        log::write(log::Level::error, "keys_stale", "The key set is too old to be believed",
                   {{"issuer", source->issuer.name}, {"error", source->last_error}});
    }
    std::optional<Instant> next;
    for (const auto& source : sources) {
        const auto event = source ? source->machine.next_event(clock.steady()) : std::nullopt;
        if (event) next = next ? std::min(*next, *event) : *event;
    }
    timer.cancel();
    if (next) {
        timer.expires_after(std::max(*next - clock.steady(), Instant::duration(0)));
        timer.async_wait([weak = weak_from_this()](ErrorCode error) {
            if (const auto self = weak.lock(); self && !error) self->tick();
        });
    }
    if (lost_keys) changed();
}

void Keeper::Impl::launch(const std::shared_ptr<Source>& source) {
    asio::co_spawn(
        io.get_executor(), fly(weak_from_this(), source),
        [weak = weak_from_this(), source](std::exception_ptr thrown) {
            const auto self = weak.lock();
            if (self && thrown)
                self->land(*source, FetchError{FetchFailure::not_http, "internal error"});
        });
}

void Keeper::Impl::land(Source& source, FetchResult<Fetched> result) {
    const bool told = std::exchange(source.wanted, false);
    const bool was_believed = source.believed;
    const std::string before = source.document;
    std::string why;
    if (!result)
        why = result.error().text;
    else if (result->modified)
        why = take_document(source, *result);
    if (why.empty())
        succeed(source, result->max_age);
    else
        fail(source, std::move(why));
    // A source that a reload has left behind has nobody to tell.
    if (std::none_of(sources.begin(), sources.end(),
                     [&](const auto& s) { return s.get() == &source; }))
        return;
    if (told || source.believed != was_believed || source.document != before) changed();
    tick();
}

/// Only a set with a usable key replaces the one that is held (threats J88). An error text, or
/// empty.
std::string Keeper::Impl::take_document(Source& source, Fetched& fetched) {
    const auto set = policy::jose::parse_key_set(fetched.document);
    if (!set) return "the key set: " + std::string(to_string(set.error()));
    source.report_skipped(set->skipped());
    source.keys = set->size();
    source.document = std::move(fetched.document);
    source.etag = std::move(fetched.etag);
    source.url = std::move(fetched.url);
    return {};
}

void Keeper::Impl::succeed(Source& source, std::optional<std::chrono::seconds> max_age) {
    source.machine.on_success(clock.steady(), max_age, random());
    source.believed = true;
    source.last_error.clear();
    ++source.successes;
    log::write(log::Level::info, "keys_fetched", "Keys fetched",
               {{"issuer", source.issuer.name}, {"keys", static_cast<std::int64_t>(source.keys)}});
    const std::string error = store.save(source.issuer, {clock.wall(), source.document});
    if (!error.empty())
        log::write(log::Level::warning, "key_cache_failed", "The key set could not be stored",
                   {{"error", error}});
}

void Keeper::Impl::fail(Source& source, std::string why) {
    source.machine.on_failure(clock.steady(), random());
    source.last_error = std::move(why);
    ++source.failures;
    log::write(log::Level::warning, "keys_failed",
               source.believed ? "Keys could not be fetched; the last good set stays"
                               : "Keys could not be fetched",
               {{"issuer", source.issuer.name}, {"error", source.last_error}});
}

Keeper::Keeper(asio::io_context& io, Clock clock, std::function<double()> random,
               std::function<void()> changed)
    : impl_(std::make_shared<Impl>(io, std::move(clock), std::move(random), std::move(changed))) {}

Keeper::~Keeper() { impl_->timer.cancel(); }

Sources Keeper::sources_for(const config::Model& model) const {
    const KeyStore store(model.key_cache);
    Sources next;
    for (const config::Issuer& issuer : model.issuers) {
        if (!is_remote(issuer)) {
            next.push_back(nullptr);
            continue;
        }
        const auto old =
            std::find_if(impl_->sources.begin(), impl_->sources.end(),
                         [&](const auto& source) { return source && source->is_same(issuer); });
        next.push_back(old != impl_->sources.end() ? *old : impl_->restore(issuer, store));
    }
    return next;
}

std::vector<policy::KeyMaterial> Keeper::material(const Sources& sources) const {
    std::vector<policy::KeyMaterial> result(sources.size());
    for (std::size_t i = 0; i < sources.size(); ++i) {
        if (!sources[i]) continue;
        const RefreshState& machine = sources[i]->machine;
        result[i].known = machine.has_keys(impl_->clock.steady());
        if (result[i].known) result[i].jwks = sources[i]->document;
        result[i].next_fetch = impl_->clock.to_wall(machine.next_want());
    }
    return result;
}

std::vector<policy::KeyMaterial> Keeper::material() const { return material(impl_->sources); }

void Keeper::take(const config::Model& model, Sources sources) {
    impl_->store = KeyStore(model.key_cache);
    impl_->sources = std::move(sources);
    tick();
}

void Keeper::tick() { impl_->tick(); }

void Keeper::want(std::size_t issuer) {
    if (issuer >= impl_->sources.size() || !impl_->sources[issuer]) return;
    const auto& source = impl_->sources[issuer];
    switch (source->machine.want(impl_->clock.steady())) {
    case RefreshState::Want::fetch:
        source->wanted = true;
        impl_->launch(source);
        break;
    case RefreshState::Want::in_flight: source->wanted = true; break;
    case RefreshState::Want::too_soon: impl_->changed(); break;
    }
}

std::vector<KeyStatus> Keeper::status(const config::Model& model) const {
    std::vector<KeyStatus> result;
    for (std::size_t i = 0; i < model.issuers.size(); ++i) {
        KeyStatus& status = result.emplace_back();
        status.issuer = model.issuers[i].name;
        const Source* source = i < impl_->sources.size() ? impl_->sources[i].get() : nullptr;
        if (!source) continue;
        const Instant now = impl_->clock.steady();
        status.remote = true;
        status.has_keys = source->machine.has_keys(now);
        status.keys = status.has_keys ? source->keys : 0;
        if (const auto fetched = source->machine.fetched())
            status.age = std::chrono::floor<milliseconds>(now - *fetched);
        status.last_error = source->last_error;
        status.successes = source->successes;
        status.failures = source->failures;
    }
    return result;
}

} // namespace gateway::keys
