#pragma once

// The only codes that claimgate exits with; 64, 70 and 78 are those of sysexits.h.

namespace gateway::cli::exit_code {

inline constexpr int good = 0;
inline constexpr int no = 1;             ///< it worked, and the answer is no
inline constexpr int usage = 64;         ///< the command line is wrong, or a file that it names
inline constexpr int internal = 70;      ///< our fault, or the system's
inline constexpr int configuration = 78; ///< the configuration file is wrong

} // namespace gateway::cli::exit_code
