// SPDX-License-Identifier: Apache-2.0
#include "agents/kinds/kinds.hpp"

namespace polder::agents {

const KindInfo& project_kind() {
  using enum ColumnType;
  static const KindInfo kind{
      "project",
      false,
      "Funded projects: consortia under an instrument, or single-firm awards",
      {{"instrument", id, "", "the instrument that pays", "", "", "instrument"},
       {"coordinator", id, "", "leading firm or institute", "", "", "firm"},
       {"members", integer, "", "number of members"},
       {"units", number, "1", "real projects it stands for; consortia stand for themselves", "1"},
       {"members_abroad", integer, "",
        "further members from abroad, who are no agents and whose money is not counted"},
       {"award", number, "EUR", "grant awarded, in full-scale euros"},
       {"paid", number, "EUR", "paid so far, in full-scale euros"},
       {"quality", number, "1", "expected quality at the ranking"},
       {"months_left", number, "month", "until the end"},
       {"duration", number, "month", "planned length"},
       {"repaying", flag, "", "a loan whose development has ended"},
       {"outstanding", number, "EUR", "loan still to be repaid, in full-scale euros"},
       {"asked", flag, "", "has asked whether it needs a research or test facility"},
       {"facility", id, "", "facility whose slots it holds or waits for", "", "", "facility"},
       {"waited", number, "month", "months waited for a slot"},
       {"access", number, "1", "share of its tests that have a slot this month"}}};
  return kind;
}

}  // namespace polder::agents
