#pragma once

// What a command reads and writes: the standard streams, or a test's own.

#include <iosfwd>
#include <string>
#include <string_view>

namespace gateway::cli {

enum class Colour { red, green, yellow, blue, bold, dim };

struct Console {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
    bool colours = false; ///< only where a person looks at `out`

    /// The text in that colour; as it is where colours are off.
    std::string paint(Colour colour, std::string_view text) const;
};

/// True when standard output is a terminal that wants colours (NO_COLOR is not set, TERM is not
/// "dumb").
bool wants_colours();

} // namespace gateway::cli
