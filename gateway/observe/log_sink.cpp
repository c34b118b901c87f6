#include "gateway/observe/log_sink.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gateway::observe {
namespace {

/// A descriptor of our own for standard output. A pipe or a terminal is opened anew, because
/// O_NONBLOCK belongs to the open file that we share with our parent; a regular file is not,
/// because its offset is shared, too.
int open_standard_output(const struct stat& status) {
    if (S_ISFIFO(status.st_mode) || S_ISCHR(status.st_mode)) {
        const int own = ::open("/proc/self/fd/1", O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
        if (own >= 0) return own;
    }
    return ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
}

/// Leaves what was not written at the front.
void advance(iovec*& pieces, int& count, std::size_t bytes) {
    while (count > 0 && bytes >= pieces->iov_len) {
        bytes -= pieces->iov_len;
        ++pieces;
        --count;
    }
    if (count > 0) {
        pieces->iov_base = static_cast<char*>(pieces->iov_base) + bytes;
        pieces->iov_len -= bytes;
    }
}

} // namespace

LogSink::~LogSink() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

std::string LogSink::open(const std::string& path) {
    struct stat status {};
    int next = -1;
    if (!path.empty())
        next = ::open(path.c_str(),
                      O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0640);
    else if (::fstat(STDOUT_FILENO, &status) == 0)
        next = open_standard_output(status);
    if (next < 0 || ::fstat(next, &status) != 0) {
        std::string error = std::strerror(errno);
        if (next >= 0) ::close(next);
        return (path.empty() ? std::string("standard output") : path) + ": " + error;
    }
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = next;
    kind_ = S_ISSOCK(status.st_mode) ? Kind::socket : Kind::plain;
    return {};
}

std::size_t LogSink::write(iovec* pieces, int count) {
    std::size_t total = 0;
    while (count > 0) {
        const ssize_t taken = write_once(pieces, count);
        if (taken >= 0) {
            total += static_cast<std::size_t>(taken);
            advance(pieces, count, static_cast<std::size_t>(taken));
            continue;
        }
        if (errno == EINTR) continue;
        if (errno != EAGAIN && errno != EWOULDBLOCK) break;
        pollfd ready{descriptor_, POLLOUT, 0};
        if (::poll(&ready, 1, static_cast<int>(patience_.count())) != 1) break;
        if ((ready.revents & POLLOUT) == 0) break;
    }
    return total;
}

ssize_t LogSink::write_once(const iovec* pieces, int count) const {
    if (kind_ == Kind::none) {
        errno = EBADF;
        return -1;
    }
    if (kind_ == Kind::plain) return ::writev(descriptor_, pieces, count);
    msghdr message{};
    message.msg_iov = const_cast<iovec*>(pieces);
    message.msg_iovlen = static_cast<std::size_t>(count);
    return ::sendmsg(descriptor_, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
}

} // namespace gateway::observe
