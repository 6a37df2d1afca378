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
       {"outlays", number, "EUR/month", "innovation outlays this month"}}};
  return kind;
}

}  // namespace polder::agents
