#pragma once

// The JSON Schema (draft-07) of the configuration file, for editors and other programs. Printed
// from the tables that the file is read with, so it knows every key, type, word and description. It
// refuses nothing that `claimgate check` takes; what it cannot say, only `check` finds.

#include <string>

namespace config {

/// The text of config/schema.json, with a line end.
std::string schema();

/// The same for files of policy tests: the text of config/suite/schema.json.
std::string suite_schema();

} // namespace config
