// SPDX-License-Identifier: Apache-2.0
#include "agents/kinds/kinds.hpp"

namespace polder::agents {

const KindInfo& government_kind() {
  using enum ColumnType;
  static const KindInfo kind{
      "government",
      false,
      "Ministries, agencies, growth fund, provinces and the EU",
      {{"type", category, "", "level of government", "national", actor_types},
       {"body", category, "", "which body, for example national.growth_fund", "", "bodies"},
       {"region", category, "", "province, where it is one", "", "regions"},
       {"cash", money, "", "treasury account", "", "", "", 1, true},
       {"research_budget", number, "EUR/month", "base funding of institutes"},
       {"outlays", number, "EUR/month", "innovation outlays this month"},
       {"jobs", number, "person", "jobs in the province: the weight of its coverage", "0 persons"},
       {"fibre", number, "1", "homes of the province that fibre passes", "0"},
       {"mobile_4g", number, "1", "populated areas with 4G", "0"},
       {"mobile_5g", number, "1", "populated areas with 5G", "0"}}};
  return kind;
}

}  // namespace polder::agents
