// SPDX-License-Identifier: Apache-2.0
// The procurement form: public buyers tender contracts; what the criteria weigh decides who wins and what the
// contract does to the winner.
//
//   unit cost  c = clamp(A / A_i, 0.6, 1.6) / (1 + markup)           A mean productivity of the bidders
//   estimate   e = c exp(sigma z - sigma^2 / 2),  bid b = e (1 + markup)
//   score      = n novelty_i + (1 - n) (1 - b)                       highest wins while the lot lasts
//   paid       = request * b a contract, cost = request * c, both over `payout.over`
//   displaced  = `displaces` * paid                                  off the demand of the winner's sector
//
// The budget is two lots: `innovation_share` with novelty weight n, the rest on price alone (n = 0). In each,
// the part `reserved_sme` goes to micro, small and medium firms first. novelty: match of a venture's product
// with its users (from `ready_from` on), of other firms the share of new products. A contract of the
// innovation lot is for a new product: a launching customer, iterations each month, a reference for investors
// (agents/market/users.hpp), and the part `development` of the payment is earmarked R&D. On price alone the
// lowest estimate wins, so the winner often has underestimated its cost (winner's curse), sells what it has,
// and learns nothing. Buyers buy no more than before: a contract takes the place of other purchases (73 GEUR
// a year in all), which the firms of the sector lose in proportion to their sales (market). sigma error of
// estimates, z standard normal; A_i productivity.
// source: innovation-directed procurement raises sales of new products (Czarnitzki et al. 2020),
//   price-only procurement lowers innovation (Krieger, Prüfer & Strecke 2024); sealed bids on a common
//   cost: recalled
// writes: firm.contract*, rd_funded, industry.displaced
// ignores: what the money of purchases given up is spent on, quality of delivery
#pragma once
#include "agents/funding/instrument.hpp"

namespace polder::agents {

const FormInfo& procurement_form();

/// What it costs a firm to deliver, by the value of the contract. productivity, mean: same unit
double unit_cost(double productivity, double mean, double markup);

/// A bid from an estimate that is off by `error` standard normals. unit: value of the contract
double bid_price(double cost, double spread, double error, double markup);

/// range of novelty and weight: 0 to 1
double tender_score(double novelty, double price, double weight);

class ProcurementInstrument final : public Instrument {
 public:
  ProcurementInstrument(const Terms& terms, const Columns& columns);
  void step(Purse& purse) const override;

 private:
  struct Contracts {
    Handle<double> payment, cost, left;
    Handle<std::uint8_t> for_new;
    Handle<AgentId> from;
  };
  struct Bidder {
    Row row;
    AgentId id;
    double weight, value, cost, price, novelty;
    bool small;  ///< micro, small or medium
  };
  void deliver(Purse& purse) const;
  void displace(Turn& turn, const std::vector<Cents>& paid) const;
  std::vector<Bidder> bidders(Turn& turn) const;
  std::vector<double> novelties(Turn& turn, std::span<const Row> rows) const;
  Cents lot(Purse& purse, const std::vector<Bidder>& bidders, Cents money, double weight, bool small_only,
            std::vector<std::uint8_t>& busy) const;
  void award(Purse& purse, const Bidder& bidder, Cents amount, bool for_new) const;

  ApplicantRules rules_;
  Contracts contract_;
  KindId industry_;
  std::size_t num_sectors_;
  Handle<std::uint8_t> sector_, industry_sector_;
  Handle<double> displaced_, productivity_, new_share_, match_;
  double innovation_share_, novelty_weight_, reserved_sme_, ticket_max_, application_rate_, markup_, spread_,
      development_, displaces_, ready_from_;
  int months_;
  FlowId pay_flow_{}, cost_flow_{};
};

}  // namespace polder::agents
