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
       {"founders_share", number, "1", "share left to the founders", "1"},
       {"lead", id, "", "financier that led the last round", "", "", "financier"},
       {"clearance", number, "month", "regulatory clearance time left"},
       {"access", number, "1",
        "share of the ventures it stands for that hold a slot in a research facility"}}};
  return kind;
}

}  // namespace polder::agents
