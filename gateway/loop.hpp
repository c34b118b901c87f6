#pragma once

// What the connections of one worker share: its Asio loop, its blocks, its deadlines, its scratch
// for ciphertext.

#include "gateway/io.hpp"
#include "gateway/stream/buffer_pool.hpp"
#include "gateway/stream/deadline.hpp"

#include <boost/intrusive/list.hpp>

#include <string>

namespace gateway {

/// What puts a stream on its loop's list; it leaves by itself.
using StreamHook =
    boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>>;

struct Loop {
    static constexpr std::size_t upstream_block = 64 * 1024;
    static constexpr std::size_t cipher_block = 16 * 1024 + 512; ///< one whole TLS record
    static constexpr std::size_t kept_blocks = 256;

    explicit Loop(std::size_t client_block) : client_blocks(client_block, kept_blocks) {}

    BufferPool client_blocks;
    BufferPool upstream_blocks{upstream_block, kept_blocks};
    BufferPool cipher_blocks{cipher_block, kept_blocks};
    DeadlineList deadlines;
    boost::intrusive::list<StreamHook, boost::intrusive::constant_time_size<false>> streams;
    std::string ciphertext; ///< output of TLS sessions, flushed before another uses it
    std::string plaintext;  ///< small writes gathered into one TLS record

    // Workers share nothing, so the reactor needs no lock of its own for a descriptor; posting from
    // other threads stays safe. Last, so that coroutines which it still holds at the end find the
    // rest alive.
    asio::io_context io{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO};
};

} // namespace gateway
