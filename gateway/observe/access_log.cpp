#include "gateway/observe/access_log.hpp"

#include "gateway/observe/access_line.hpp"
#include "gateway/observe/log_ring.hpp"

namespace gateway::observe {

AccessLogger::AccessLogger(std::shared_ptr<LogRing> ring, config::AccessLog settings)
    : ring_(std::move(ring)), line_(std::make_unique<AccessLine>()) {
    configure(std::move(settings));
}

AccessLogger::AccessLogger(AccessLogger&&) noexcept = default;
AccessLogger& AccessLogger::operator=(AccessLogger&&) noexcept = default;
AccessLogger::~AccessLogger() = default;

void AccessLogger::configure(config::AccessLog settings) {
    settings_ = std::move(settings);
    claims_.clear();
    for (const std::string& text : settings_.claims) {
        std::string error; // config::load has refused what cannot be read
        if (auto path = policy::rule::parse_claim_path(text, error))
            claims_.push_back(std::move(*path));
    }
}

bool AccessLogger::write(const AccessRecord& record) {
    switch (settings_.format) {
    case config::LogFormat::json: return ring_->push(line_->json(record, claims_));
    case config::LogFormat::text: return ring_->push(line_->text(record));
    case config::LogFormat::none: break;
    }
    return true;
}

} // namespace gateway::observe
