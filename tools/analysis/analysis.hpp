// SPDX-License-Identifier: Apache-2.0
// Everything about one merged sweep, as the JSON of README.md.
#pragma once
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "tools/analysis/metamodel.hpp"

namespace polder::analysis {

struct AnalysisRequest {
  std::string result;                   ///< path of the merged sweep
  std::vector<std::string> indicators;  ///< empty: all
  std::vector<int> years;               ///< empty: the last one
  std::string of;                       ///< level, effect; empty: effect where there is a policy
  std::vector<std::string> policies;    ///< arms; empty: of effect all policies, of level the baseline
  std::string metamodel;                ///< none, linear, polynomial_chaos, kriging; empty: the best
};
/// errors: InputError.
AnalysisRequest read_analysis_request(const nlohmann::ordered_json& request);

/// errors: InputError for a file that is no sweep, an unknown indicator, policy or year.
nlohmann::ordered_json analyze(const AnalysisRequest& request);

}  // namespace polder::analysis
