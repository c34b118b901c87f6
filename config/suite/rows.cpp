#include "config/suite/areas.hpp"
#include "config/text.hpp"

#include <algorithm>

namespace config::suite {
namespace {

constexpr std::size_t longest_label = 100;

/// Puts one row's values where `${NAME}` stands. A scalar that is nothing but `${NAME}` becomes the
/// value, whatever its kind; inside a longer text only a scalar can stand.
class Filler {
public:
    Filler(Decoder& decoder, const Node& row) : decoder_(decoder), row_(row) {}

    void fill(Node& node) {
        for (Node& item : node.items) fill(item);
        for (Member& member : node.members) fill(member.value);
        if (node.kind != NodeKind::scalar || node.text.find("${") == std::string::npos) return;
        const std::string text = node.text;
        if (text.starts_with("${") && text.find('}') == text.size() - 1)
            fill_whole(node, text.substr(2, text.size() - 3));
        else
            fill_inside(node, text);
    }

private:
    void fill_whole(Node& node, const std::string& name) {
        const Member* value = find(name, node.at);
        const Position at = node.at;
        if (value)
            node = value->value;
        else
            node.kind = NodeKind::refused;
        node.at = at;
    }

    void fill_inside(Node& node, std::string_view text) {
        std::string out;
        while (!text.empty()) {
            const std::size_t open = std::min(text.find("${"), text.size());
            out += text.substr(0, open);
            text.remove_prefix(open);
            if (text.empty()) break;
            const std::size_t close = text.find('}');
            if (close == std::string_view::npos) {
                decoder_.error(node.at, "a `${` is not closed");
                break;
            }
            const Member* value = find(std::string(text.substr(2, close - 2)), node.at);
            if (value && value->value.kind == NodeKind::scalar)
                out += value->value.text;
            else if (value)
                decoder_.error(node.at, in_backticks(value->key) + " is no text in a row",
                               "only a text can stand inside a text");
            text.remove_prefix(close + 1);
        }
        node.text = std::move(out);
        // A text that was put together is a text, whatever it looks like.
        node.quoted = true;
    }

    const Member* find(const std::string& name, Position at) {
        if (const Member* value = find_member(row_, name)) return value;
        std::vector<std::string_view> names;
        for (const Member& member : row_.members) names.push_back(member.key);
        decoder_.error(at, "a row of `each` has no " + in_backticks(name),
                       did_you_mean(name, names));
        return nullptr;
    }

    Decoder& decoder_;
    const Node& row_;
};

std::string label_of(const Node& row) {
    std::string label;
    for (const Member& member : row.members) {
        const Node& value = member.value;
        label += (label.empty() ? "" : ", ") + member.key + "=";
        label += value.kind == NodeKind::scalar || value.kind == NodeKind::nothing
                     ? value.text
                     : (value.kind == NodeKind::sequence ? "[...]" : "{...}");
    }
    if (label.size() <= longest_label) return label;
    label.resize(longest_label);
    while (find_invalid_utf8(label) != std::string::npos) label.pop_back();
    return label + "...";
}

} // namespace

const Member* find_member(const Node& node, std::string_view key) {
    const auto found = std::ranges::find(node.members, key, &Member::key);
    return found == node.members.end() ? nullptr : &*found;
}

std::vector<Row> expand_rows(Decoder& decoder, const Node& test, std::size_t& left) {
    const Member* each = find_member(test, "each");
    if (!each) return {{test, {}}};
    std::vector<Row> rows;
    if (!decoder.is_list(each->value, "rows")) return rows;
    Node rest = test;
    std::erase_if(rest.members, [](const Member& member) { return member.key == "each"; });
    for (const Node& row : each->value.items) {
        if (left == 0) {
            decoder.error(row.at, "a file has at most 10,000 rows", "make several files");
            break;
        }
        --left;
        if (!decoder.is_mapping(row, "a row of `each`")) continue;
        Row made{rest, label_of(row)};
        Filler(decoder, row).fill(made.test);
        rows.push_back(std::move(made));
    }
    return rows;
}

} // namespace config::suite
