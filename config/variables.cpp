#include "config/variables.hpp"

#include "config/files.hpp"
#include "config/text.hpp"

#include <algorithm>

namespace config {
namespace {

bool is_name(std::string_view text) {
    const auto is_letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    };
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return !text.empty() && is_letter(text.front()) &&
           std::all_of(text.begin(), text.end(),
                       [&](char c) { return is_letter(c) || is_digit(c); });
}

class Replacer {
public:
    Replacer(const Environment& environment, const std::string& file, Problems& problems)
        : environment_(environment), file_(file), directory_(directory_of(file)),
          problems_(problems) {}

    void replace_in(Node& node) {
        for (Node& item : node.items) replace_in(item);
        for (Member& member : node.members) replace_in(member.value);
        if (node.kind != NodeKind::scalar || node.text.find('$') == std::string::npos) return;
        at_ = node.at;
        std::optional<std::string> text = replaced(node);
        if (text)
            node.text = std::move(*text);
        else
            node.kind = NodeKind::refused;
    }

private:
    std::optional<std::string> replaced(Node& node) {
        std::string out;
        const std::string_view text = node.text;
        for (std::size_t i = 0; i < text.size();) {
            const std::string_view rest = text.substr(i);
            if (rest.substr(0, 2) == "$$") {
                out += '$';
                i += 2;
            } else if (rest.substr(0, 2) == "${") {
                const std::size_t end = rest.find('}');
                if (end == std::string_view::npos)
                    return refuse("a `${` is not closed", "add the `}`, or write `$$` for a `$`");
                const std::optional<std::string> found = value(rest.substr(2, end - 2));
                if (!found) return std::nullopt;
                out += *found;
                node.replaced = true;
                i += end + 1;
            } else {
                out += rest.front();
                ++i;
            }
        }
        bytes_ += out.size();
        if (bytes_ > max_replaced_bytes)
            return refuse("the values of all variables together are too large", {});
        return out;
    }

    std::optional<std::string> value(std::string_view inside) {
        constexpr std::string_view file_mark = "file:";
        if (inside.substr(0, file_mark.size()) == file_mark)
            return from_file(std::string(inside.substr(file_mark.size())));
        const std::size_t mark = inside.find(":-");
        const std::string name(inside.substr(0, mark));
        if (!is_name(name))
            return refuse(in_backticks("${" + name + "}") + " names no variable",
                          "write ${NAME}, ${NAME:-default} or ${file:PATH}; `$$` is a `$`");
        const std::optional<std::string> found = environment_(name);
        if (mark == std::string_view::npos) {
            if (found) return found;
            return refuse("the variable " + in_backticks(name) + " is not set",
                          "set it, or write ${" + name + ":-default}");
        }
        if (found && !found->empty()) return found;
        const std::string_view fallback = inside.substr(mark + 2);
        // The first } ends the variable, so a template or a variable as its default would be cut in
        // two.
        if (fallback.find('{') != std::string_view::npos)
            return refuse("the default of " + in_backticks(name) + " cannot hold a `{`", {});
        return std::string(fallback);
    }

    std::optional<std::string> from_file(const std::string& path) {
        if (path.empty() || path.find('\0') != std::string::npos)
            return refuse("`${file:}` names no file", "write ${file:PATH}");
        FileText file = read_file(resolve_path(directory_, path), max_variable_file_bytes);
        if (!file.text)
            return refuse("the file " + in_quotes(path) + " cannot be read: " + file.error, {});
        std::string& text = *file.text;
        if (text.ends_with('\n')) text.pop_back();
        if (text.ends_with('\r')) text.pop_back();
        return std::move(file.text);
    }

    std::nullopt_t refuse(std::string message, std::string hint) {
        problems_.push_back(
            {.file = file_, .at = at_, .message = std::move(message), .hint = std::move(hint)});
        return std::nullopt;
    }

    const Environment& environment_;
    const std::string& file_;
    std::string directory_;
    Problems& problems_;
    Position at_;
    std::size_t bytes_ = 0;
};

} // namespace

void replace_variables(Node& root, const Environment& environment, const std::string& file,
                       Problems& problems) {
    Replacer(environment, file, problems).replace_in(root);
}

} // namespace config
