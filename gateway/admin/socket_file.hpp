#pragma once

// The unix socket of the admin endpoint as a file: only its owner may connect (mode 0600 from its
// first moment). One that a dead gateway left is taken over; one that somebody still listens on
// never is, and what is no socket is left alone. Two gateways that start at once are kept apart by
// a lock on a file beside it, PATH.lock, which is this user's alone and stays. Blocks for half a
// second at most.

#include <string>
#include <sys/types.h>

namespace gateway::admin {

class SocketFile {
public:
    /// Listens on `path`. Throws std::runtime_error with the reason.
    explicit SocketFile(std::string path);
    /// Removes the file, if it is still this one, and closes what release() did not give away.
    ~SocketFile();
    SocketFile(const SocketFile&) = delete;
    SocketFile& operator=(const SocketFile&) = delete;

    /// The listening descriptor; the caller closes it.
    int release();

private:
    const std::string path_;
    int descriptor_ = -1;
    dev_t device_ = 0;
    ino_t inode_ = 0;
};

} // namespace gateway::admin
