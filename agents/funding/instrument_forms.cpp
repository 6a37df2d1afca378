// SPDX-License-Identifier: Apache-2.0
// The forms of instruments, and how each is made of its entry in the scenario.
#include "agents/funding/block.hpp"
#include "agents/funding/equity.hpp"
#include "agents/funding/facility.hpp"
#include "agents/funding/fund_of_funds.hpp"
#include "agents/funding/grant.hpp"
#include "agents/funding/instruments.hpp"
#include "agents/funding/loan.hpp"
#include "agents/funding/network.hpp"
#include "agents/funding/procurement.hpp"
#include "agents/funding/regulation.hpp"
#include "agents/funding/talent.hpp"
#include "agents/funding/tax_credit.hpp"
#include "agents/funding/voucher.hpp"

namespace polder::agents {

namespace {

template <class Instrument_, class... Rest>
std::unique_ptr<Instrument> build(const InstrumentSpec& spec, const FormInfo& form, Setup& setup,
                                  const Rest&... rest) {
  return std::make_unique<Instrument_>(Terms(spec, form, setup), rest...);
}

}  // namespace

std::vector<FormInfo> forms() {
  return {grant_form(),    tax_credit_form(), equity_form(),        loan_form(),
          facility_form(), block_form(),      fund_of_funds_form(), network_form(),
          talent_form(),   voucher_form(),    procurement_form(),   regulation_form()};
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

}  // namespace polder::agents
