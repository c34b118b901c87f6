#include "config/files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace config {
namespace {

std::string reason(int error) {
    switch (error) {
    case ENOENT: return "no such file";
    case EACCES: return "no permission to read it";
    default: return std::strerror(error);
    }
}

/// Closes the descriptor at the end of its life.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    int number() const { return number_; }

private:
    int number_;
};

/// Opens without waiting for a writer, as a pipe would; empty text: it is open and regular.
std::string why_not_regular(const Descriptor& file) {
    if (file.number() < 0) return reason(errno);
    struct stat status {};
    if (::fstat(file.number(), &status) != 0) return reason(errno);
    if (S_ISDIR(status.st_mode)) return "it is a directory";
    if (!S_ISREG(status.st_mode)) return "it is not a regular file";
    return {};
}

int open_to_read(const std::string& path) {
    return ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
}

std::string size_text(std::size_t bytes) {
    const std::size_t mib = bytes >> 20;
    if (mib << 20 == bytes) return std::to_string(mib) + " MiB";
    return std::to_string(bytes >> 10) + " KiB";
}

} // namespace

FileText read_file(const std::string& path, std::size_t max_bytes) {
    const Descriptor file(open_to_read(path));
    if (std::string why = why_not_regular(file); !why.empty())
        return {.text = {}, .error = std::move(why)};
    std::string text;
    for (;;) {
        constexpr std::size_t step = std::size_t{64} << 10;
        const std::size_t size = text.size();
        if (size > max_bytes)
            return {.text = {}, .error = "it is larger than " + size_text(max_bytes)};
        text.resize(size + std::min(step, max_bytes + 1 - size));
        const ssize_t got = ::read(file.number(), text.data() + size, text.size() - size);
        if (got < 0 && errno != EINTR) return {.text = {}, .error = reason(errno)};
        text.resize(size + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (got == 0) return {.text = std::move(text), .error = {}};
    }
}

std::optional<std::string> why_unreadable(const std::string& path) {
    const Descriptor file(open_to_read(path));
    std::string why = why_not_regular(file);
    if (why.empty()) return std::nullopt;
    return why;
}

std::string directory_of(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string_view::npos) return {};
    return std::string(path.substr(0, std::max<std::size_t>(slash, 1)));
}

std::string resolve_path(const std::string& directory, const std::string& path) {
    if (directory.empty() || path.empty() || path.front() == '/') return path;
    return directory + (directory.back() == '/' ? "" : "/") + path;
}

std::string canonical_path(const std::string& path) {
    std::error_code error;
    const auto absolute = std::filesystem::absolute(path, error);
    if (error) return path;
    const auto canonical = std::filesystem::weakly_canonical(absolute, error);
    return error ? absolute.string() : canonical.string();
}

} // namespace config
