#pragma once

// Two savings that Asio's reactor offers but its receive operation does not use
// (docs/decisions/0006):
//
// Short-read hint. Asio tries every read at once; after a request that is a recv() that finds
// nothing. An operation may tell the reactor that it emptied the socket ("done and exhausted"):
// then the next read waits for a fresh event. Ours says so after a read that did not fill its
// buffer. Sound with edge-triggered epoll, but for one case: an end of stream that came in the same
// event as the last bytes raises no further event. So Stream asks the socket itself when it waits
// for the rest of something (Wait::more).
//
// Buffer at readiness. The space to read into is asked for when there is something to read, so an
// idle connection holds none.
//
// This specialises a class of Asio's detail namespace: pinned to the versions it was read in.
// Without CLAIMGATE_SHORT_READ_HINT the stream uses plain buffers, and all tests pass the same.

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/version.hpp>

namespace gateway {

/// Where a read may put bytes; implemented by Stream.
class ReadSpace {
public:
    virtual boost::asio::mutable_buffer begin_read() = 0; ///< takes a block when there is none
    virtual void nothing_read() = 0;                      ///< gives an empty block back

protected:
    ~ReadSpace() = default;
};

/// A MutableBufferSequence that stands for "whatever space there is then".
struct DeferredBuffer {
    ReadSpace* space;
    using value_type = boost::asio::mutable_buffer;
    using const_iterator = const boost::asio::mutable_buffer*;
    // Asio looks here only to see that the sequence is not empty.
    const_iterator begin() const { return &some; }
    const_iterator end() const { return &some + 1; }
    static inline char byte = 0;
    static inline const boost::asio::mutable_buffer some{&byte, 1};
};

} // namespace gateway

#ifdef CLAIMGATE_SHORT_READ_HINT
#include <boost/asio/detail/reactive_socket_recv_op.hpp>

static_assert(
    BOOST_VERSION / 100 == 1081,
    "read reactive_socket_recv_op_base and epoll_reactor of this Boost, then name it here "
    "and in deploy/cmake/libraries.cmake");

namespace boost::asio::detail {

template <> class reactive_socket_recv_op_base<gateway::DeferredBuffer> : public reactor_op {
public:
    reactive_socket_recv_op_base(const boost::system::error_code& success, socket_type socket,
                                 socket_ops::state_type, const gateway::DeferredBuffer& buffer,
                                 socket_base::message_flags flags, func_type completion)
        : reactor_op(success, &reactive_socket_recv_op_base::do_perform, completion),
          socket_(socket), space_(buffer.space), flags_(flags) {}

    static status do_perform(reactor_op* base) {
        auto* self = static_cast<reactive_socket_recv_op_base*>(base);
        const mutable_buffer room = self->space_->begin_read();
        if (!socket_ops::non_blocking_recv1(self->socket_, room.data(), room.size(), self->flags_,
                                            true, self->ec_, self->bytes_transferred_)) {
            self->space_->nothing_read();
            return not_done;
        }
        return self->bytes_transferred_ < room.size() ? done_and_exhausted : done;
    }

private:
    socket_type socket_;
    gateway::ReadSpace* space_;
    socket_base::message_flags flags_;
};

} // namespace boost::asio::detail
#endif
