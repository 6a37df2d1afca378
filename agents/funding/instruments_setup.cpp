// SPDX-License-Identifier: Apache-2.0
// The table of the mechanism `instruments` and its constructor.
#include <algorithm>
#include <cmath>

#include "agents/funding/instruments.hpp"

namespace polder::agents {

namespace {

const std::vector<FieldInfo> instrument_fields{
    {"base_certainty", "1", "0.7", "0", "1", "confidence in future support without any announced programme",
     "assumption"},
    {"needed_horizon", "month", "48 months", "1 month", "240 months",
     "months of support an R&D project needs", "assumption"},
    {"relied_on", "1", "10 %", "0.1 %", "100 %",
     "budget by R&D of those eligible from which they rely on a programme in full", "assumption"},
    {"review", "month", "3 months", "1 month", "60 months",
     "months between two looks at announced programmes", "assumption"},
    {"training_loss", "1/year", "0.2 /year", "0 /year", "5 /year",
     "loss of what subsidised training taught: forgetting and staff who leave", "assumption"},
};

std::vector<ColumnUse> instrument_columns() {
  using enum Access;
  std::vector<ColumnUse> uses{{"firm", "cash", read},
                              {"firm", "cash", add},
                              {"firm", "rd_plan", read},
                              {"firm", "rd_spending", read},
                              {"firm", "rd_hours", read},
                              {"firm", "age", read},
                              {"firm", "size_class", read},
                              {"firm", "region", read},
                              {"firm", "theme", read},
                              {"firm", "type", read},
                              {"firm", "sector", read},
                              {"firm", "partners", read},
                              {"firm", "knowledge", read},
                              {"firm", "rd_performer", read},
                              {"firm", "expected_quality", read},
                              {"firm", "rd_funded", write},
                              {"firm", "tax_credit_rate", write},
                              {"firm", "tax_credit", write},
                              {"firm", "profit_credit", write},
                              {"firm", "newcomer", write},
                              {"firm", "certainty", write},
                              {"firm", "staff", read},
                              {"firm", "vacancies", read},
                              {"firm", "training", write},
                              {"firm", "courses", write},
                              {"firm", "organised", write},
                              {"firm", "brokered", read},
                              {"institute", "brokered", read},
                              {"hub", "hub_type", read},
                              {"hub", "region", read},
                              {"hub", "theme", read},
                              {"hub", "body", read},
                              {"hub", "opex", read},
                              {"hub", "cash", add},
                              {"firm", "recruiting", write},
                              {"institute", "researchers", read},
                              {"institute", "research_budget", read},
                              {"institute", "vacancies", read},
                              {"institute", "block_funded", write},
                              {"institute", "funded_posts", write},
                              {"institute", "permanent_offer", write},
                              {"institute", "transfer_posts", write},
                              {"institute", "organised", write},
                              {"institute", "recruiting", write},
                              {"person", "employer", read},
                              {"person", "at_institute", read},
                              {"person", "second_employer", write},
                              {"person", "appointed_by", write},
                              {"institute", "rd_plan", read},
                              {"institute", "region", read},
                              {"institute", "theme", read},
                              {"institute", "type", read},
                              {"institute", "group", read},
                              {"institute", "rd_performer", read},
                              {"institute", "partners", read},
                              {"institute", "knowledge", read},
                              {"institute", "expected_quality", read},
                              {"institute", "rd_funded", write},
                              {"institute", "newcomer", write},
                              {"institute", "certainty", write},
                              {"institute", "cash", add},
                              {"government", "body", read},
                              {"government", "type", read},
                              {"government", "cash", add},
                              {"government", "outlays", write},
                              {"financier", "type", read},
                              {"financier", "region", read},
                              {"financier", "theme", read},
                              {"financier", "cash", read},
                              {"financier", "cash", add},
                              {"financier", "fund_size", read},
                              {"financier", "vintage", read},
                              {"financier", "ticket_min", read},
                              {"financier", "ticket_max", read},
                              {"financier", "first_stage", read},
                              {"financier", "last_stage", read},
                              {"financier", "proceeds", read},
                              {"financier", "invested", read},
                              {"financier", "public_claim", write},
                              {"financier", "private_claim", write},
                              {"financier", "public_repaid", write},
                              {"financier", "lender", write},
                              {"venture", "trl", read},
                              {"venture", "firm", read},
                              {"venture", "user_match", read},
                              {"firm", "productivity", read},
                              {"firm", "new_product_share", read},
                              {"firm", "contract", write},
                              {"firm", "contract_cost", write},
                              {"firm", "contract_left", write},
                              {"firm", "contract_new", write},
                              {"firm", "contract_from", write},
                              {"facility", "built", write},
                              {"facility", "cash", add},
                              {"regulator", "theme", read},
                              {"regulator", "extra_staff", write},
                              {"regulator", "dialogue", write},
                              {"regulator", "slots", write},
                              {"regulator", "harmonised", write},
                              {"industry", "sector", read},
                              {"industry", "displaced", write},
                              {"user", "theme", read},
                              {"user", "standard", write},
                              {"user", "ban", write},
                              {"user", "levy", write}};
  for (const char* column :
       {"facility_type", "region", "theme", "trl_low", "trl_high", "capacity", "fee", "fee_small_firm",
        "reach", "meeting", "opex", "host_share", "used", "waiting", "cash", "owner"})
    uses.push_back({"facility", column, read});
  for (const char* column : {"instrument", "coordinator", "members", "units", "members_abroad", "award",
                             "paid", "quality", "months_left", "duration", "outstanding", "repaying"})
    uses.push_back({"project", column, write});
  for (const char* column :
       {"code", "budget_left", "released", "committed", "paid", "applications", "awards", "outlay", "rate"})
    uses.push_back({"instrument", column, write});
  return uses;
}

std::unique_ptr<Mechanism> make_instrument(Setup& setup) {
  return std::make_unique<Instruments>(setup);
}

}  // namespace

const MechanismInfo& instruments_mechanism() {
  static const MechanismInfo info{
      .name = "instruments",
      .family = "funding",
      .sentence = "Every policy instrument of the scenario moves its money by the rules of its form",
      .equation =
          "awards = bids by score while released budget lasts; certainty = 1 - (1 - c0) prod (1 - h_k)",
      .source = "calls as in INFSO-SKIN, Ahrweiler et al. 2015; rules of RVO as quoted at each instrument",
      .ignores = "administration cost, fraud, taxation of support, appeals",
      .fields = instrument_fields,
      .columns = instrument_columns(),
      .flows = {{"appropriation", "treasury", "government.cash"},
                {"repayment", "government.cash", "treasury"},
                {"eu_appropriation", "rest_of_world", "government.cash"},
                {"eu_repayment", "government.cash", "rest_of_world"},
                {"own_contribution", "firm.cash", "institute.cash"},
                {"meeting_fee", "firm.cash", "suppliers"},
                {"training", "firm.cash", "suppliers"},
                {"transfer_wages", "institute.cash", "households"},
                {"co_commitment", "households", "financier.cash"},
                {"contract_cost", "firm.cash", "suppliers"}},
      .networks = {"collaboration", "projects"},
      .events = {},
      .after = {"policy", "training"},
      .make = make_instrument};
  return info;
}

Instruments::Instruments(Setup& setup)
    : columns_(setup),
      map_(setup.scenario()),
      end_of_run_(setup.scenario().clock.end),
      base_certainty_(setup.parameter("base_certainty")),
      relied_on_(setup.parameter("relied_on")),
      needed_months_(static_cast<int>(std::lround(setup.parameter("needed_horizon")))),
      review_months_(static_cast<int>(std::lround(setup.parameter("review")))),
      training_loss_(setup.parameter("training_loss") * 12),  // base unit is a month
      levers_(setup),
      certainty_(setup.column<double>("firm", "certainty")),
      institute_certainty_(setup.column<double>("institute", "certainty")),
      performer_(setup.column<std::uint8_t>("firm", "rd_performer")),
      appropriation_(setup.flow("appropriation", "treasury", "government.cash")),
      repayment_(setup.flow("repayment", "government.cash", "treasury")),
      eu_appropriation_(setup.flow("eu_appropriation", "rest_of_world", "government.cash")),
      eu_repayment_(setup.flow("eu_repayment", "government.cash", "rest_of_world")),
      government_type_(setup.column<std::uint8_t>("government", "type")),
      rules_of_others_{setup.column<double>("regulator", "extra_staff"),
                       setup.column<double>("regulator", "dialogue"),
                       setup.column<double>("regulator", "slots"),
                       setup.column<double>("regulator", "harmonised"),
                       setup.column<double>("user", "standard"),
                       setup.column<double>("user", "ban"),
                       setup.column<double>("user", "levy")},
      purpose_(setup.purpose("row")) {
  for (const InstrumentSpec& spec : setup.scenario().instruments) add(setup, spec);
  std::sort(entries_.begin(), entries_.end(),
            [](const Entry& a, const Entry& b) { return a.instrument->id() < b.instrument->id(); });
}

}  // namespace polder::agents
