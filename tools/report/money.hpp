// SPDX-License-Identifier: Apache-2.0
// Where money went and what it brought: flows of instruments, their outlay and awards, and effects per euro.
#pragma once
#include "output/result_reader.hpp"
#include "tools/report/names.hpp"

namespace polder::tools::report {

/// Who paid whom through which instrument in every arm, added up over all years; means over replicates.
/// unit: EUR. An arm: list of {instrument, payer, receiver, amount}.
Json instrument_flows(const output::ResultReader& result, const Names& names);

/// Every instrument with its outlay (EUR), applications and awards by arm and year, means over replicates.
Json instrument_tables(const output::ResultReader& result, const Names& names);

/// One entry a policy: extra outlay over the run, and R&D added per euro of it, with intervals.
Json effects_per_euro(const output::ResultReader& result);

/// One entry a policy that was run with its instruments taken out one by one: what each of them added,
/// accounts and Shapley shares with intervals (output/attribution.hpp). unit: EUR over the run. Empty
/// without.
Json accounts_of_instruments(const output::ResultReader& result);

}  // namespace polder::tools::report
