#include "gateway/observe/exposition.hpp"

#include <charconv>

namespace gateway::observe {
namespace {

void append_escaped(std::string& out, std::string_view value) {
    for (const char c : value) {
        if (c == '\n')
            out += "\\n";
        else if (c == '\\' || c == '"')
            out.append(1, '\\').append(1, c);
        else
            out += c;
    }
}

template <class Number> void append_number(std::string& out, Number value) {
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    out.append(text, end).append(1, '\n');
}

} // namespace

void Exposition::family(std::string_view name, std::string_view type, std::string_view help) {
    name_ = name;
    out_.append("# HELP ").append(name).append(" ").append(help).append("\n");
    out_.append("# TYPE ").append(name).append(" ").append(type).append("\n");
}

void Exposition::sample(Labels labels, std::uint64_t value) { sample({}, labels, value); }

void Exposition::sample(Labels labels, double value) { sample({}, labels, value); }

void Exposition::sample(std::string_view suffix, Labels labels, std::uint64_t value) {
    head(suffix, labels);
    append_number(out_, value);
}

void Exposition::sample(std::string_view suffix, Labels labels, double value) {
    head(suffix, labels);
    append_number(out_, value);
}

void Exposition::head(std::string_view suffix, Labels labels) {
    out_.append(name_).append(suffix);
    char before = '{';
    for (const Label& label : labels) {
        out_.append(1, before).append(label.name).append("=\"");
        append_escaped(out_, label.value);
        out_ += '"';
        before = ',';
    }
    out_ += labels.size() == 0 ? " " : "} ";
}

} // namespace gateway::observe
