// SPDX-License-Identifier: Apache-2.0
#include "agents/kinds/kinds.hpp"

namespace polder::agents {

const KindInfo& industry_kind() {
  using enum ColumnType;
  static const KindInfo kind{
      "industry", false, "One row a sector: the demand its firms share and the reference values they compare themselves with",
      {
          {"sector", category, "", "which sector", "", "sectors"},
          {"demand", number, "EUR/month", "demand that the sector's firms share"},
          {"sales", number, "EUR/month", "sales of all its firms"},
          {"productivity", number, "EUR/h", "mean value added per hour of its firms, weighted with sales"},
          {"reference_productivity", number, "EUR/h", "the same at the end of the burn-in"},
          {"births", number, "firms/month", "new firms a month at the demand of the end of the burn-in"},
          {"reference_demand", number, "EUR/month", "demand at the end of the burn-in"}
      }};
  return kind;
}

}  // namespace polder::agents
