#include "gateway/admin/socket_file.hpp"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <stdexcept>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>

namespace gateway::admin {
namespace {

constexpr int backlog = 64;

class Descriptor {
public:
    explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
    ~Descriptor() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    int get() const { return descriptor_; }
    int release() { return std::exchange(descriptor_, -1); }

private:
    int descriptor_;
};

[[noreturn]] void fail(const std::string& path, const std::string& why) {
    throw std::runtime_error("admin: cannot listen on the socket " + path + ": " + why);
}

std::string system_text(int error) { return std::generic_category().message(error); }

sockaddr_un address_of(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) fail(path, "its path is too long");
    std::memcpy(address.sun_path, path.data(), path.size());
    return address;
}

bool bind_to(int descriptor, const sockaddr_un& address) {
    return ::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

/// Opened without waiting, and never through a symbolic link; nobody else may open it, and so lock
/// it.
Descriptor open_lock(const std::string& socket_path, const std::string& path) {
    Descriptor lock(
        ::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600));
    if (lock.get() < 0) fail(socket_path, path + ": " + system_text(errno));
    struct stat status {};
    if (::fstat(lock.get(), &status) != 0) fail(socket_path, path + ": " + system_text(errno));
    if (!S_ISREG(status.st_mode) || status.st_uid != ::geteuid() || (status.st_mode & 077) != 0)
        fail(socket_path, path + " is not a file of this user's alone");
    return Descriptor(lock.release());
}

/// Held from the look at the socket until it is ours: between bind and listen it looks abandoned.
/// The file stays: were it removed, two gateways could each hold one of that name.
Descriptor lock_beside(const std::string& path) {
    const std::string name = path + ".lock";
    Descriptor lock = open_lock(path, name);
    for (int tries = 0; ::flock(lock.get(), LOCK_EX | LOCK_NB) != 0; ++tries) {
        if (errno != EWOULDBLOCK && errno != EINTR) fail(path, system_text(errno));
        if (tries == 50) fail(path, "another process holds the lock on " + name);
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return Descriptor(lock.release());
}

bool is_listened_on(const sockaddr_un& address) {
    const Descriptor probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (probe.get() < 0) return true; // not known: then it is not ours to take
    if (::connect(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
        return true;
    return errno != ECONNREFUSED && errno != ENOENT; // EAGAIN: its queue is full
}

void remove_stale(const std::string& path, const sockaddr_un& address) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) return; // gone by itself
    if (!S_ISSOCK(status.st_mode)) fail(path, "there is a file of that name that is no socket");
    if (is_listened_on(address)) fail(path, "another gateway listens there");
    ::unlink(path.c_str());
}

} // namespace

SocketFile::SocketFile(std::string path) : path_(std::move(path)) {
    const sockaddr_un address = address_of(path_);
    const Descriptor lock = lock_beside(path_);
    Descriptor made(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (made.get() < 0) fail(path_, system_text(errno));
    // Linux gives the file the mode of its socket: no moment at which others may connect, and no
    // umask, which belongs to every thread.
    if (::fchmod(made.get(), S_IRUSR | S_IWUSR) != 0) fail(path_, system_text(errno));
    bool is_bound = bind_to(made.get(), address);
    if (!is_bound && errno == EADDRINUSE) {
        remove_stale(path_, address);
        is_bound = bind_to(made.get(), address);
    }
    if (!is_bound) fail(path_, system_text(errno));
    struct stat status {};
    if (::lstat(path_.c_str(), &status) == 0) {
        device_ = status.st_dev;
        inode_ = status.st_ino;
    }
    if (::listen(made.get(), backlog) != 0) {
        const int error = errno;
        ::unlink(path_.c_str());
        fail(path_, system_text(error));
    }
    descriptor_ = made.release();
}

SocketFile::~SocketFile() {
    struct stat status {};
    if (::lstat(path_.c_str(), &status) == 0 && status.st_dev == device_ && status.st_ino == inode_)
        ::unlink(path_.c_str());
    if (descriptor_ >= 0) ::close(descriptor_);
}

int SocketFile::release() { return std::exchange(descriptor_, -1); }

} // namespace gateway::admin
