#pragma once

// What a record tells of claims, headers and query parameters, for one decision.

#include "policy/record/replay.hpp"
#include "policy/rule/redactions.hpp"

#include <string>
#include <vector>

namespace policy::record {

class Replay::Knowledge : public rule::Redactions {
public:
    explicit Knowledge(const Recorded& recorded) : recorded_(recorded) {}

    bool hides(const rule::NamedMatcher& named, const rule::Matcher::Check& check) const override;
    bool hides(const std::vector<rule::ClaimPath>& places) const override;
    bool hides_certificate() const override;
    bool hides_claim(const std::string& name) const;

    /// What was asked for and is not told, each once.
    const std::vector<std::string>& missing() const { return missing_; }

private:
    enum class Told : std::uint8_t {
        nothing,  ///< it may have been there or not
        presence, ///< it was there, with a text that is redacted
        all,
    };
    Told claim(const rule::ClaimPath& path) const;
    Told part(const std::optional<JsonValue>& parts, std::string_view name) const;
    Told subject(const rule::NamedMatcher& named) const;
    bool hides_text(const rule::Text& text) const;
    void miss(std::string what) const;

    const Recorded& recorded_;
    mutable std::vector<std::string> missing_;
};

} // namespace policy::record
