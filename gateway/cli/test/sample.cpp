#include "gateway/cli/test/sample.hpp"

#include <algorithm>

namespace gateway::cli::test {
namespace {

constexpr int max_depth = 32;
constexpr std::size_t max_repeats = 64;

/// Goes through the expression once and takes the first way everywhere.
class Sampler {
public:
    explicit Sampler(std::string_view pattern) : rest_(pattern) {}

    std::optional<std::string> sample() {
        std::optional<std::string> text = alternatives(0);
        return rest_.empty() ? text : std::nullopt;
    }

private:
    using Piece = std::optional<std::string>;

    bool take(std::string_view mark) {
        if (!rest_.starts_with(mark)) return false;
        rest_.remove_prefix(mark.size());
        return true;
    }

    Piece alternatives(int depth) {
        Piece first = sequence(depth);
        while (first && take("|"))
            if (!sequence(depth)) return std::nullopt;
        return first;
    }

    Piece sequence(int depth) {
        std::string text;
        while (!rest_.empty() && rest_.front() != '|' && rest_.front() != ')') {
            if (take("^") || take("$")) continue;
            const Piece piece = atom(depth);
            if (!piece) return std::nullopt;
            const auto count = repeats();
            if (!count) return std::nullopt;
            for (std::size_t i = 0; i < *count; ++i) text += *piece;
        }
        return text;
    }

    Piece atom(int depth) {
        if (take("(")) {
            if (depth == max_depth) return std::nullopt;
            if (take("?") && !take(":")) return std::nullopt;
            const Piece inside = alternatives(depth + 1);
            return take(")") ? inside : std::nullopt;
        }
        if (take("[")) return one_of_class();
        if (take("\\")) return escape();
        const char c = rest_.front();
        if (std::string_view("*+?{").find(c) != std::string_view::npos) return std::nullopt;
        rest_.remove_prefix(1);
        return std::string(1, c == '.' ? 'x' : c);
    }

    Piece escape() {
        if (rest_.empty()) return std::nullopt;
        const char c = rest_.front();
        rest_.remove_prefix(1);
        if (c == 'd') return "1";
        if (c == 'w') return "x";
        if (c == 's') return " ";
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (is_letter || (c >= '0' && c <= '9')) return std::nullopt;
        return std::string(1, c);
    }

    /// The first member of a class; a class of what is not in it is not understood.
    Piece one_of_class() {
        if (rest_.starts_with("^")) return std::nullopt;
        Piece first;
        while (!rest_.empty() && (rest_.front() != ']' || !first)) {
            Piece member;
            if (take("\\")) {
                member = escape();
                if (!member) return std::nullopt;
            } else {
                member = std::string(1, rest_.front());
                rest_.remove_prefix(1);
            }
            if (!first) first = member;
        }
        return take("]") ? first : std::nullopt;
    }

    /// How often the atom before stands; the fewest times that leave something of it.
    std::optional<std::size_t> repeats() {
        std::size_t count = 1;
        if (take("?") || take("*") || take("+")) {
            take("?");
            return count;
        }
        if (!take("{")) return count;
        const std::size_t end = rest_.find('}');
        if (end == std::string_view::npos) return std::nullopt;
        std::size_t least = 0;
        for (const char c : rest_.substr(0, std::min(end, rest_.find(',')))) {
            if (c < '0' || c > '9' || least > max_repeats) return std::nullopt;
            least = 10 * least + static_cast<std::size_t>(c - '0');
        }
        rest_.remove_prefix(end + 1);
        take("?");
        if (least > max_repeats) return std::nullopt;
        return std::max(count, least);
    }

    std::string_view rest_;
};

} // namespace

std::optional<std::string> sample_of(std::string_view pattern) { return Sampler(pattern).sample(); }

} // namespace gateway::cli::test
