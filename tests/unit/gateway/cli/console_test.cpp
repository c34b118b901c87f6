#include "gateway/cli/console.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace gateway::cli {
namespace {

TEST(Console, PaintsOnlyWhereColoursAreOn) {
    std::istringstream in;
    std::ostringstream out;
    Console console{in, out, out};
    EXPECT_EQ(console.paint(Colour::red, "no"), "no");
    console.colours = true;
    EXPECT_EQ(console.paint(Colour::red, "no"), "\x1b[31mno\x1b[0m");
}

} // namespace
} // namespace gateway::cli
