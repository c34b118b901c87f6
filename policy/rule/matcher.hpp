#pragma once

// The right side of `claims: { PATH: matcher }`: typed comparison of one value. "5" is not 5, an
// array is equal to nothing, and a missing value never matches, except `exists: false`. What each
// operator takes:
//   equals, one_of, not_equals, none_of   scalars; arrays and objects match none of the four
//   contains, contains_any, contains_all  arrays, by element; a string contains nothing
//   prefix, suffix, matches               strings; an empty prefix matches nothing
//   at_least, at_most                     numbers

#include "config/error.hpp"
#include "config/model.hpp"
#include "policy/json.hpp"
#include "policy/rule/text.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace re2 {
class RE2;
}

namespace policy::rule {

/// broken: it cannot be judged, and so holds neither as it stands nor under `none`.
enum class Truth : std::uint8_t { no, yes, broken };

/// What is compared: a claim, or a text of the request.
struct Subject {
    std::optional<JsonValue> claim;
    std::optional<std::string_view> text;
    bool exists() const { return claim || text; }
};

/// A scalar of the configuration; strings may hold templates.
using Operand = std::variant<std::nullptr_t, bool, JsonNumber, Text>;

class Matcher {
public:
    /// What the subject can be: a request's values are all strings.
    enum class Subjects : std::uint8_t { claims, request };

    static Matcher compile(const config::Match& match, Subjects subjects,
                           const std::vector<std::string>& parameters, const std::string& file,
                           config::Problems& problems);
    Matcher();
    Matcher(Matcher&&) noexcept;
    Matcher& operator=(Matcher&&) noexcept;
    ~Matcher();

    struct Check {
        const config::Condition* settings = nullptr;
        std::vector<Operand> operands;
        std::unique_ptr<re2::RE2> pattern; ///< matches
    };
    const std::vector<Check>& checks() const { return checks_; }

    Truth evaluate(const Subject& subject, const Admission& admission) const;
    static Truth evaluate(const Check& check, const Subject& subject, const Admission& admission);

private:
    std::vector<Check> checks_;
};

} // namespace policy::rule
