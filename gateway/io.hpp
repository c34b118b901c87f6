#pragma once

// The Asio types that the data path is made of: one thread, one loop, no type-erased executor.
// Nothing else.

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>

namespace gateway {

namespace asio = boost::asio;

using Executor = asio::io_context::executor_type;
using ErrorCode = boost::system::error_code;
using Tcp = asio::ip::tcp;
using Socket = asio::basic_stream_socket<Tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<Tcp, Executor>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, Executor>;

template <class T> using Task = asio::awaitable<T, Executor>;

/// The completion token of the house: a network failure is a value, a throw is a bug.
inline constexpr asio::use_awaitable_t<Executor> use_task;
inline constexpr asio::as_tuple_t<asio::use_awaitable_t<Executor>> as_result{use_task};

/// SO_REUSEPORT: each worker listens on the same port with a socket of its own.
class ReusePort {
public:
    template <class Protocol> int level(const Protocol&) const { return SOL_SOCKET; }
    template <class Protocol> int name(const Protocol&) const { return SO_REUSEPORT; }
    template <class Protocol> const void* data(const Protocol&) const { return &on_; }
    template <class Protocol> std::size_t size(const Protocol&) const { return sizeof on_; }

private:
    int on_ = 1;
};

} // namespace gateway
