// SPDX-License-Identifier: Apache-2.0
// Numbers that a scenario gives for each sector, region or theme in the data file of that list, and the label
// that means none.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/mechanism.hpp"

namespace polder::agents {

/// One number a label of `label_set`, from the column `column` of its data file, in base units; `missing` for
/// every label when the list has no such column. At least one value. errors: a mistake when the column has
/// another dimension than `wanted`.
std::vector<double> label_numbers(Setup& setup, std::string_view label_set, std::string_view column,
                                  double missing, Dimension wanted);

/// Position of the theme `none` among those of a kind; 255 where everybody has a theme.
std::uint8_t theme_none(Setup& setup, std::string_view kind);

}  // namespace polder::agents
