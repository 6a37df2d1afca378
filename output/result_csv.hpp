// SPDX-License-Identifier: Apache-2.0
// A result as one plain table, for spreadsheets.
#pragma once
#include <iosfwd>

#include "output/result_reader.hpp"

namespace polder::output {

/// One line a sampled value of a committed replicate: arm, replicate, month, indicator, unit, axis, label,
/// value. Values without a split have an empty axis and label. Numbers read back to the same bits.
void write_tidy_csv(const ResultReader& result, std::ostream& out);

}  // namespace polder::output
