#include "gateway/observe/process.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

namespace gateway::observe {
namespace {

/// Fields of /proc/self/stat after the command's name, which may hold blanks: [0] is the state
/// (proc(5) field 3).
std::vector<std::string> read_stat() {
    std::ifstream file("/proc/self/stat");
    std::string line;
    std::getline(file, line);
    std::vector<std::string> fields;
    const auto after_name = line.rfind(')');
    if (after_name == std::string::npos) return fields;
    for (std::size_t at = after_name + 2; at < line.size();) {
        const auto end = std::min(line.find(' ', at), line.size());
        fields.push_back(line.substr(at, end - at));
        at = end + 1;
    }
    return fields;
}

std::optional<std::uint64_t> read_boot_time() {
    std::ifstream file("/proc/stat");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("btime ")) return std::strtoull(line.c_str() + 6, nullptr, 10);
    return std::nullopt;
}

std::optional<std::uint64_t> count_descriptors() {
    std::error_code error;
    std::filesystem::directory_iterator entry("/proc/self/fd", error);
    std::uint64_t count = 0;
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error))
        ++count;
    if (error || count == 0) return std::nullopt;
    return count - 1; // the one that lists them
}

void render_stat(Exposition& out) {
    const auto fields = read_stat();
    if (fields.size() < 22) return;
    const auto number = [&](std::size_t proc_field) -> std::uint64_t {
        return std::strtoull(fields[proc_field - 3].c_str(), nullptr, 10);
    };
    const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
    out.family("process_cpu_seconds_total", "counter", "User and system CPU time spent.");
    out.sample({}, static_cast<double>(number(14) + number(15)) / ticks);
    if (const auto boot = read_boot_time()) {
        out.family("process_start_time_seconds", "gauge", "Start of the process since 1970.");
        out.sample({}, static_cast<double>(*boot) + static_cast<double>(number(22)) / ticks);
    }
    out.family("process_threads", "gauge", "Threads of the process.");
    out.sample({}, number(20));
    out.family("process_virtual_memory_bytes", "gauge", "Virtual memory size.");
    out.sample({}, number(23));
    out.family("process_resident_memory_bytes", "gauge", "Resident memory size.");
    out.sample({}, number(24) * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)));
}

} // namespace

void render_process(Exposition& out) {
    render_stat(out);
    if (const auto open = count_descriptors()) {
        out.family("process_open_fds", "gauge", "Open file descriptors.");
        out.sample({}, *open);
    }
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        out.family("process_max_fds", "gauge", "Most file descriptors that may be open.");
        out.sample({}, static_cast<std::uint64_t>(limit.rlim_cur));
    }
}

} // namespace gateway::observe
