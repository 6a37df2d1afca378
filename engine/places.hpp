// SPDX-License-Identifier: Apache-2.0
// Where the labels of a set lie, from the data file that lists them.
#pragma once
#include <vector>

#include "engine/error.hpp"
#include "engine/scenario.hpp"

namespace polder {

/// Distances between the rows of a table: straight lines between `x` and `y` in a unit of length (a national
/// grid), else great circles between `lat` and `lon` in degrees on a sphere of 6371.0088 km (mean radius R1,
/// IUGG 1980), rounded to the millimetre. Empty when the table has neither pair of columns.
/// shape: rows x rows. unit: km. errors: a cell that is no number, a latitude beyond 90 or a longitude beyond
/// 360 degrees.
std::vector<double> distances_between(const DataTable& table, Mistakes& mistakes);

}  // namespace polder
