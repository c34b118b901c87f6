# claimgate_flags: every target of ours links it, so that no file is built by other rules than its neighbours.
add_library(claimgate_flags INTERFACE)
target_compile_features(claimgate_flags INTERFACE cxx_std_20)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
target_include_directories(claimgate_flags INTERFACE ${CMAKE_SOURCE_DIR})

target_compile_options(claimgate_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual
  # A field left out of a designated initialiser has its default, which is what we mean.
  -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  # GCC 12 reports these inside its own <string> and <variant> at -O2: gcc.gnu.org/PR105329, PR105562.
  target_compile_options(claimgate_flags INTERFACE -Wno-restrict -Wno-maybe-uninitialized)
  # A coroutine's frame has Asio's operator new and delete; inlined, GCC 12 takes them for a mismatch.
  target_compile_options(claimgate_flags INTERFACE -Wno-mismatched-new-delete)
endif()
if(CLAIMGATE_WERROR)
  target_compile_options(claimgate_flags INTERFACE -Werror)
endif()

if(CLAIMGATE_SANITIZE)
  target_compile_options(claimgate_flags INTERFACE
    -fsanitize=${CLAIMGATE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(claimgate_flags INTERFACE -fsanitize=${CLAIMGATE_SANITIZE})
  # Recycled frames would hide a use after free.
  target_compile_definitions(claimgate_flags INTERFACE BOOST_ASIO_DISABLE_AWAITABLE_FRAME_RECYCLING)
endif()
if(CLAIMGATE_FUZZ)
  target_compile_options(claimgate_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(CLAIMGATE_COVERAGE)
  target_compile_options(claimgate_flags INTERFACE --coverage)
  target_link_options(claimgate_flags INTERFACE --coverage)
endif()

if(CMAKE_BUILD_TYPE STREQUAL Release)
  set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g -DNDEBUG")
  # Objects hold both forms: the binary is optimised as a whole, and the tests link in seconds.
  set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)
  set(CMAKE_CXX_COMPILE_OPTIONS_IPO -flto=auto -ffat-lto-objects)
  target_compile_options(claimgate_flags INTERFACE
    -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection -fcf-protection)
  target_link_options(claimgate_flags INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack -pie)
endif()
find_program(LLD ld.lld)
if(LLD AND CMAKE_CXX_COMPILER_ID STREQUAL Clang)
  target_link_options(claimgate_flags INTERFACE -fuse-ld=lld)
endif()
