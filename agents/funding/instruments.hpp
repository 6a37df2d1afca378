// SPDX-License-Identifier: Apache-2.0
// Policy instruments: every entry of the scenario's `instruments` at work, by its form.
//
// Each month: budgets are released; tax credits are settled on last month's R&D; brokers help; running
// projects and loans are paid; calls and tenders are held; facilities are built; rules of regulators and
// users are set; block money, vouchers and talent schemes pay; governments get from the treasury exactly what
// they paid out and pass on what came back. Reads and writes: see the table in the source. Ignores:
// administration cost, fraud, tax on support.
#pragma once
#include <memory>
#include <vector>

#include "agents/funding/instrument.hpp"
#include "agents/funding/levers.hpp"
#include "agents/geography.hpp"

namespace polder::agents {

/// Forms of instruments, their keys and meanings.
std::vector<FormInfo> forms();
const MechanismInfo& instruments_mechanism();

class Instruments final : public Mechanism {
 public:
  explicit Instruments(Setup& setup);
  void found(Turn& turn) const override;
  void adopted(Turn& turn) const override;
  void step(Turn& turn) const override;

 private:
  /// Order within a month.
  enum class Phase : std::uint8_t { tax, help, money };
  struct Entry {
    std::unique_ptr<Instrument> instrument;
    const ApplicantRules* rules = nullptr;
    Month announced;
    bool yearly = false;
    Phase phase = Phase::money;
  };
  void add(Setup& setup, const InstrumentSpec& spec);
  void enter_row(Turn& turn, const Instrument& instrument) const;
  void open_month(Turn& turn) const;
  void clear_funded(Turn& turn) const;
  void release(Turn& turn, Row row, const BudgetPlan& plan) const;
  void run(Turn& turn, Phase phase) const;
  void announce(Turn& turn) const;
  double research_of(Turn& turn, std::span<const Row> firms) const;
  Row find_row(Turn& turn, std::int64_t code) const;
  Row find_payer(Turn& turn, std::uint8_t body) const;

  Columns columns_;
  Geography map_;
  Month end_of_run_;
  std::vector<Entry> entries_;  ///< sorted by id
  double base_certainty_, relied_on_;
  int needed_months_, review_months_;
  double training_loss_;
  Levers levers_;
  bool uses_levers_ = false;
  Handle<double> certainty_, institute_certainty_;
  Handle<std::uint8_t> performer_;
  FlowId appropriation_{}, repayment_{}, eu_appropriation_{}, eu_repayment_{};
  Handle<std::uint8_t> government_type_;
  std::vector<Handle<double>> rules_of_others_;  ///< set anew each month by the regulation form
  Purpose purpose_{};
};

}  // namespace polder::agents
