// SPDX-License-Identifier: Apache-2.0
#include "agents/kinds/kinds.hpp"

namespace polder::agents {

const KindInfo& facility_kind() {
  using enum ColumnType;
  static const KindInfo kind{
      "facility",
      false,
      "Fieldlabs, large research facilities and pilot lines with slots, a fee and a queue",
      {{"facility_type", category, "", "fieldlab, research facility or pilot line", "fieldlab",
        facility_types},
       {"region", category, "", "province where it stands", "", "regions"},
       {"theme", category, "", "technology theme it serves, `none` for all", "", "themes"},
       {"trl_low", number, "1", "lowest technology readiness level served", "3"},
       {"trl_high", number, "1", "highest technology readiness level served", "8"},
       {"capacity", number, "1", "projects served at a time when complete and in good condition", "10"},
       {"fee", number, "EUR/month", "fee of one project", "10 kEUR/month"},
       {"fee_small_firm", number, "1", "part of the fee that micro and small firms pay", "0.5"},
       {"reach", number, "km", "distance at which a third of the users still come", "100 km"},
       {"meeting", number, "1", "chance that one month beside another user leads to a tie", "0.02"},
       {"staff", number, "person", "people who run it", "5 persons"},
       {"opex", number, "EUR/month", "running costs that keep it in its condition", "50 kEUR/month"},
       {"host_share", number, "1",
        "part of running costs that hosts bear in kind, within their own spending"},
       {"cash", money, "", "fees and support not yet spent", "", "", "", 1, true},
       {"owner", id, "", "instrument that built it", "", "", "instrument"},
       {"built", number, "1", "part of the investment made", "1"},
       {"condition", number, "1", "state of repair, 0 to 1", "1"},
       {"used", number, "1", "slots in use this month"},
       {"used_by_ventures", number, "1", "of these, by startups and scale-ups that develop a product"},
       {"used_by_firms", number, "1", "of these, by funded projects that a firm leads"},
       {"used_by_institutes", number, "1", "of these, by funded projects that an institute leads"},
       {"waiting", number, "1", "projects that wait for a slot"},
       {"waited", number, "month", "months waited so far by all projects in the queue, summed"}}};
  return kind;
}

}  // namespace polder::agents
