// SPDX-License-Identifier: Apache-2.0
#include "agents/kinds/kinds.hpp"

namespace polder::agents {

const KindInfo& ecosystem_kind() {
  using enum ColumnType;
  static const KindInfo kind{
      "ecosystem",
      false,
      "Scopes over firms and institutes of a theme in a province or in the country, with the activities of "
      "the theme",
      {{"theme", category, "", "technology theme", "", "themes"},
       {"region", category, "", "province", "", "regions"},
       {"national", flag, "", "reaches over all provinces"},
       {"stage", category, "", "life stage", "emerging", life_stages},
       {"firms", number, "1", "firms with R&D or startups of its theme and place"},
       {"startups", number, "1", "of these, startups"},
       {"institutes", number, "1", "institutes of its theme and place"},
       {"rd_staff", number, "person", "R&D staff of its firms"},
       {"past_rd_staff", number, "person", "the same, three years ago (a lag)"},
       {"growth", number, "1/year", "growth of its R&D staff over three years"},
       {"entry", number, "1", "share of its firms that are younger than five years"},
       {"ties_inside", number, "1", "ties between its members"},
       {"ties_outside", number, "1", "ties of its members to others"},
       {"trust", number, "1", "mean strength of its members' ties"},
       {"lock_in", number, "1", "share of its members' trust in partners inside who are no newcomers"},
       {"openness", number, "1", "share of its members' ties to others and to firms younger than five years"},
       {"foreign", number, "1", "share of its R&D staff in firms controlled from abroad"},
       {"links_abroad", number, "1", "partners abroad of its institutes and of its firms with R&D"},
       {"overlap", number, "1", "likeness of its knowledge to the nearest ecosystem of its theme elsewhere"},
       {"basic_research", number, "EUR", "stock of basic research of institutes of the theme"},
       {"applied_research", number, "EUR", "stock of applied research of institutes of the theme"},
       {"development", number, "EUR", "stock of R&D of its firms without startups"},
       {"startup_research", number, "EUR", "stock of R&D of its startups"},
       {"testing", number, "EUR", "stock of running costs of facilities that serve the theme"},
       {"first_activities", vector, "EUR", "the five stocks at the end of the burn-in", "", "", "", 5},
       {"opportunity", number, "1", "yield of research of the theme by that of the burn-in", "1"}}};
  return kind;
}

}  // namespace polder::agents
