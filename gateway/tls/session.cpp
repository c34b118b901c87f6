#include "gateway/tls/session.hpp"

#include "gateway/tls/client_certificate.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>

#include <algorithm>
#include <cstring>
#include <new>

namespace gateway::tls {

// A BIO that reads from the caller's view and appends to the caller's buffer.
struct Session::Method {
    static Pipe& pipe(BIO* bio) { return *static_cast<Pipe*>(BIO_get_data(bio)); }

    static int read(BIO* bio, char* data, int size) {
        BIO_clear_retry_flags(bio);
        std::string_view* input = pipe(bio).input;
        if (!input || input->empty()) {
            BIO_set_retry_read(bio);
            return -1;
        }
        const std::size_t count = std::min(static_cast<std::size_t>(size), input->size());
        std::memcpy(data, input->data(), count);
        input->remove_prefix(count);
        return static_cast<int>(count);
    }

    static int write(BIO* bio, const char* data, int size) {
        BIO_clear_retry_flags(bio);
        pipe(bio).output->append(data, static_cast<std::size_t>(size));
        return size;
    }

    static long control(BIO*, int command, long, void*) {
        return command == BIO_CTRL_FLUSH ? 1 : 0;
    }

    static const BIO_METHOD* get() {
        static const BIO_METHOD* const method = [] {
            BIO_METHOD* made =
                BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "claimgate");
            if (!made) throw std::bad_alloc();
            BIO_meth_set_read(made, &Method::read);
            BIO_meth_set_write(made, &Method::write);
            BIO_meth_set_ctrl(made, &Method::control);
            return made;
        }();
        return method;
    }
};

Session::Session(SSL_CTX* context) : ssl_(SSL_new(context)) {
    BIO* bio = ssl_ ? BIO_new(Method::get()) : nullptr;
    if (!bio) throw std::bad_alloc();
    BIO_set_data(bio, &pipe_);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl_.get(), bio, bio);
    SSL_set_accept_state(ssl_.get());
}

Session::Status Session::outcome(int result) {
    if (result > 0) return Status::ok;
    switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_WANT_READ: return Status::want_input;
    case SSL_ERROR_ZERO_RETURN: return Status::closed;
    default: break;
    }
    const char* reason = ERR_reason_error_string(ERR_peek_error());
    error_ = reason ? reason : "protocol error";
    ERR_clear_error();
    return Status::failed;
}

// An error left by someone else on this thread (a bad signature, say) must not be taken for ours:
// each call starts clean.
Session::Status Session::handshake(std::string_view& input, std::string& output) {
    pipe_ = {&input, &output};
    ERR_clear_error();
    return outcome(SSL_do_handshake(ssl_.get()));
}

Session::Status Session::read(std::string_view& input, std::string& output, std::span<char> plain,
                              std::size_t& size) {
    pipe_ = {&input, &output};
    ERR_clear_error();
    return outcome(SSL_read_ex(ssl_.get(), plain.data(), plain.size(), &size));
}

Session::Status Session::write(std::string_view plain, std::string& output) {
    if (plain.empty()) return Status::ok;
    std::string_view none;
    pipe_ = {&none, &output};
    ERR_clear_error();
    std::size_t written = 0;
    return outcome(SSL_write_ex(ssl_.get(), plain.data(), plain.size(), &written));
}

void Session::close(std::string& output) {
    if (!is_established()) return;
    std::string_view none;
    pipe_ = {&none, &output};
    ERR_clear_error();
    SSL_shutdown(ssl_.get());
    ERR_clear_error();
}

std::optional<policy::ClientCertificate> Session::client_certificate() const {
    const X509* certificate = SSL_get0_peer_certificate(ssl_.get());
    if (!certificate || SSL_get_verify_result(ssl_.get()) != X509_V_OK) return std::nullopt;
    return read_certificate(certificate);
}

} // namespace gateway::tls
