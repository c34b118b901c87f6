#pragma once

// What yaml.cpp must look at in the bytes themselves, before and beside the YAML library.

#include "config/error.hpp"

#include <optional>
#include <string_view>

namespace config {

/// The first thing that keeps `text` from being read: too large, not UTF-8, a byte order mark, a
/// control byte, a carriage return that ends no line, a tab in the indentation. The problem names
/// no file.
std::optional<Problem> check_bytes(std::string_view text);

/// The plain null (`~`, `null`) that stands at this offset, or nothing.
std::string_view null_word_at(std::string_view text, int offset);

/// A quoted scalar begins at this offset, and the text ends inside it. The library takes such a
/// text for closed when it ends with a line.
bool is_unclosed_quote(std::string_view text, int offset);

/// The library's message for a syntax error in our words. Never quotes the file, which may hold
/// secrets.
Problem explain_syntax(std::string_view message);

} // namespace config
