#include "gateway/keys/key_store.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace gateway::keys {
namespace {

constexpr std::string_view format_mark = "claimgate-keys 1";
constexpr std::size_t largest_file = 256 * 1024 + 8 * 1024;

class File {
public:
    explicit File(int descriptor) : descriptor_(descriptor) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() { close(); }

    int get() const { return descriptor_; }
    bool is_open() const { return descriptor_ >= 0; }
    bool close() {
        const int descriptor = std::exchange(descriptor_, -1);
        return descriptor < 0 || ::close(descriptor) == 0;
    }

private:
    int descriptor_;
};

std::string system_error(const std::string& path) { return path + ": " + std::strerror(errno); }

/// What the keys are for. Anything else under the same name is another source's.
std::string identity_of(const config::Issuer& issuer) {
    return issuer.keys.kind == config::KeySourceKind::discover ? "discover " + issuer.issuer
                                                               : "jwks " + issuer.keys.url;
}

/// FNV-1a; keeps file names of different sources apart, and is not relied on: the identity is
/// compared.
std::uint64_t hash(std::string_view text) {
    std::uint64_t value = 0xcbf29ce484222325u;
    for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    return value;
}

/// An error text, or empty.
std::string read_file(int descriptor, std::string& text) {
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) return std::strerror(errno);
    if (!S_ISREG(status.st_mode)) return "not a regular file";
    if (status.st_uid != ::geteuid()) return "it belongs to another user";
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) return "others may write to it";
    text.resize(largest_file + 1);
    std::size_t size = 0;
    while (size < text.size()) {
        const ssize_t got = ::read(descriptor, text.data() + size, text.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return std::strerror(errno);
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    text.resize(size);
    return size > largest_file ? "it is too large" : "";
}

std::string take_line(std::string_view& text) {
    const std::string line(text.substr(0, text.find('\n')));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    return line;
}

std::optional<StoredKeys> parse_file(std::string_view text, const std::string& identity) {
    if (take_line(text) != format_mark || take_line(text) != identity) return std::nullopt;
    const std::string time = take_line(text);
    std::int64_t ms = 0;
    const auto [end, error] = std::from_chars(time.data(), time.data() + time.size(), ms);
    if (error != std::errc() || end != time.data() + time.size()) return std::nullopt;
    return StoredKeys{policy::TimePoint(std::chrono::milliseconds(ms)), std::string(text)};
}

bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

} // namespace

KeyStore::KeyStore(std::string directory) : directory_(std::move(directory)) {
    if (!directory_.empty())
        ::mkdir(directory_.c_str(), 0700); // save() says so when that was of no use
}

std::optional<StoredKeys> KeyStore::load(const config::Issuer& issuer, std::string& why_not) const {
    if (directory_.empty()) return std::nullopt;
    const std::string path = path_of(issuer);
    const File file(
        ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
    if (!file.is_open()) {
        if (errno != ENOENT) why_not = system_error(path);
        return std::nullopt;
    }
    std::string text;
    if (const std::string error = read_file(file.get(), text); !error.empty()) {
        why_not = path + ": " + error;
        return std::nullopt;
    }
    auto keys = parse_file(text, identity_of(issuer));
    if (!keys) why_not = path + ": not a key set of this issuer";
    return keys;
}

std::string KeyStore::save(const config::Issuer& issuer, const StoredKeys& keys) const {
    if (directory_.empty()) return {};
    const std::string path = path_of(issuer), temporary = path + ".new";
    std::string text(format_mark);
    text += "\n" + identity_of(issuer) + "\n" +
            std::to_string(keys.fetched.time_since_epoch().count()) + "\n";
    text += keys.document;
    ::unlink(temporary.c_str()); // of a run that was cut short
    File file(
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file.is_open()) return system_error(temporary);
    if (!write_all(file.get(), text) || ::fsync(file.get()) != 0 || !file.close() ||
        ::rename(temporary.c_str(), path.c_str()) != 0) {
        const std::string error = system_error(temporary);
        ::unlink(temporary.c_str());
        return error;
    }
    return {};
}

std::string KeyStore::path_of(const config::Issuer& issuer) const {
    std::string name = issuer.name.substr(0, 64);
    for (char& c : name)
        if (!std::isalnum(static_cast<unsigned char>(c)) && c != '-') c = '_';
    char digits[17] = {};
    std::to_chars(digits, digits + 16, hash(issuer.name + '\n' + identity_of(issuer)), 16);
    return directory_ + "/" + name + "-" + digits + ".keys";
}

} // namespace gateway::keys
