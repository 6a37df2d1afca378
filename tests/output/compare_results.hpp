// SPDX-License-Identifier: Apache-2.0
// Assertions about whole results.
#pragma once
#include "output/result_reader.hpp"
#include "tests/output/sample_experiment.hpp"

namespace polder::output::test {

/// Every committed replicate holds exactly what sample_replicate gives, everything else is empty.
void expect_committed_rows_right(const ResultReader& result, const ExperimentInfo& info);
/// All values but provenance are the same, bit by bit.
void expect_equal(const ResultReader& a, const ResultReader& b);
/// Equal bits, or both not a number.
bool same(double a, double b);

}  // namespace polder::output::test
