// A target in any bytes: no crash, no read outside, and a normal form that is one.

#include "policy/route/path.hpp"

#include <cstdlib>
#include <string>

using policy::route::normalise_target;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string target(reinterpret_cast<const char*>(data), size);
    policy::Scratch scratch;
    const auto once = normalise_target(target, "g", scratch);
    if (!once) return 0;
    const std::string path(once->path);
    if (!path.starts_with('/') || path.find("//") != path.npos) std::abort();
    if ((path + "/").find("/../") != path.npos || (path + "/").find("/./") != path.npos)
        std::abort();
    for (const char c : path)
        if (c <= 0x20 || c == 0x7f || c == '\\' || c == '#' || c == '?') std::abort();
    for (const char* bad : {"%2F", "%2f", "%5C", "%5c", "%2E", "%2e", "%00"})
        if (path.find(bad) != path.npos) std::abort();
    const std::string form = path + std::string(once->query);
    const auto twice = normalise_target(form, "g", scratch);
    if (!twice || twice->path != once->path || twice->query != once->query) std::abort();
    return 0;
}
