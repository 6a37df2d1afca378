// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/instruments.hpp"

#include <algorithm>
#include <cmath>

#include "agents/funding/announcements.hpp"
#include "agents/funding/block.hpp"
#include "agents/funding/equity.hpp"
#include "agents/funding/facility.hpp"
#include "agents/funding/fund_of_funds.hpp"
#include "agents/funding/grant.hpp"
#include "agents/funding/loan.hpp"
#include "agents/funding/network.hpp"
#include "agents/funding/procurement.hpp"
#include "agents/funding/regulation.hpp"
#include "agents/funding/talent.hpp"
#include "agents/funding/tax_credit.hpp"
#include "agents/funding/voucher.hpp"
#include "agents/kinds/kinds.hpp"

namespace polder::agents {

namespace {

const std::vector<FieldInfo> fields{
    {"base_certainty", "1", "0.7", "0", "1", "confidence in future support without any announced programme",
     "assumption"},
    {"needed_horizon", "month", "48 months", "1 month", "240 months",
     "months of support an R&D project needs", "assumption"},
    {"review", "month", "3 months", "1 month", "60 months",
     "months between two looks at announced programmes", "assumption"},
    {"training_loss", "1/year", "0.2 /year", "0 /year", "5 /year",
     "loss of what subsidised training taught: forgetting and staff who leave", "assumption"},
};

std::vector<ColumnUse> column_uses() {
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
                              {"user", "theme", read},
                              {"user", "standard", write},
                              {"user", "ban", write},
                              {"user", "levy", write}};
  for (const char* column :
       {"facility_type", "region", "theme", "trl_low", "trl_high", "capacity", "fee", "fee_small_firm",
        "reach", "meeting", "opex", "host_share", "used", "waiting", "cash", "owner"})
    uses.push_back({"facility", column, read});
  for (const char* column : {"instrument", "coordinator", "members", "members_abroad", "award", "paid",
                             "quality", "months_left", "duration", "outstanding", "repaying"})
    uses.push_back({"project", column, write});
  for (const char* column :
       {"code", "budget_left", "released", "committed", "paid", "applications", "awards", "outlay", "rate"})
    uses.push_back({"instrument", column, write});
  return uses;
}

std::unique_ptr<Mechanism> make(Setup& setup) {
  return std::make_unique<Instruments>(setup);
}

template <class Instrument_, class... Rest>
std::unique_ptr<Instrument> build(const InstrumentSpec& spec, const FormInfo& form, Setup& setup,
                                  const Rest&... rest) {
  return std::make_unique<Instrument_>(Terms(spec, form, setup), rest...);
}

void fill(Turn& turn, KindId kind, std::span<double> column, double value) {
  turn.for_each_block(kind,
                      [&](Block block) { std::fill_n(column.data() + block.first, block.size(), value); });
}

}  // namespace

std::vector<FormInfo> forms() {
  return {grant_form(),    tax_credit_form(), equity_form(),        loan_form(),
          facility_form(), block_form(),      fund_of_funds_form(), network_form(),
          talent_form(),   voucher_form(),    procurement_form(),   regulation_form()};
}

const MechanismInfo& instruments_mechanism() {
  static const MechanismInfo info{
      .name = "instruments",
      .family = "funding",
      .sentence = "Every policy instrument of the scenario moves its money by the rules of its form",
      .equation =
          "awards = bids by score while released budget lasts; certainty = 1 - (1 - c0) prod (1 - h_k)",
      .source = "calls as in INFSO-SKIN, Ahrweiler et al. 2015; rules of RVO as quoted at each instrument",
      .ignores = "administration cost, fraud, taxation of support, appeals",
      .fields = fields,
      .columns = column_uses(),
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
      .make = make};
  return info;
}

Instruments::Instruments(Setup& setup)
    : columns_(setup),
      map_(setup.scenario()),
      end_of_run_(setup.scenario().clock.end),
      base_certainty_(setup.parameter("base_certainty")),
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
  for (const MechanismSpec& mechanism : setup.scenario().mechanisms)
    has_hubs_ = has_hubs_ || mechanism.name == "hubs";
  for (const InstrumentSpec& spec : setup.scenario().instruments) add(setup, spec);
  std::sort(entries_.begin(), entries_.end(),
            [](const Entry& a, const Entry& b) { return a.instrument->id() < b.instrument->id(); });
}

