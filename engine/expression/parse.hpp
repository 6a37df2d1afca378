// SPDX-License-Identifier: Apache-2.0
// From words to a syntax tree. Lowest to highest: or, and, not, comparisons and `in` (not chained), + -, * /,
// unary -, ^.
#pragma once
#include <functional>
#include <optional>

#include "engine/expression/syntax.hpp"

namespace polder::expression {

/// Nested brackets and operators; deeper formulas are refused.
inline constexpr int deepest_nesting = 200;
/// Levels of the tree: `1 + 1 + ...` makes one a term.
inline constexpr int highest_tree = 1000;

/// Whether a word means a value here: then `1/share` divides by it although a unit has that name.
using IsName = std::function<bool(std::string_view)>;

/// errors: nothing, after one mistake.
std::optional<Tree> parse(Reporter& report, const IsName& is_name);

}  // namespace polder::expression
