#pragma once

// A control thread with a real file and a real provider, and clients of its admin endpoint.

#include "config/load.hpp"
#include "gateway/control.hpp"
#include "tests/component/control_workers.hpp"
#include "tests/component/keys_fixture.hpp"
#include "tests/component/keys_provider.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <string>

namespace component {

namespace asio = boost::asio;

class ControlTest : public component::FetchTest {
protected:
    ControlTest() : file_(directory_ / "gateway.yaml") { provider_.set_key_set(key_set_one); }

    void write_file(const std::string& routes = "/orders",
                    const std::string& admin = "127.0.0.1:0") {
        std::ofstream(file_) << "listeners: [ { bind: 127.0.0.1:0 } ]\n"
                             << "issuers: { acme: { issuer: " << provider_.origin()
                             << ", audience: api, keys: { discover: true, allow_http: true } } }\n"
                             << "upstreams: { api: { targets: [ http://127.0.0.1:9 ] } }\n"
                             << "admin: { bind: '" << admin << "' }\n"
                             << "routes: [ { path: " << routes
                             << ", upstream: api, access: authenticated } ]\n";
    }
    std::unique_ptr<gateway::Control> make_control() {
        auto loaded = config::load(file_);
        for (const auto& problem : loaded.problems)
            if (problem.severity == config::Severity::error) ADD_FAILURE() << problem.message;
        return std::make_unique<gateway::Control>(
            std::make_shared<config::Model>(std::move(*loaded.model)), workers_.registry(),
            RecordingWorkers::count, workers_.port());
    }
    static std::string get(const gateway::Control& control, const std::string& target) {
        return send(control, "GET", target);
    }
    static std::string send(const gateway::Control& control, const std::string& method,
                            const std::string& target, const std::string& token = "",
                            const std::string& body = "") {
        asio::io_context io;
        asio::ip::tcp::socket socket(io);
        socket.connect({asio::ip::address_v4::loopback(), control.admin_port()});
        return talk(socket, method, target, token, body);
    }
    std::string post_on_socket(const std::string& target,
                               const std::string& name = "claimgate.sock",
                               const std::string& body = "") {
        asio::io_context io;
        asio::local::stream_protocol::socket socket(io);
        socket.connect((directory_ / name).string());
        return talk(socket, "POST", target, "", body);
    }
    template <class Socket>
    static std::string talk(Socket& socket, const std::string& method, const std::string& target,
                            const std::string& token, const std::string& body) {
        const std::string bearer = token.empty() ? "" : "Authorization: Bearer " + token + "\r\n";
        asio::write(socket,
                    asio::buffer(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" +
                                 bearer + "Content-Length: " + std::to_string(body.size()) +
                                 "\r\nConnection: close\r\n\r\n" + body));
        std::string answer;
        boost::system::error_code error;
        asio::read(socket, asio::dynamic_buffer(answer), error);
        return answer;
    }
    /// Until the page holds the text: what the control thread does is not known to be done
    /// otherwise.
    static void wait_for(const gateway::Control& control, const std::string& target,
                         const std::string& text) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        std::string page;
        while ((page = get(control, target)).find(text) == std::string::npos)
            ASSERT_LT(std::chrono::steady_clock::now(), end) << text << "\n" << page;
    }
    bool has_keys(std::size_t worker) {
        return workers_.latest(worker)->issuers().at(0).keys_known;
    }

    Provider provider_;
    const std::string file_;
    RecordingWorkers workers_;
};

} // namespace component
