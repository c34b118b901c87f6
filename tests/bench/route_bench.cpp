// Ten thousand routes: how long they take to load, to check, and to choose from. Paths come in an
// order without a pattern, so that caches help no more than traffic would let them.

#include "config/load.hpp"
#include "policy/review/review.hpp"
#include "policy/snapshot.hpp"
#include "tests/bench/allocations.hpp"
#include "tests/support/many_routes.hpp"

#include <algorithm>
#include <memory>
#include <numeric>
#include <random>
#include <vector>

namespace {

constexpr std::size_t count = 10'000;

std::shared_ptr<policy::Snapshot> load(const std::string& text) {
    config::Loaded loaded = config::load_text(text, "many.yaml");
    if (!loaded.model) return nullptr;
    return policy::Snapshot::compile(
        std::make_shared<const config::Model>(std::move(*loaded.model)), {}, loaded.problems);
}

/// Paths of the routes `first`, `first + 4` and so on, which are of one form; shuffled.
std::vector<std::string> paths_from(std::size_t first, std::size_t step) {
    std::vector<std::string> paths;
    for (std::size_t i = first; i < count; i += step) paths.push_back(support::path_of_route(i));
    std::shuffle(paths.begin(), paths.end(), std::mt19937(7));
    return paths;
}

void find(benchmark::State& state, const std::vector<std::string>& paths) {
    static const auto snapshot = load(support::many_routes(count));
    std::size_t next = 0;
    const bench::Counted counted(state);
    for (auto _ : state) {
        const auto found = snapshot->routes().find("g", "GET", paths[next]);
        benchmark::DoNotOptimize(found.route);
        if (++next == paths.size()) next = 0;
    }
}

void route_literal(benchmark::State& state) { find(state, paths_from(0, 4)); }
void route_integer(benchmark::State& state) { find(state, paths_from(1, 4)); }
void route_uuid_and_plain(benchmark::State& state) { find(state, paths_from(2, 4)); }
void route_rest(benchmark::State& state) { find(state, paths_from(3, 4)); }
void route_mixed(benchmark::State& state) { find(state, paths_from(0, 1)); }
void route_unknown(benchmark::State& state) {
    std::vector<std::string> paths = paths_from(0, 1);
    for (std::string& path : paths) path.insert(path.rfind('/'), "/x");
    find(state, paths);
}

void load_file(benchmark::State& state) {
    const std::string text = support::many_routes(count);
    for (auto _ : state) benchmark::DoNotOptimize(load(text));
}

void review_file(benchmark::State& state) {
    const auto snapshot = load(support::many_routes(count));
    for (auto _ : state) benchmark::DoNotOptimize(policy::review::warnings_of(*snapshot));
}

BENCHMARK(route_literal);
BENCHMARK(route_integer);
BENCHMARK(route_uuid_and_plain);
BENCHMARK(route_rest);
BENCHMARK(route_mixed);
BENCHMARK(route_unknown);
BENCHMARK(load_file)->Unit(benchmark::kMillisecond);
BENCHMARK(review_file)->Unit(benchmark::kMillisecond);

} // namespace
