// SPDX-License-Identifier: Apache-2.0
// The scenario file as a JSON Schema, so that editors complete and check it as users type.
#pragma once
#include <string>

#include "engine/mechanism.hpp"

namespace polder::scenarios {

/// JSON Schema (draft 7) of scenarios, overlays and the files of `use`: all keys with their meaning, the
/// mechanisms of the catalogue with their fields, the forms of instruments with their keys. Overlays hold
/// parts of things, so only ids and what stands in a rule's `do` are required; `polder check` asks for the
/// rest.
std::string json_schema(const Catalogue& catalogue);

}  // namespace polder::scenarios