void Instruments::add(Setup& setup, const InstrumentSpec& spec) {
  Entry entry;
  if (spec.form == "grant") {
    entry.instrument = build<GrantInstrument>(spec, grant_form(), setup, columns_, map_);
  } else if (spec.form == "tax_credit") {
    entry.instrument = build<TaxCreditInstrument>(spec, tax_credit_form(), setup, columns_);
    entry.phase = Phase::tax;
  } else if (spec.form == "equity") {
    entry.instrument = build<EquityInstrument>(spec, equity_form(), setup, columns_);
  } else if (spec.form == "loan") {
    entry.instrument = build<LoanInstrument>(spec, loan_form(), setup, columns_);
  } else if (spec.form == "facility") {
    entry.instrument = build<FacilityInstrument>(spec, facility_form(), setup, columns_);
  } else if (spec.form == "procurement") {
    entry.instrument = build<ProcurementInstrument>(spec, procurement_form(), setup, columns_);
  } else if (spec.form == "regulation") {
    entry.instrument = build<RegulationInstrument>(spec, regulation_form(), setup, columns_);
  } else if (spec.form == "block") {
    entry.instrument = build<BlockInstrument>(spec, block_form(), setup, columns_);
  } else if (spec.form == "fund_of_funds") {
    entry.instrument = build<FundOfFundsInstrument>(spec, fund_of_funds_form(), setup, columns_);
  } else if (spec.form == "network") {
    entry.instrument = build<NetworkInstrument>(spec, network_form(), setup, columns_);
    entry.phase = Phase::help;
  } else if (spec.form == "talent") {
    entry.instrument = build<TalentInstrument>(spec, talent_form(), setup, columns_, map_);
  } else if (spec.form == "voucher") {
    entry.instrument = build<VoucherInstrument>(spec, voucher_form(), setup, columns_, map_);
  } else {
    std::vector<std::string> known;
    for (const FormInfo& form : forms()) known.emplace_back(form.name);
    setup.mistakes().add(spec.mark, "instruments." + spec.id + ".form", spec.form, "a form of instrument",
                         nearest(spec.form, known));
    return;
  }
  entry.rules = entry.instrument->firm_rules();
  const bool pulls_levers = spec.form == "block" || spec.form == "network" || spec.form == "talent";
  entry.announced = spec.announced;
  entry.yearly = find_setting(spec.settings, "budget.yearly") != nullptr;
  const bool in_time =
      spec.start <= end_of_run_ && spec.end >= setup.scenario().clock.start + -setup.scenario().clock.burn_in;
  if (!entry.instrument->active() || !in_time) return;
  uses_levers_ = uses_levers_ || pulls_levers;
  entries_.push_back(std::move(entry));
}

void Instruments::enter_row(Turn& turn, const Instrument& instrument) const {
  Entrant row;
  row.kind = columns_.instrument;
  row.cause = AgentId{static_cast<std::uint64_t>(instrument.code())};
  row.values = {{columns_.code.column, static_cast<double>(instrument.code()), instrument.code(), 0},
                {columns_.budget_left.column, 0, instrument.plan().remaining(turn.month()), 0},
                {columns_.rate.column, -1.0, 0, 0}};
  turn.enter(purpose_, row);
}

/// What the instruments of the scenario before left behind for a month; this scenario's windows and budgets
/// count from now on, and its own instruments appear in time for a call in this very month.
void Instruments::adopted(Turn& turn) const {
  levers_.clear(turn, columns_);
  levers_.start_from_brokers(turn, columns_);
  for (const Entry& entry : entries_) {
    const Row row = find_row(turn, entry.instrument->code());
    if (row == no_row) {
      enter_row(turn, *entry.instrument);
    } else {
      turn.write(columns_.budget_left)[row] =
          turn.write(columns_.released)[row] + entry.instrument->plan().remaining(turn.month());
    }
  }
}

void Instruments::found(Turn& turn) const {
  for (const Entry& entry : entries_) enter_row(turn, *entry.instrument);
}

Row Instruments::find_row(Turn& turn, std::int64_t code) const {
  const auto codes = turn.write(columns_.code);
  for (const Row row : turn.table(columns_.instrument).by_id()) {
    if (codes[row] == code) return row;
  }
  return no_row;
}

