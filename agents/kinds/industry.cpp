// SPDX-License-Identifier: Apache-2.0
#include "agents/kinds/kinds.hpp"

namespace polder::agents {

const KindInfo& industry_kind() {
  using enum ColumnType;
  static const KindInfo kind{
      "industry",
      false,
      "One row a sector: the demand its firms share and the reference values they compare themselves with",
      {{"sector", category, "", "which sector", "", "sectors"},
       {"demand", number, "EUR/month", "demand that the sector's firms share"},
       {"work_growth", number, "1",
        "log growth this month of the work that demand asks for: of demand less that of productivity"},
       {"productivity", number, "EUR/h", "mean value added per hour of its firms, weighted with sales"},
       {"displaced", number, "EUR/month",
        "purchases in the sector that public contracts take the place of this month"},
       {"small_teams", vector, "1",
        "share of its small and of its medium firms that had a small R&D team at the start; -1: not yet "
        "counted",
        "-1", "", "", 2},
       {"contacts_abroad", number, "1",
        "share of new partners abroad that its larger R&D teams find without projects", "1"},
       {"births", number, "firms/month", "new firms a month"},
       {"energy_intensity", number, "MJ/EUR", "energy used by value added, without levies"},
       {"energy_use", number, "PJ/year", "energy used"},
       {"new_energy", number, "1", "share of business customers that use a new product for energy"},
       {"general_pay", number, "EUR/month",
        "mean pay that firms offer for technical posts, with scarcity; 0: not yet seen"},
       {"institute_pay", number, "1", "pay at institutes by its level at the start", "1"},
       {"technical_pay", number, "1", "pay of technical staff by its level in the burn-in", "1"},
       {"research_price", number, "1", "price of R&D by its level in the burn-in", "1"},
       {"research_price_before", number, "1", "the same a month ago", "1"},
       {"normal_tightness", number, "1", "vacancies for technical staff a searcher in the burn-in"}}};
  return kind;
}

}  // namespace polder::agents
