#include "config/yaml.hpp"

#include "config/text.hpp"
#include "config/yaml_bytes.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>

namespace config {
namespace {

struct Stop {}; // thrown through yaml-cpp when reading on would be pointless or dear

Position position_of(const YAML::Mark& mark) {
    return {.line = mark.line + 1, .column = mark.column + 1};
}

/// yaml-cpp's event handler that builds the tree, and counts while it grows.
class Builder final : public YAML::EventHandler {
public:
    Builder(std::string_view text, const std::string& file, Problems& problems)
        : text_(text), file_(file), problems_(problems) {}

    std::optional<Node>& root() { return root_; }

    /// Only the last quoted scalar can run on to the end of the file.
    void check_end() {
        if (is_unclosed_quote(text_, last_quoted_.pos))
            stop(position_of(last_quoted_), "a quoted text is not closed", "add the missing quote");
    }

    void OnDocumentStart(const YAML::Mark& mark) override;
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t) override;
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override;
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  const std::string& value) override;
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                         YAML::EmitterStyle::value) override;
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                    YAML::EmitterStyle::value) override;
    void OnMapEnd() override;
    void OnAnchor(const YAML::Mark& mark, const std::string& name) override;

private:
    struct Level {
        Node node;
        bool has_key = false; ///< of a mapping: the key is read, its value comes next
        Member member;
    };

    void error(Position at, std::string message, std::string hint = {});
    [[noreturn]] void stop(Position at, std::string message, std::string hint = {});
    bool expects_key() const;
    void refuse_tag(const YAML::Mark& mark, const std::string& tag);
    void read_key(const YAML::Mark& mark, bool quoted, const std::string& value);
    void open(const YAML::Mark& mark, NodeKind kind);
    void close();
    void add(Node node);

    std::string_view text_;
    const std::string& file_;
    Problems& problems_;
    std::vector<Level> levels_;
    std::optional<Node> root_;
    YAML::Mark last_quoted_ = YAML::Mark::null_mark();
    std::size_t nodes_ = 0;
    int documents_ = 0;
};

void Builder::error(Position at, std::string message, std::string hint) {
    problems_.push_back(
        {.file = file_, .at = at, .message = std::move(message), .hint = std::move(hint)});
}

void Builder::stop(Position at, std::string message, std::string hint) {
    error(at, std::move(message), std::move(hint));
    throw Stop{};
}

void Builder::OnDocumentStart(const YAML::Mark& mark) {
    if (++documents_ > 1)
        stop(position_of(mark), "a second document begins here",
             "one file holds one configuration; remove the `---`");
}

void Builder::OnNull(const YAML::Mark& mark, YAML::anchor_t) {
    if (expects_key()) stop(position_of(mark), "a key is missing here");
    Node node{.at = position_of(mark), .text = std::string(null_word_at(text_, mark.pos))};
    // For an absent value yaml-cpp gives the place of whatever comes next in the file.
    if (node.text.empty() && !levels_.empty() && levels_.back().has_key)
        node.at = levels_.back().member.at;
    add(std::move(node));
}

void Builder::OnAlias(const YAML::Mark& mark, YAML::anchor_t) {
    if (expects_key()) stop(position_of(mark), "an alias cannot be a key");
    error(position_of(mark), "aliases are not supported", "write the value out here");
    add({.at = position_of(mark), .kind = NodeKind::refused});
}

void Builder::OnAnchor(const YAML::Mark& mark, const std::string& name) {
    error(position_of(mark), "anchors are not supported (" + in_backticks("&" + name) + ")",
          "write the value out where it is needed, or use `policies` for rules");
}

void Builder::refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    // A bare `!` gives the same tag as quotes do, so the text itself has to be asked.
    const auto at = static_cast<std::size_t>(mark.pos);
    const bool is_bare_tag = at < text_.size() && text_[at] == '!';
    if (tag == "?" || tag.empty() || (tag == "!" && !is_bare_tag)) return;
    error(position_of(mark), "tags are not supported (" + in_backticks(tag) + ")",
          "remove the tag");
}

