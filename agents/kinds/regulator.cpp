// SPDX-License-Identifier: Apache-2.0
#include "agents/kinds/kinds.hpp"

namespace polder::agents {

const KindInfo& regulator_kind() {
  using enum ColumnType;
  static const KindInfo kind{
      "regulator",
      false,
      "Authorities that clear products before they reach the market, one row a regulated theme",
      {{"theme", category, "", "technology theme of the products", "", "themes"},
       {"concerned", number, "1", "share of ventures of the theme whose product needs clearance", "1"},
       {"time", number, "month", "mean length of an assessment", "12 months"},
       {"cost", number, "EUR", "what one assessment costs the applicant: trials, files, fees", "100 kEUR"},
       {"refusal", number, "1", "chance that an assessment ends in a refusal", "0.15"},
       {"variance", number, "1", "variance of the log-value through rules not yet settled", "1"},
       {"staff", number, "person", "assessors", "10 persons"},
       {"cases", number, "1/person", "assessments an assessor runs at a time", "2 /person"},
       {"unused", number, "1",
        "assessments not needed in past months, kept for applicants that stand for many real ones"},
       {"extra_staff", number, "person", "assessors paid by instruments this month"},
       {"dialogue", number, "1", "share of innovators in early dialogue; set by instruments"},
       {"slots", number, "1", "sandbox places; set by instruments"},
       {"harmonised", number, "1", "part of assessment work that harmonised rules save; set by instruments"},
       {"pending", number, "1", "products whose clearance has been asked for or is needed now"},
       {"in_sandbox", number, "1", "products with a temporary licence"},
       {"queue", number, "1", "of these, products nobody assesses this month"},
       {"cleared", number, "1/month", "clearances this month"},
       {"refused", number, "1/month", "refusals this month"}}};
  return kind;
}

}  // namespace polder::agents
