// SPDX-License-Identifier: Apache-2.0
#include "agents/kinds/kinds.hpp"

namespace polder::agents {

const KindInfo& venture_kind() {
  using enum ColumnType;
  static const KindInfo kind{
      "venture",
      true,
      "The venture side of a startup: its true and believed value and its funding rounds",
      {{"firm", id, "", "the firm", "", "", "firm"},
       {"theme", category, "", "theme of the firm", "", "themes"},
       {"region", category, "", "province of the firm", "", "regions"},
       {"quality", number, "1", "true log-value, unknown to investors"},
       {"belief_mean", number, "1", "posterior mean of the log-value"},
       {"belief_precision", number, "1", "posterior precision"},
       {"trl", integer, "", "technology readiness level", "2"},
       {"stage", category, "", "last round closed", "pre_seed", venture_stages},
       {"milestone_in", number, "month", "months to the next milestone"},
       {"burn", number, "EUR/month", "spending until the next milestone"},
       {"need", number, "EUR", "capital sought in the open round"},
       {"seeking", flag, "", "a round is open"},
       {"seeking_since", number, "month", "months the round has been open"},
       {"raised", number, "EUR", "capital raised so far"},
       {"rounds", integer, "", "rounds closed so far"},
       {"founders_share", number, "1", "share left to the founders", "1"},
       {"lead", id, "", "financier that led the last round", "", "", "financier"},
       {"clearance", number, "month", "months of assessment left before the product may be sold"},
       {"clearance_state", category, "", "where the product stands with its regulator", "undecided",
        clearance_states},
       {"talked_early", flag, "", "was in early dialogue with its regulator"},
       {"refusals", integer, "", "refusals so far"},
       {"pending", number, "month", "months since clearance was needed"},
       {"blocked", flag, "", "may not go to the market yet: stays at its readiness level"},
       {"regulatory_variance", number, "1", "variance of the log-value through rules not yet settled"},
       {"sandbox", number, "month", "months left of a temporary licence, -1 after it"},
       {"trial_data", flag, "", "a sandbox gave investors data this month"},
       {"user", id, "", "group of users that the product is meant for", "", "", "user"},
       {"user_match", number, "1", "how well the product meets their requirement, 0 to 1"},
       {"iterations", number, "1", "rounds of development together with users"},
       {"reference", number, "1", "0 without a first customer, 1 in the month it signs, 2 after"},
       {"hub", id, "", "incubator it is in", "", "", "hub"},
       {"hub_months", number, "month", "months in an incubator so far"},
       {"coached", number, "1", "part of the coaching it can use that mentors give this month"},
       {"prototype", number, "1", "0 without one from a public award, 1 in the month it works, 2 after"},
       {"facility", id, "", "facility whose slot it holds or waits for", "", "", "facility"},
       {"test_level", integer, "", "readiness level for which it chose a facility"},
       {"waited", number, "month", "months waited for a slot"},
       {"access", number, "1",
        "share of the ventures it stands for that hold a slot in a research facility"}}};
  return kind;
}

}  // namespace polder::agents
