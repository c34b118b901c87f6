#include "gateway/observe/access_log.hpp"

#include "gateway/observe/access_line.hpp"
#include "gateway/observe/log_ring.hpp"

namespace gateway::observe {

AccessLogger::AccessLogger(std::shared_ptr<LogRing> ring, config::AccessLog settings)
    : ring_(std::move(ring)), stamp_(std::make_unique<Timestamp>()) {
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
    line_.clear();
    switch (settings_.format) {
    case config::LogFormat::json: append_access_json(line_, record, claims_, *stamp_); break;
    case config::LogFormat::text: append_access_text(line_, record, *stamp_); break;
    case config::LogFormat::none: return true;
    }
    return ring_->push(line_);
}

} // namespace gateway::observe
