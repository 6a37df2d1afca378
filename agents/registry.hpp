// SPDX-License-Identifier: Apache-2.0
// Everything the ecosystem offers to scenarios: kinds of actors, mechanisms, forms of policy instruments.
#pragma once
#include "engine/mechanism.hpp"

namespace polder::agents {

/// The ecosystem's catalogue, for `compile`, validation, `polder describe`, the schema and the documentation.
Catalogue catalogue();

}  // namespace polder::agents
