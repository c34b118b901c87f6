#pragma once

// What no single place of the file can know: whether names exist and are unique, and whether parts
// fit together. Never stops at the first violation, and says nothing about parts that decoding
// already refused.

#include "config/decode/reference.hpp"
#include "config/error.hpp"
#include "config/model.hpp"

#include <vector>

namespace config {

void validate(const Model& model, const std::vector<decode::Reference>& references,
              Problems& problems);

} // namespace config
