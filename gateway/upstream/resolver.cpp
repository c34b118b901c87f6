#include "gateway/upstream/resolver.hpp"

#include "gateway/observe/log.hpp"

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <chrono>
#include <netdb.h>
#include <string>

namespace gateway::upstream {

namespace {

using List = std::vector<Tcp::endpoint>;

List look_up(const config::Target& target) {
    ErrorCode not_literal;
    const auto literal = asio::ip::make_address(target.host, not_literal);
    if (!not_literal) return {{literal, target.port}};

    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    List list;
    if (::getaddrinfo(target.host.c_str(), nullptr, &hints, &found) != 0) return list;
    for (const addrinfo* entry = found; entry; entry = entry->ai_next) {
        Tcp::endpoint endpoint;
        if (entry->ai_addrlen > endpoint.capacity()) continue;
        std::copy_n(reinterpret_cast<const char*>(entry->ai_addr), entry->ai_addrlen,
                    reinterpret_cast<char*>(endpoint.data()));
        endpoint.resize(entry->ai_addrlen);
        endpoint.port(target.port);
        list.push_back(endpoint);
    }
    ::freeaddrinfo(found);
    return list;
}

bool has_names(const config::Model& model) {
    for (const auto& upstream : model.upstreams)
        for (const auto& target : upstream.targets) {
            ErrorCode not_literal;
            asio::ip::make_address(target.host, not_literal);
            if (not_literal) return true;
        }
    return false;
}

bool same(const Addresses& a, const Addresses& b) {
    return std::ranges::equal(a.upstreams, b.upstreams,
                              [](const auto& x, const auto& y) { return *x == *y; });
}

} // namespace

std::shared_ptr<const Addresses> resolve(std::shared_ptr<const config::Model> model,
                                         const Addresses* before) {
    auto addresses = std::make_shared<Addresses>();
    for (std::size_t u = 0; u < model->upstreams.size(); ++u) {
        auto endpoints = std::make_shared<Endpoints>();
        const auto& targets = model->upstreams[u].targets;
        for (std::size_t t = 0; t < targets.size(); ++t) {
            List list = look_up(targets[t]);
            if (list.empty() && before) list = (*before->upstreams[u])[t];
            if (list.empty())
                log::write(log::Level::warning, "upstream_unresolved",
                           "no address for an upstream's target",
                           {{"upstream", model->upstreams[u].name}, {"target", targets[t].text}});
            endpoints->push_back(std::move(list));
        }
        addresses->upstreams.push_back(std::move(endpoints));
    }
    addresses->model = std::move(model);
    return addresses;
}

Resolver::Resolver(Changed changed) : changed_(std::move(changed)), thread_([this] { run(); }) {}

Resolver::~Resolver() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void Resolver::watch(std::shared_ptr<const Addresses> addresses) {
    const std::lock_guard lock(mutex_);
    watched_ = std::move(addresses);
}

void Resolver::run() {
    constexpr std::chrono::seconds interval{30};
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        wake_.wait_for(lock, interval);
        const auto before = watched_;
        if (stopping_ || !before || !has_names(*before->model)) continue;
        lock.unlock();
        auto now = resolve(before->model, before.get());
        lock.lock();
        if (stopping_ || watched_ != before || same(*now, *before)) continue;
        watched_ = now;
        changed_(std::move(now));
    }
}

} // namespace gateway::upstream
