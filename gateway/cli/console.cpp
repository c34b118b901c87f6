#include "gateway/cli/console.hpp"

#include <cstdlib>
#include <unistd.h>

namespace gateway::cli {
namespace {

std::string_view escape_of(Colour colour) {
    switch (colour) {
    case Colour::red: return "\x1b[31m";
    case Colour::green: return "\x1b[32m";
    case Colour::yellow: return "\x1b[33m";
    case Colour::blue: return "\x1b[36m";
    case Colour::bold: return "\x1b[1m";
    case Colour::dim: return "\x1b[2m";
    }
    return "";
}

} // namespace

std::string Console::paint(Colour colour, std::string_view text) const {
    if (!colours) return std::string(text);
    std::string painted(escape_of(colour));
    painted += text;
    painted += "\x1b[0m";
    return painted;
}

bool wants_colours() {
    const char* no_color = std::getenv("NO_COLOR"); // no-color.org: set and not empty
    if (no_color && *no_color) return false;
    const char* term = std::getenv("TERM");
    if (term && std::string_view(term) == "dumb") return false;
    return isatty(STDOUT_FILENO) == 1;
}

} // namespace gateway::cli
