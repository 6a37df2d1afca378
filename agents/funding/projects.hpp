// SPDX-License-Identifier: Apache-2.0
// Funded projects: their members, the tranches they are paid in, and what running together does to the
// members' ties.
//
// A tranche is paid when its period starts and earmarked for R&D over the period's months:
//   rd_funded_i += share_i * tranche * cost by award / months of the period / weight_i
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "agents/funding/instrument.hpp"

namespace polder::agents {

/// How a project is paid. Share of member m is tie strength / 100 in the network `projects`; the coordinator
/// has the rest.
struct Payout {
  int months = 12;
  std::vector<double> tranches{1.0};  ///< shares of the award, one a period of equal length
  double cost_by_award = 1;           ///< above 1 where members also spend what was paid in beside the award
  bool builds_trust = true;           ///< members work together; false: one works for another
};

/// Period (position of the tranche) in which a month of the project falls. month: 0 to months - 1
int period_of(int month, const Payout& payout);
int period_start(int period, const Payout& payout);
/// Cents of each tranche; they sum to the award.
std::vector<Cents> tranche_amounts(Cents award, const Payout& payout);

/// One tranche of many awards: what all awards share is prepared once.
class TrancheTable {
 public:
  /// shares: one at least, none negative
  explicit TrancheTable(std::vector<double> shares);
  /// The same cents as tranche_amounts gives. range: award >= 0; tranche below the number of shares
  Cents amount(Cents award, std::size_t tranche) const;

 private:
  std::vector<double> shares_, parts_;  ///< parts_: shares of their sum
  std::vector<std::uint64_t> whole_;    ///< shares as whole numbers, as `split` sees them
  __extension__ unsigned __int128 sum_ = 0;
};

/// Trust that a project leaves: NEMO adds 0.10 when a proposal is accepted and 0.25 to 1 at a good end, and
/// takes 0.05 when a proposal is rejected or a project fails (Scholz et al. 2010).
namespace trust {
inline constexpr float accepted = 0.10F;
inline constexpr float rejected = -0.05F;
inline constexpr float good_end = 0.5F;
inline constexpr float bad_end = -0.05F;
inline constexpr float yearly_meeting = 0.05F;  // assumption
}  // namespace trust

/// Flows from the payer to each kind of recipient.
struct RecipientFlows {
  FlowId firm{}, institute{};
};

/// A recipient of money: a row of firms or of institutes.
struct Recipient {
  AgentId id = nobody;
  const RecipientColumns* columns = nullptr;
  Row row = no_row;
  bool is_firm = true;
};
/// The firm or institute of this id; row is no_row when it has left.
Recipient find_recipient(Turn& turn, const Columns& columns, AgentId id);

struct NewProject {
  Cents award = 0;
  double quality = 0;
  std::vector<AgentId> members;  ///< coordinator first
  std::vector<double> shares;    ///< of the award, one a member
  int abroad = 0;                ///< further members from abroad
  double units = 1;              ///< real projects it stands for
};

class Projects {
 public:
  Projects(const Columns& columns, Payout payout, RecipientFlows flows, Purpose purpose)
      : columns_(&columns),
        payout_(std::move(payout)),
        tranches_(payout_.tranches),
        flows_(flows),
        purpose_(purpose) {}
  /// Founds a project at the end of the month; its award must be committed. ordinal: distinct within cause
  /// and month
  void start(Purse& purse, const NewProject& project, std::uint32_t ordinal) const;
  /// Pays tranches, earmarks this month's spending, raises ties, and ends projects that are done.
  void run(Purse& purse, bool reuse) const;

 private:
  struct Share {
    Recipient member;
    double share;
  };
  /// What projects are and do in one month, resolved once for all of them.
  struct Books;
  void list_members(Books& books) const;
  void find_shares(Books& books, std::size_t number) const;
  void pay(Purse& purse, Row project, std::span<const Share> shares, Cents amount) const;
  void meet(Turn& turn, AgentId project, double units, std::span<const Share> members, float change) const;
  void run_one(Purse& purse, Books& books, std::size_t number, bool reuse) const;

  const Columns* columns_;
  Payout payout_;
  TrancheTable tranches_;
  RecipientFlows flows_;
  Purpose purpose_;
};

}  // namespace polder::agents
