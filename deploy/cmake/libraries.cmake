# Third-party libraries, all from the distribution's packages. Their headers are SYSTEM: their warnings are not ours.
find_package(Threads REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(yaml-cpp 0.7 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)
find_path(RAPIDJSON_INCLUDE_DIR rapidjson/reader.h REQUIRED)

# The one place for Asio and Beast macros: files that disagree on them break the one-definition rule.
add_library(claimgate_asio INTERFACE)
target_include_directories(claimgate_asio SYSTEM INTERFACE ${Boost_INCLUDE_DIRS})
target_link_libraries(claimgate_asio INTERFACE Boost::headers OpenSSL::SSL Threads::Threads)
target_compile_definitions(claimgate_asio INTERFACE
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION
  BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_RECYCLING_ALLOCATOR_CACHE_SIZE=8)
# Only with the Boost whose reactor was read for it: gateway/stream/short_read.hpp.
if(CLAIMGATE_SHORT_READ_HINT AND Boost_VERSION VERSION_GREATER_EQUAL 1.81 AND Boost_VERSION VERSION_LESS 1.82)
  target_compile_definitions(claimgate_asio INTERFACE CLAIMGATE_SHORT_READ_HINT)
endif()
