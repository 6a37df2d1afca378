// SPDX-License-Identifier: Apache-2.0
#include "agents/kinds/kinds.hpp"

namespace polder::agents {

const KindInfo& firm_kind() {
  using enum ColumnType;
  static const KindInfo kind{
      "firm",
      true,
      "Employer firms (two or more persons) and startups",
      {{"type", category, "", "startup, scale-up, SME or large firm", "", actor_types},
       {"size_class", category, "", "by persons employed", "", size_classes},
       {"sector", category, "", "industry (SBI 2008 section)", "", "sectors"},
       {"region", category, "", "province", "", "regions"},
       {"theme", category, "", "technology theme, `none` for most firms", "", "themes"},
       {"age", number, "month", "since founding", "exponential(mean: 150 months)"},
       {"staff", number, "person", "persons employed in full-time equivalents", "5 persons"},
       {"core_share", number, "1", "staff outside R&D that value added needs, per hour of mean productivity"},
       {"rd_staff", number, "person", "R&D staff in full-time equivalents"},
       {"sales", number, "EUR/month", "turnover"},
       {"value_added", number, "EUR/month", "sales minus intermediate inputs"},
       {"productivity", number, "EUR/h", "value added per hour worked",
        "lognormal(mean: 60 EUR/h, sigma: 0.35)"},
       {"wage", number, "EUR/month/person", "mean labour cost per full-time equivalent"},
       {"cash", money, "", "bank balance", "", "", "", 1, true},
       {"debt", money, "", "owed to banks and public lenders"},
       {"exports_share", number, "1", "share of sales abroad"},
       {"new_product_share", number, "1", "share of sales from products younger than 36 months"},
       {"market_shock", number, "1", "log growth of sales this month"},
       {"rd_performer", flag, "", "performs R&D"},
       {"rd_plan", number, "EUR/month", "R&D wanted at the current user cost (the request base of grants)"},
       {"rd_spending", number, "EUR/month", "own and funded R&D this month"},
       {"rd_base", number, "EUR/month", "R&D wanted without any support"},
       {"rd_intensity", number, "1", "R&D wanted without any support per euro of sales"},
       {"rd_stock", number, "EUR", "R&D capital (perpetual inventory)"},
       {"rd_funded", number, "EUR/month",
        "public R&D money earmarked this month (grants), part of rd_spending"},
       {"tax_credit_rate", number, "1", "marginal support rate through tax credits that the firm expects"},
       {"tax_credit", number, "EUR/month", "tax credit received"},
       {"rd_hours", number, "h/month", "hours on which tax credit is claimed"},
       {"certainty", number, "1", "confidence in the horizon of support, 0 to 1", "1"},
       {"absorptive_capacity", number, "1", "1 - exp(-kappa (R&D capital + training) per employee)"},
       {"knowledge", vector, "1", "knowledge profile", "uniform(0, 1)", "", "", knowledge_size},
       {"innovations", number, "1", "innovations of the last 36 months (decaying count)"},
       {"patents", number, "1/month", "patent applications this month"},
       {"partners", integer, "", "collaboration partners"},
       {"venture_plan", number, "EUR/month", "R&D that a venture's last round is meant for, 0 for others"},
       {"trl", integer, "", "technology readiness level of a venture, 0 for others"},
       {"stage", category, "", "venture stage", "none", venture_stages},
       {"vacancies", integer, "", "open R&D and technical vacancies"},
       {"technical_staff", number, "person", "people of the kind person that it employs"},
       {"origin_institute", id, "", "institute whose IP a spin-off uses", "", "", "institute"},
       {"foreign_owned", flag, "", "controlled from abroad or moved there"},
       {"staff_3y_ago", number, "person", "staff 36 months ago (scale-up definition)"},
       {"uptake", number, "1", "sales by those that maturity allows: acceptance by users", "1"},
       {"contract", number, "EUR/month", "public contract: what the buyer pays a month"},
       {"contract_cost", number, "EUR/month", "what it costs to deliver"},
       {"contract_left", number, "month", "months left of the contract"},
       {"contract_new", flag, "", "the contract is for a new product"},
       {"contract_from", id, "", "instrument that gave it", "", "", "instrument"},
       {"unmet_finance", number, "EUR", "finance wanted and not found this month"},
       {"expected_quality", number, "1", "what a committee would expect of its proposal, 0 to 1"},
       {"newcomer", number, "1", "1 until its first award, then 0", "1"}}};
  return kind;
}

}  // namespace polder::agents
