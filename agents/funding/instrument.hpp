// SPDX-License-Identifier: Apache-2.0
// What all forms of policy instrument share: columns, the purse of a month, and applicants.
//
// An instrument acts only through levers: money to recipients, expected support rates, access to facilities,
// ties. What it adds is decided by the recipients' own mechanisms (law 6).
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "agents/funding/budget.hpp"
#include "agents/funding/terms.hpp"
#include "engine/draw.hpp"
#include "engine/mechanism.hpp"

namespace polder::agents {

/// Columns of firms and institutes, the recipients of most instruments. Flags and categories are bytes.
struct RecipientColumns {
  KindId kind{};
  Handle<double> rd_plan, rd_funded, newcomer, knowledge, organised, brokered, recruiting;
  Handle<std::uint8_t> region, theme;
};

/// All columns that instruments touch, resolved once.
struct Columns {
  explicit Columns(Setup& setup);
  RecipientColumns firm, institute;
  Handle<std::int64_t> firm_cash;
  Handle<double> firm_age, firm_spending, firm_hours, firm_support_rate, firm_tax_credit, firm_profit_credit;
  Handle<std::uint8_t> firm_size_class;
  KindId government{};
  Handle<std::uint8_t> body;
  Handle<double> outlays;
  Handle<std::int64_t> government_cash;
  KindId financier{};
  Handle<std::int64_t> fund_cash, public_claim, private_claim;
  Handle<double> fund_size, vintage, ticket_min, ticket_max, proceeds, public_repaid;
  Handle<AgentId> lender;
  KindId venture{};
  Handle<std::int64_t> trl;
  Handle<AgentId> venture_firm;
  KindId project{};
  Handle<AgentId> project_instrument, coordinator;
  Handle<std::int64_t> members, members_abroad;
  Handle<double> units, award, project_paid, quality, months_left, duration, outstanding;
  Handle<std::uint8_t> repaying;
  KindId instrument{};
  Handle<std::int64_t> code, budget_left, released, committed, paid;
  Handle<double> applications, awards, outlay, rate;
  std::size_t collaboration = 0, membership = 0;  ///< networks
};

/// One instrument's money in one month. Pays from the payer's account and keeps the instrument's books.
class Purse {
 public:
  Purse(Turn& turn, const Columns& columns, Row instrument, Row payer)
      : turn_(turn), columns_(columns), instrument_(instrument), payer_(payer) {}
  Turn& turn() const { return turn_; }
  Row row() const { return instrument_; }
  Row payer() const { return payer_; }
  AgentId id() const { return turn_.table(columns_.instrument).ids()[instrument_]; }
  /// Money released and not yet committed. unit: cent
  Cents available() const { return turn_.write(columns_.released)[instrument_]; }
  /// Reserves money for later payment. range: amount <= available()
  void commit(Cents amount);
  /// Pays committed money.
  void pay(FlowId flow, Row receiver, Cents amount);
  /// Gives back a commitment that will not be paid; it can be committed again when `reuse`.
  void release(Cents amount, bool reuse);
  /// Money that comes back to the payer (repayments).
  void receive(FlowId flow, Row from, Cents amount);
  /// Counts applications and awards by the real agents they stand for.
  void count(std::size_t applications_event, double applications, std::size_t awards_event, double awards);
  /// Outlay of this month. unit: cent
  Cents outlay() const { return outlay_; }
  /// What came back this month. unit: cent
  Cents income() const { return income_; }

 private:
  Turn& turn_;
  const Columns& columns_;
  Row instrument_, payer_;
  Cents outlay_ = 0, income_ = 0;
};

class ApplicantRules;

/// Who looks at an instrument in a month in which it takes applications.
enum class Attention {
  once_a_year,  ///< it is always open: each looks in a month of its own (assumption)
  everybody     ///< it calls
};

/// One policy instrument of a scenario.
class Instrument {
 public:
  Instrument(const Terms& terms, const Columns& columns, int cadence, BudgetNeed need = BudgetNeed::required);
  virtual ~Instrument() = default;
  const std::string& id() const { return id_; }
  /// Hash of the id (52 bits, so that a double holds it): the instrument's code in the `instrument` kind.
  std::int64_t code() const { return code_; }
  const BudgetPlan& plan() const { return plan_; }
  std::uint8_t payer() const { return payer_; }
  /// False for an instrument without money: it changes nothing at all (law 3).
  virtual bool active() const { return plan_.total() > 0; }
  /// One month; called also after the window, while there is something to pay or to get back.
  virtual void step(Purse& purse) const = 0;
  /// Who may apply among firms, for announcements; null when firms cannot apply.
  virtual const ApplicantRules* firm_rules() const { return nullptr; }

 protected:
  const Columns& columns() const { return *columns_; }
  Purpose purpose(std::string_view what) const { return purpose_of(id_, what); }
  /// Who looks at this instrument this month and applies, each with that chance, in row order.
  std::vector<Row> applying(Turn& turn, KindId kind, double chance, Attention attention) const;
  std::size_t applications_event() const { return applications_event_; }
  std::size_t awards_event() const { return awards_event_; }

 private:
  std::string id_;
  std::int64_t code_ = 0;
  BudgetPlan plan_;
  std::uint8_t payer_ = 0;
  const Columns* columns_;
  std::size_t applications_event_ = 0, awards_event_ = 0;
};

/// Formulas of an instrument over one kind of applicant.
class ApplicantRules {
 public:
  /// kind: firm, institute or financier. Keys `eligible`, `request` and (when `scored`) `allocation.score`.
  ApplicantRules(const Terms& terms, std::string_view kind, bool scored);
  KindId kind() const { return kind_; }
  /// Rows of eligible agents among `rows`, in the same order.
  std::vector<Row> eligible(Turn& turn, std::vector<Row> rows) const;
  /// unit: EUR, one a row
  std::vector<double> requests(Turn& turn, std::span<const Row> rows) const;
  std::vector<double> scores(Turn& turn, std::span<const Row> rows) const;

 private:
  KindId kind_{};
  bool has_eligible_ = false;
  expression::Code eligible_, values_;
};

/// The body that pays, without a leading `government.`.
std::string payer_body(const std::string& payer);

}  // namespace polder::agents
