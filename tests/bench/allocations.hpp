#pragma once

// Counts what a benchmark allocates; linking allocations.cpp replaces operator new.

#include <benchmark/benchmark.h>
#include <cstddef>

namespace bench {

std::size_t allocations(); ///< of this process so far

/// Puts allocations per operation beside the time, for what lies between its begin and its end.
class Counted {
public:
    explicit Counted(benchmark::State& state) : state_(state), before_(allocations()) {}
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;
    ~Counted() {
        state_.counters["allocations"] = benchmark::Counter(
            static_cast<double>(allocations() - before_), benchmark::Counter::kAvgIterations);
    }

private:
    benchmark::State& state_;
    std::size_t before_;
};

} // namespace bench