void Builder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       const std::string& value) {
    refuse_tag(mark, tag);
    const bool quoted = tag != "?";
    if (quoted) last_quoted_ = mark;
    if (expects_key()) return read_key(mark, quoted, value);
    add({.at = position_of(mark), .kind = NodeKind::scalar, .quoted = quoted, .text = value});
}

void Builder::read_key(const YAML::Mark& mark, bool quoted, const std::string& value) {
    if (value == "<<" && !quoted)
        error(position_of(mark), "merge keys are not supported", "write the keys out here");
    Level& level = levels_.back();
    level.has_key = true;
    level.member = {.at = position_of(mark), .key = value, .value = {}};
}

void Builder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                              YAML::EmitterStyle::value) {
    refuse_tag(mark, tag);
    open(mark, NodeKind::sequence);
}

void Builder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                         YAML::EmitterStyle::value) {
    refuse_tag(mark, tag);
    open(mark, NodeKind::mapping);
}

bool Builder::expects_key() const {
    return !levels_.empty() && levels_.back().node.kind == NodeKind::mapping &&
           !levels_.back().has_key;
}

void Builder::open(const YAML::Mark& mark, NodeKind kind) {
    if (expects_key())
        stop(position_of(mark), "a list or a mapping cannot be a key",
             "a `]` or `}` may be missing, or the text needs quotes");
    if (levels_.size() == max_nesting)
        stop(position_of(mark),
             "nested too deeply: more than " + std::to_string(max_nesting) + " levels");
    levels_.push_back({.node = {.at = position_of(mark), .kind = kind}});
}

void Builder::OnMapEnd() {
    std::vector<Member>& members = levels_.back().node.members;
    std::vector<std::size_t> order(members.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return members[a].key < members[b].key; });
    std::vector<bool> is_again(members.size());
    std::size_t first = 0;
    for (std::size_t i = 1; i < order.size(); ++i) {
        const Member& member = members[order[i]];
        const Member& earlier = members[order[first]];
        if (member.key != earlier.key) {
            first = i;
            continue;
        }
        is_again[order[i]] = true;
        error(member.at, "the key " + in_backticks(member.key) + " stands here twice",
              "it is already set in line " + std::to_string(earlier.at.line));
    }
    std::size_t index = 0;
    std::erase_if(members, [&](const Member&) { return is_again[index++]; });
    close();
}

void Builder::close() {
    Node node = std::move(levels_.back().node);
    levels_.pop_back();
    add(std::move(node));
}

void Builder::add(Node node) {
    if (++nodes_ > max_nodes)
        stop(node.at, "too large: more than " + std::to_string(max_nodes) + " values");
    if (levels_.empty()) {
        root_ = std::move(node);
        return;
    }
    Level& level = levels_.back();
    if (level.node.kind == NodeKind::sequence) {
        level.node.items.push_back(std::move(node));
        return;
    }
    level.member.value = std::move(node);
    level.node.members.push_back(std::move(level.member));
    level.has_key = false;
}

} // namespace

std::optional<Node> parse_yaml(std::string_view text, const std::string& file, Problems& problems) {
    if (std::optional<Problem> problem = check_bytes(text)) {
        problem->file = file;
        problems.push_back(std::move(*problem));
        return std::nullopt;
    }
    Builder builder(text, file, problems);
    try {
        std::istringstream stream{std::string(text)};
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(builder)) {
        }
        builder.check_end();
    } catch (const Stop&) {
        return std::nullopt;
    } catch (const YAML::Exception& found) {
        Problem problem = explain_syntax(found.msg);
        problem.file = file;
        if (!found.mark.is_null()) problem.at = position_of(found.mark);
        problems.push_back(std::move(problem));
        return std::nullopt;
    } catch (const std::exception&) {
        problems.push_back({.file = file, .at = {}, .message = "this file cannot be read as YAML"});
        return std::nullopt;
    }
    if (!builder.root() ||
        (builder.root()->kind == NodeKind::nothing && builder.root()->text.empty())) {
        problems.push_back({.file = file, .at = {}, .message = "the file holds no configuration"});
        return std::nullopt;
    }
    return std::move(builder.root());
}

} // namespace config
