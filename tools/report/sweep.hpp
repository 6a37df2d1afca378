// SPDX-License-Identifier: Apache-2.0
// The merged file of a sweep as a report sees it.
#pragma once
#include "tools/report/source.hpp"

namespace polder::tools::report {

/// Is this the merged file of a sweep? False for anything else, also for what cannot be opened.
bool is_sweep(const std::string& path);

/// The document of a report, with `kind` sweep: no flows, instruments or splits, which sweeps do not keep.
/// errors: InputError when the file is damaged or holds no finished run.
Json sweep_document(const std::string& path);

}  // namespace polder::tools::report
