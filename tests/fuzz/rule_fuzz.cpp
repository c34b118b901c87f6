// A random rule and a random request: the compiled rule must say what the contract says. The slow
// evaluator in tests/support/oracle is the contract in code.

#include "tests/support/oracle/compare.hpp"

#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    support::oracle::Choices choices({data, size});
    const auto comparison = support::oracle::compare(choices);
    if (comparison.disagreement.empty()) return 0;
    std::fputs(comparison.disagreement.c_str(), stderr);
    std::abort();
}
