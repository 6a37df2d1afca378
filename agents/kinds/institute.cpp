// SPDX-License-Identifier: Apache-2.0
#include "agents/kinds/kinds.hpp"

namespace polder::agents {

const KindInfo& institute_kind() {
  using enum ColumnType;
  static const KindInfo kind{
      "institute",
      false,
      "Universities, medical centres, hogescholen, mbo schools and research institutes",
      {{"type", category, "", "university, medical centre, hogeschool, mbo school or institute", "university",
        actor_types},
       {"group", category, "", "of institutes by who stands behind them", "university", institute_groups},
       {"region", category, "", "province of the seat", "", "regions"},
       {"theme", category, "", "strongest technology theme", "", "themes"},
       {"rd_performer", flag, "", "performs R&D: always", "true"},
       {"researchers", number, "person", "academic staff without PhD candidates"},
       {"phds", number, "person", "PhD candidates"},
       {"students", number, "person", "enrolled students in science and technology"},
       {"research_budget", number, "EUR/month", "R&D spending from base funding"},
       {"rd_spending", number, "EUR/month", "R&D spending this month, funded projects included"},
       {"rd_plan", number, "EUR/month",
        "research it could do for projects this month (the request base of grants)"},
       {"rd_funded", number, "EUR/month", "earmarked project money spent this month"},
       {"block_funded", number, "EUR/month", "base funding from block instruments last month"},
       {"funded_posts", number, "person", "research posts that block instruments pay for"},
       {"usual_projects", number, "EUR/month/person",
        "project money by researcher of the data; more of it opens posts"},
       {"permanent_offer", number, "1", "share of new contracts that are permanent, 0: the usual one"},
       {"transfer_posts", number, "person", "technology transfer staff that block instruments pay for"},
       {"organised", number, "1",
        "share of the effort of setting up consortia that brokers of instruments take over"},
       {"brokered", number, "1", "the same of brokers of hubs; the larger counts"},
       {"recruiting", number, "1", "extra chance a month to fill an open post from abroad"},
       {"cash", money, "", "bank balance", "", "", "", 1, true},
       {"knowledge", vector, "1", "knowledge profile", "uniform(0, 1)", "", "", knowledge_size},
       {"basic_share", number, "1", "share of basic research", "0.6"},
       {"equity_share", number, "1", "share in its spin-offs that it asks of their founders", "0.1"},
       {"openness", number, "1", "share of its articles that are open, for the openness of its results",
        "0.5"},
       {"publications", number, "1/month", "articles this month"},
       {"copublications", number, "1/month", "articles with another organisation this month"},
       {"public_private_copublications", number, "1/month", "articles with a firm this month"},
       {"partners_abroad", number, "1/person", "partners abroad by researcher"},
       {"contacts_abroad", number, "1/month/person",
        "partners abroad that a researcher finds without projects"},
       {"articles_abroad", number, "1/month", "articles with partners abroad this month"},
       {"patents", number, "1/month", "patent applications this month"},
       {"tto_staff", number, "person", "technology transfer staff"},
       {"backlog", number, "1", "disclosures waiting for screening"},
       {"disclosures", number, "1/month", "invention disclosures this month"},
       {"licences", number, "1/month", "licences this month"},
       {"spin_offs", number, "1/month", "spin-offs this month"},
       {"example", number, "1", "spin-offs a year by 1,000 researchers that its researchers remember"},
       {"entrepreneurial_intent", number, "1", "share of researchers willing to found a firm", "0.1"},
       {"partners", integer, "", "collaboration partners"},
       {"vacancies", integer, "", "open PhD and research vacancies"},
       {"technical_staff", number, "person", "researchers of the kind person that it employs"},
       {"phd_staff", number, "person", "PhD candidates of the kind person that it has"},
       {"certainty", number, "1", "confidence in the horizon of support, 0 to 1", "1"},
       {"expected_quality", number, "1", "what a committee would expect of its proposal, 0 to 1"},
       {"newcomer", number, "1", "1 until its first award, then 0", "1"}}};
  return kind;
}

}  // namespace polder::agents