Row Instruments::find_payer(Turn& turn, std::uint8_t body) const {
  const auto bodies = turn.read(columns_.body);
  for (const Row row : turn.table(columns_.government).by_id()) {
    if (bodies[row] == body) return row;
  }
  return no_row;
}

void Instruments::open_month(Turn& turn) const {
  fill(turn, columns_.firm.kind, turn.write(columns_.firm_support_rate), 0.0);
  fill(turn, columns_.firm.kind, turn.write(columns_.firm_tax_credit), 0.0);
  fill(turn, columns_.financier, turn.write(columns_.public_repaid), 0.0);
  for (const auto handle : {columns_.applications, columns_.awards, columns_.outlay})
    fill(turn, columns_.instrument, turn.write(handle), 0.0);
  if (uses_levers_) levers_.clear(turn, columns_);
  if (uses_levers_ || has_hubs_) levers_.start_from_brokers(turn, columns_);
  if (turn.month().count % 12 == 0) levers_.forget(turn, training_loss_);
  for (const auto handle : rules_of_others_) {
    for (double& value : turn.write(handle)) value = 0.0;
  }
}

void Instruments::clear_funded(Turn& turn) const {
  fill(turn, columns_.firm.kind, turn.write(columns_.firm.rd_funded), 0.0);
  fill(turn, columns_.institute.kind, turn.write(columns_.institute.rd_funded), 0.0);
}

void Instruments::release(Turn& turn, Row row, const BudgetPlan& plan) const {
  Cents& released = turn.write(columns_.released)[row];
  if (plan.lapses(turn.month())) {
    Cents& left = turn.write(columns_.budget_left)[row];
    left = plan.open(turn.month()) ? left - released : 0;
    released = 0;
  }
  released += plan.released(turn.month());
}

void Instruments::run(Turn& turn, Phase phase) const {
  for (const Entry& entry : entries_) {
    if (entry.phase != phase) continue;
    const Instrument& instrument = *entry.instrument;
    const Row row = find_row(turn, instrument.code());
    EXPECTS(row != no_row);
    const Row payer = find_payer(turn, instrument.payer());
    if (payer == no_row) continue;
    release(turn, row, instrument.plan());
    Purse purse(turn, columns_, row, payer);
    instrument.step(purse);
    const bool eu = turn.read(government_type_)[payer] == static_cast<std::uint8_t>(ActorType::eu);
    turn.transfer(eu ? eu_appropriation_ : appropriation_, 0, payer, purse.outlay());
    turn.transfer(eu ? eu_repayment_ : repayment_, payer, 0, purse.income());
    turn.write(columns_.outlay)[row] = to_euros(purse.outlay());
    turn.write(columns_.outlays)[payer] += to_euros(purse.outlay());
  }
}

void Instruments::announce(Turn& turn) const {
  if (turn.month().count % review_months_ != 0) return;
  const Table& firms = turn.table(columns_.firm.kind);
  const auto performs = turn.read(performer_);
  const auto certainty = turn.write(certainty_);
  fill(turn, columns_.firm.kind, certainty, base_certainty_);
  fill(turn, columns_.institute.kind, turn.write(institute_certainty_), base_certainty_);
  std::vector<Row> performers;
  for (Row row = 0; row < firms.num_rows(); ++row) {
    if (performs[row] && firms.alive()[row]) performers.push_back(row);
  }
  for (const Entry& entry : entries_) {
    const BudgetPlan& plan = entry.instrument->plan();
    const int committed = committed_months(plan, entry.announced, turn.month(), end_of_run_, entry.yearly);
    const double h = commitment(committed, needed_months_, plan.years);
    if (!entry.rules || h <= 0) continue;
    for (const Row row : entry.rules->eligible(turn, performers))
      certainty[row] = 1 - (1 - certainty[row]) * (1 - h);
  }
}

void Instruments::step(Turn& turn) const {
  announce(turn);
  open_month(turn);
  run(turn, Phase::tax);  // on last month's R&D, before this month's funded R&D replaces it
  clear_funded(turn);
  run(turn, Phase::help);  // brokers help with this month's consortia
  run(turn, Phase::money);
}

}  // namespace polder::agents
