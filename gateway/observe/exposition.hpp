#pragma once

// Writes Prometheus text format 0.0.4: a family's HELP and TYPE once, then its samples. Label
// values are escaped; names are ours and are not checked.

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace gateway::observe {

class Exposition {
public:
    struct Label {
        std::string_view name, value;
    };
    using Labels = std::initializer_list<Label>;

    /// Appends to `out`, which must outlive it.
    explicit Exposition(std::string& out) : out_(out) {}

    /// `name` must live until the next family; `type` is counter, gauge or histogram.
    void family(std::string_view name, std::string_view type, std::string_view help);
    void sample(Labels labels, std::uint64_t value);
    void sample(Labels labels, double value);
    /// A sample of a histogram: `suffix` is _bucket, _sum or _count.
    void sample(std::string_view suffix, Labels labels, std::uint64_t value);
    void sample(std::string_view suffix, Labels labels, double value);

private:
    void head(std::string_view suffix, Labels labels);

    std::string& out_;
    std::string_view name_;
};

} // namespace gateway::observe
