#include "tests/component/keys_provider.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include <sys/socket.h>
#include <thread>

namespace component {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;

const std::string key_set_one =
    R"({"keys":[{"kty":"EC","crv":"P-256","kid":"one","alg":"ES256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",)"
    R"("y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}]})";
const std::string key_set_two =
    R"({"keys":[{"kty":"EC","crv":"P-256","kid":"two","alg":"ES256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
    R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})";

std::string http_ok(const std::string& body, const std::string& more_fields) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n" + more_fields + "\r\n" + body;
}

struct Provider::State {
    struct Reply {
        std::string bytes;
        bool hang = false;
    };

    void run() {
        while (true) {
            boost::system::error_code error;
            auto socket = std::make_unique<Tcp::socket>(io);
            acceptor.accept(*socket, error);
            if (error) return;
            if (!tls) {
                serve(*socket, *socket);
            } else {
                asio::ssl::stream<Tcp::socket&> stream(*socket, *tls);
                stream.handshake(asio::ssl::stream_base::server, error);
                if (!error) serve(stream, *socket);
            }
            if (socket->is_open()) hanging.push_back(std::move(socket));
        }
    }

    template <class Stream> void serve(Stream& stream, Tcp::socket& socket) {
        boost::system::error_code error;
        std::string head;
        asio::read_until(stream, asio::dynamic_buffer(head), "\r\n\r\n", error);
        const auto begin = head.find(' ') + 1;
        const std::string path =
            error ? std::string() : head.substr(begin, head.find(' ', begin) - begin);
        Reply reply{"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"};
        {
            const std::lock_guard lock(mutex);
            if (!error) requests.push_back(head);
            if (const auto found = replies.find(path); found != replies.end())
                reply = found->second;
        }
        asio::write(stream, asio::buffer(reply.bytes), error);
        if (!reply.hang) socket.close(error);
    }

    asio::io_context io;
    std::unique_ptr<asio::ssl::context> tls;
    Tcp::acceptor acceptor{io, {asio::ip::address_v4::loopback(), 0}};
    std::vector<std::unique_ptr<Tcp::socket>> hanging;
    mutable std::mutex mutex;
    std::map<std::string, Reply> replies;
    std::vector<std::string> requests;
    std::thread thread;
};

Provider::Provider(std::optional<Certificate> certificate) : state_(std::make_unique<State>()) {
    if (certificate) {
        state_->tls = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
        const std::string chain = certificate->certificate_pem(), key = certificate->key_pem();
        state_->tls->use_certificate_chain(asio::buffer(chain));
        state_->tls->use_private_key(asio::buffer(key), asio::ssl::context::pem);
    }
    state_->thread = std::thread([state = state_.get()] { state->run(); });
}

Provider::~Provider() {
    ::shutdown(state_->acceptor.native_handle(),
               SHUT_RDWR); // ends accept(), which close() would not
    state_->thread.join();
}

std::uint16_t Provider::port() const { return state_->acceptor.local_endpoint().port(); }

std::string Provider::origin(const std::string& host) const {
    return (state_->tls ? "https://" : "http://") + host + ":" + std::to_string(port());
}

void Provider::set(const std::string& path, std::string bytes) {
    const std::lock_guard lock(state_->mutex);
    state_->replies[path] = {std::move(bytes), false};
}

void Provider::set_hanging(const std::string& path, std::string bytes) {
    const std::lock_guard lock(state_->mutex);
    state_->replies[path] = {std::move(bytes), true};
}

void Provider::set_key_set(const std::string& key_set, const std::string& more_fields) {
    set("/.well-known/openid-configuration",
        http_ok(R"({"issuer":")" + origin() + R"(","jwks_uri":")" + origin() + R"(/keys"})"));
    set("/keys", http_ok(key_set, more_fields));
}

std::vector<std::string> Provider::requests() const {
    const std::lock_guard lock(state_->mutex);
    return state_->requests;
}

} // namespace component
