#include "gateway/cli/input.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <istream>
#include <iterator>
#include <system_error>

namespace gateway::cli {
namespace {

std::optional<std::string> read_all(std::istream& in) {
    std::string text(input_limit + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (in.bad()) return std::nullopt;
    return text;
}

std::string trimmed(const std::string& text) {
    const char* white = " \t\r\n";
    const std::size_t first = text.find_first_not_of(white);
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(white) - first + 1);
}

} // namespace

std::optional<std::string> read_input(const std::string& path, Console& console,
                                      std::string& error) {
    const bool standard = path == "-";
    const std::string name = standard ? "standard input" : path;
    std::ifstream file;
    if (!standard) {
        errno = 0;
        file.open(path, std::ios::binary);
        if (!file) {
            error = "cannot read " + name + ": " + std::generic_category().message(errno);
            return std::nullopt;
        }
    }
    auto text = read_all(standard ? console.in : file);
    if (!text) {
        error = "cannot read " + name;
        return std::nullopt;
    }
    if (text->size() > input_limit) {
        error = name + " is larger than 1 MiB";
        return std::nullopt;
    }
    return text;
}

std::optional<std::string> read_token(const std::string& argument, Console& console,
                                      std::string& error) {
    if (argument != "-" && !argument.starts_with('@')) return trimmed(argument);
    const auto text = read_input(argument == "-" ? argument : argument.substr(1), console, error);
    if (!text) return std::nullopt;
    return trimmed(*text);
}

} // namespace gateway::cli
