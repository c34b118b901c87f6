#pragma once

// Small files, read whole. Blocking: for the control thread and the command line.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace config {

struct FileText {
    std::optional<std::string> text; ///< the content; nothing when it could not be read
    std::string error;               ///< then the reason: "no such file", "it is larger than 1 MiB"
};

/// Regular files only (a symbolic link to one is fine), so that no pipe can block the caller. Does
/// not throw.
FileText read_file(const std::string& path, std::size_t max_bytes);

/// Why `path` cannot be read, or nothing when it can.
std::optional<std::string> why_unreadable(const std::string& path);

/// The directory that relative paths in the configuration file `path` start from; empty: the
/// current one.
std::string directory_of(std::string_view path);

/// `path` as it is when absolute, else inside `directory`.
std::string resolve_path(const std::string& directory, const std::string& path);

/// Absolute and without symbolic links, as far as `path` exists: the same for every way to name one
/// file. Does not throw.
std::string canonical_path(const std::string& path);

} // namespace config
