#pragma once

// Reads typed values from the tree, and says what is wrong with them: what was expected, what was
// found, and where.
//
// A mapping is described by a table of keys, so that one place knows which keys exist, which are
// required, what they take, and which belong to a later version. The JSON Schema is printed from
// the same tables. Nothing has a fallback: a value of another type is an error, never a default.

#include "config/decode/reference.hpp"
#include "config/decode/shape.hpp"
#include "config/error.hpp"
#include "config/model.hpp"
#include "config/yaml.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace config::decode {

class Decoder;

/// How a value is read, and what it may be. fields.hpp has those that need no function of their
/// own.
template <class T> struct Field {
    using Read = void (*)(Decoder& decoder, const Member& member, T& out);

    constexpr Field(Read r, const Shape& s) : read(r), shape(s) {}

    Read read;
    Shape shape;
};

template <class T> struct Key : KeyFacts {
    constexpr Key(std::string_view name_, Need need_, const Field<T>& field,
                  std::string_view description_)
        : KeyFacts{name_, need_, field.shape, description_}, read(field.read) {}

    /// Of a later version: every other key needs a field, or its table does not compile.
    constexpr Key(std::string_view name_, Need need_) : KeyFacts{name_, need_, shape::text, {}} {
        if (need_ != Need::later) throw "a key without a field";
    }

    typename Field<T>::Read read = nullptr; ///< none for Need::later
};

/// The table of `keys` for the schema, under that name.
template <const auto& keys> constexpr Table table_of(std::string_view name, std::size_t least = 0) {
    return {.name = name,
            .size = keys.size(),
            .key = [](std::size_t i) -> KeyFacts { return keys[i]; },
            .least = least};
}

/// Whose mapping is read: for messages such as "unknown key `pth` in a route".
struct Owner {
    Position at;           ///< where a missing key is reported
    std::string_view what; ///< "a route"
};

class Decoder {
public:
    Decoder(const std::string& file, Problems& problems);

    const std::string& file() const { return file_; }

    /// `name` where the docs have more to say than the hint does.
    void error(Position at, std::string message, std::string hint = {}, std::string_view name = {});
    void warning(Position at, std::string_view name, std::string message, std::string hint = {});

    /// "expected a duration, found a list", or found the scalar itself. Silent for a refused node.
    void mismatch(const Node& node, std::string_view expected, std::string hint = {});
    /// The scalar for a message: in quotes, or "the value of a variable", which is never shown.
    static std::string shown(const Node& node);

    /// One of `words`, as its index.
    std::optional<std::size_t> choice(const Node& node, std::span<const std::string_view> words);
    std::optional<std::string>
    text(const Node& node, std::string_view expected = "a string"); ///< not empty, no control bytes
    std::optional<std::vector<std::string>> texts(const Node& node); ///< at least one, none twice
    std::optional<bool> boolean(const Node& node);
    std::optional<std::int64_t> integer(const Node& node, std::int64_t least, std::int64_t most);
    std::optional<Duration> duration(const Node& node, Duration least, Duration most);
    std::optional<std::size_t> size(const Node& node, std::size_t least, std::size_t most);
    /// A text that no message shows; warns of one that stands in the file itself.
    std::optional<Secret> secret(const Member& member);
    /// The path, relative to the configuration's directory.
    std::optional<std::string> path(const Node& node);
    /// The same; the file must be there and readable.
    std::optional<std::string> readable_file(const Node& node);

    /// True for a list with at least one item; `of` names what it holds: "a list of routes".
    bool is_list(const Node& node, std::string_view of);
    bool is_mapping(const Node& node, std::string_view what);

    /// Calls each member's reader, and reports keys that are unknown, of a later version, or
    /// missing.
    template <class T>
    bool mapping(const Node& node, std::span<const Key<T>> keys, const Owner& owner, T& out) {
        if (!is_mapping(node, owner.what)) return false;
        std::vector<std::string_view>
            meant; // by unknown keys: no second error says that these are missing
        for (const Member& member : node.members) {
            const Key<T>* key = nullptr;
            for (const Key<T>& candidate : keys)
                if (candidate.name == member.key) key = &candidate;
            if (!key)
                meant.push_back(unknown_key(member, names_of(keys), owner));
            else if (key->need == Need::later)
                not_in_this_version(member.at, member.key);
            else
                key->read(*this, member, out);
        }
        for (const Key<T>& key : keys)
            if (key.need == Need::required) require(node, key.name, meant, owner);
        return true;
    }

    template <class T> static std::vector<std::string_view> names_of(std::span<const Key<T>> keys) {
        std::vector<std::string_view> names;
        for (const Key<T>& key : keys)
            if (key.need != Need::later) names.push_back(key.name);
        return names;
    }

    /// Gives the known key that was probably meant, or nothing.
    std::string_view unknown_key(const Member& member, std::span<const std::string_view> known,
                                 const Owner& owner);
    void require(const Node& node, std::string_view key, std::span<const std::string_view> meant,
                 const Owner& owner);
    /// "`h2` is not part of this version of claimgate".
    void not_in_this_version(Position at, std::string_view what, std::string hint = {});

    /// Notes that `node` names an issuer, upstream or policy; validate() looks whether it exists.
    void refer(Reference::Kind kind, const Node& node, const std::string& name);
    const std::vector<Reference>& references() const { return references_; }

private:
    const std::string& file_;
    std::string directory_;
    Problems& problems_;
    std::vector<Reference> references_;
};

} // namespace config::decode
