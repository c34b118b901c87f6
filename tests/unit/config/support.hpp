#pragma once

// Loads texts as configuration files and writes their problems in a form that tests compare.

#include "config/load.hpp"

#include <map>
#include <string>
#include <string_view>

namespace config::test {

using Variables = std::map<std::string, std::string>;

Loaded load_file(std::string_view yaml, const Variables& variables = {});

/// `section` with whatever else a file needs put below it, so that its own lines count from 1.
std::string whole_file(std::string_view section);

/// One line a problem: "2:9 message (hint)"; a warning's message is preceded by "[name] ".
std::string report(const Problems& problems);

/// The report of whole_file(section).
std::string report_of(std::string_view section, const Variables& variables = {});

/// The model of whole_file(section); fails the test when there are errors.
Model model_of(std::string_view section, const Variables& variables = {});

/// Writes a file below the test's temporary directory and gives its absolute path.
std::string write_file(const std::string& name, std::string_view content);

} // namespace config::test
