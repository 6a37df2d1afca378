// SPDX-License-Identifier: Apache-2.0
#include "agents/kinds/kinds.hpp"

namespace polder::agents {

const KindInfo& financier_kind() {
  using enum ColumnType;
  static const KindInfo kind{
      "financier",
      false,
      "Business angels, venture and regional funds, banks, foreign funds",
      {{"type", category, "", "kind of financier", "venture_fund", actor_types},
       {"region", category, "", "province of the seat", "", "regions"},
       {"theme", category, "", "theme focus, `none` for generalists", "", "themes"},
       {"cash", money, "", "dry powder", "", "", "", 1, true},
       {"fund_size", number, "EUR", "committed capital"},
       {"vintage", number, "month", "age of the fund"},
       {"life", number, "month", "planned life of the fund", "120 months"},
       {"ticket_min", number, "EUR", "smallest ticket"},
       {"ticket_max", number, "EUR", "largest ticket"},
       {"first_stage", category, "", "earliest stage it invests in", "seed", venture_stages},
       {"last_stage", category, "", "latest stage it leads", "series_a", venture_stages},
       {"hurdle_rate", number, "/year", "required return", "0.20 /year"},
       {"reserve_share", number, "1", "share of the fund kept for follow-on rounds", "0.4"},
       {"home_bias", number, "1", "log-weight of the own region", "1"},
       {"public_share", number, "1", "share of public capital in the fund"},
       {"public_claim", money, "", "outstanding public contribution (repayment waterfall)"},
       {"private_claim", money, "", "outstanding private contribution (repayment waterfall)"},
       {"lender", id, "", "instrument that co-invested in the present fund", "", "", "instrument"},
       {"ahead", number, "EUR", "capital of its next funds that it has called already"},
       {"invested", number, "EUR/month", "tickets paid this month"},
       {"proceeds", number, "EUR/month", "proceeds of exits this month"},
       {"public_repaid", number, "EUR/month", "share of last month's proceeds that went to public lenders"},
       {"lending_rate", number, "/year", "interest asked by banks", "0.04 /year"}}};
  return kind;
}

}  // namespace polder::agents
