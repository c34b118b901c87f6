# The switches that CMakePresets.json sets. Nothing else in the tree changes what is built.
option(CLAIMGATE_TESTS "Build the tests" ON)
option(CLAIMGATE_WERROR "Treat warnings as errors (CI)" OFF)
option(CLAIMGATE_FUZZ "Build the libFuzzer targets (clang)" OFF)
option(CLAIMGATE_BENCH "Build the benchmarks of tests/bench (libbenchmark-dev)" OFF)
option(CLAIMGATE_COVERAGE "Measure line coverage" OFF)
option(CLAIMGATE_SHORT_READ_HINT "Save a recv() per read by a hint to Asio's reactor (docs/decisions)" ON)
set(CLAIMGATE_SANITIZE "" CACHE STRING "Sanitizers to build with: address,undefined or thread")

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
