#pragma once

// The log of the gateway itself (not of requests): one JSON object or, on a terminal, one readable
// line per event, to standard error. Thread-safe; off the request path (workers log rare events
// only, and at a bounded rate). Text from outside is escaped and cut at 512 bytes. Tokens, keys and
// passwords are never passed to it.

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace gateway::log {

enum class Level { debug, info, warning, error };

struct Attribute {
    std::string_view name;
    std::variant<std::string_view, std::int64_t, bool> value;
};

/// What is less than `level` is not written. Default: info.
void set_level(Level level);

/// `event` is a stable snake_case name ("listening", "keys_fetched"); `message` is for people.
void write(Level level, std::string_view event, std::string_view message,
           std::initializer_list<Attribute> attributes = {});

} // namespace gateway::log
