// SPDX-License-Identifier: Apache-2.0
// Ventures: R&D reaches milestones, milestones tell investors what a venture is worth, rounds pay for the
// next stage or do not.
//
//   milestone_in' = milestone_in - min(1.5, rd_spending / cost(trl)) (1 + f access) (1 - q)^x
//   at 0: TRL + 1 and a signal with chance 1 - (1 - p)^m, else the same step again
//   burn = max(0, (staff - rd_staff) wage + rd_spending - value_added)
//   need = median(stage) exp(sd(stage) N(0, 1)), drawn anew for each round
//
// A round opens when cash lasts less than `runway` months of burn and the TRL suits the next stage. Funds of
// that stage that notice the venture offer tickets; it closes with what they pay, if that is a least part of
// the need. Ventures are sold at hazard(stage) for exp(theta). After `patience` months without a round
//   with chance b a buyer takes the team or what there is: max(price * R&D staff, d exp(theta))
//   else, without cash, it closes with chance c
//   else it lives from its own sales and its owners buy the investors out: min(raised, k * surplus)
// Regional companies invest in ventures of their own province only. Who may lead: agents/funding/rounds.hpp.
// A round led from abroad takes the seat of the venture abroad with a chance: its owners and profits are then
// abroad, its people and R&D stay. What investors get of it: agents/funding/valuation.hpp. Funds share by
// their holdings and pass it on a month later. A venture whose product is not cleared (`blocked`) stays at
// its level; a first customer and the data of a sandbox are signals as well; rules not yet settled lower the
// value (regulatory_variance). f: speed through a facility slot; q: share of its institute in a
// spin-off, which gets that part of what investors leave; x: elasticity of effort; m: opportunity of the
// theme (`complementarity`, else 1). Symbols of the valuation:
// agents/funding/valuation.hpp. source: Kerr, Nanda & Rhodes-Kropf 2014 (staged experimentation), Howell
// 2017, Brander, Du & Hellmann 2015;
//   effort of founders with a stake: Jensen & Thursby 2001 (recalled); months between rounds, sizes, shares:
//   scenarios/data/README.md, 4
// Ignores: debt, secondary sales, seniority among share classes, management fees.
#pragma once
#include <array>
#include <deque>
#include <span>
#include <utility>
#include <vector>

#include "agents/funding/rounds.hpp"
#include "agents/funding/valuation.hpp"
#include "agents/geography.hpp"
#include "agents/knowledge/complementarity.hpp"
#include "engine/mechanism.hpp"

namespace polder::agents {

const MechanismInfo& venture_rounds_mechanism();

/// Part of a month's work on a milestone that is done. range: 0 to 1.5 (1 + speed)
double milestone_progress(double rd_spending, double burn, double access, double speed);
/// Factor on it by the share of what is the founders' that their institute holds. range: share 0 to 1
double founders_effort(double institute_share, double elasticity);
/// Chance that a milestone succeeds whose hazard is multiplied by the opportunity of the theme.
double milestone_success(double chance, double opportunity);
/// Rank of the round after this stage; series C is followed by another one.
std::size_t next_rank(std::uint8_t stage);
/// Technology readiness and stage of a startup of the start. age: months; z: standardised quality
std::int64_t founding_level(double age);
std::size_t founding_rank(double age, double z);
/// What a firm loses a month. unit: EUR/month
double monthly_burn(double core_staff, double wage, double rd_spending, double value_added);
/// Chance that a fund notices a venture. km: between both; bias: the fund's home bias, 1 for one e-fold in
/// 100 km
double notice_chance(double km, double bias);

/// What a fund with `room` can put in a venture that stands for `weight` real ones: to each of those, which
/// come one after the other, it could give all it has; but together no more than the capital of its `next`
/// fund beyond that.
Cents room_for(Cents room, double weight, Cents next);

inline constexpr double percent = 100;  ///< ties of the network `holdings` are percent of a venture

class VentureRounds final : public Mechanism {
 public:
  explicit VentureRounds(Setup& setup);
  void found(Turn& turn) const override;
  void step(Turn& turn) const override;

 private:
  struct Firms {
    KindId kind{};
    Handle<std::uint8_t> type, performer, region, theme, stage, foreign_owned;
    Handle<double> age, staff, rd_staff, wage, value_added, rd_spending, venture_plan, investors_paid,
        institute_share;
    Handle<AgentId> origin;
    Handle<std::int64_t> cash, trl;
  };
  struct Ventures {
    KindId kind{};
    Handle<AgentId> firm, lead;
    Handle<std::uint8_t> theme, region, stage, seeking;
    Handle<std::int64_t> trl, rounds;
    Handle<double> quality, belief_mean, belief_precision, milestone_in, burn, need, seeking_since, raised,
        founders_share, access, regulatory_variance, reference, prototype;
    Handle<std::uint8_t> blocked, trial_data;
  };
  struct Funds {
    KindId kind{};
    Handle<std::uint8_t> type, region, theme, first_stage, last_stage;
    Handle<std::int64_t> cash;
    Handle<double> fund_size, vintage, life, ticket_min, ticket_max, hurdle, reserve_share, home_bias, ahead,
        invested, proceeds, public_repaid;
  };
  struct Flows {
    FlowId tickets, foreign_tickets, calls, foreign_calls, distributions, foreign_distributions, proceeds,
        foreign_proceeds, founders_abroad, institutes, foreign_institutes, founding;
  };
  struct Events {
    std::size_t rounds;
    std::array<std::size_t, num_stages - 1> by_stage;  ///< seed, series A, B, C
    std::size_t foreign_led, relocations, exits, closures;
  };
  struct Rules {
    double mean_log_value, log_value_sd, signal_noise, success, facility_speed, effort, outside_noise, runway,
        min_gap, round_length, research_share, ambition, size_spread, max_share, caution, patience, closure,
        foreign_buyer, succession, dutch_share, rescue, largest_exit, rescue_part, team_price, surplus_years,
        least_part, next_funds, relocation;
  };

  /// What a venture brings along; entrants begin at level 2 without a round.
  struct Past {
    std::int64_t trl = 2;
    std::size_t rank = 0;
    Belief belief;
    double raised = 0, founders_share = 1, part = 1;
  };

  static bool is_foreign(std::uint8_t type);
  void enter_ventures(Turn& turn, bool founding) const;
  Past past_of(Turn& turn, Row firm, double z, bool founding) const;
  double signal_noise(std::int64_t trl) const;
  void enter_venture(Turn& turn, Row firm, bool founding) const;
  void run_funds(Turn& turn) const;
  /// One fund as ventures meet it this month.
  struct Fund {
    AgentId id = nobody;
    Row row = no_row;
    std::uint8_t type = 0, region = 0, focus = 0, first = 0, last = 0;
    bool foreign = false;
    double ticket_min = 0, ticket_max = 0;
    Cents balance = 0, reserve = 0;
    Cents next = 0;  ///< of its next fund, what it may still call ahead
    std::array<double, num_stages> discount{};
    std::span<const double> notice;  ///< chance by region of the venture
  };
  /// What funds of one hurdle, or of one place and home bias, have in common: computed once a month.
  struct Shared {
    struct Notice {
      std::uint8_t region = 0;
      double bias = 0;
      std::vector<double> chance;
    };
    std::vector<std::pair<double, std::array<double, num_stages>>> discounts;
    std::deque<Notice> notices;  ///< spans of them stay right while it grows
  };
  void call_capital(Turn& turn, Row fund, Cents& balance) const;
  Fund describe(Turn& turn, Row row, Shared& shared) const;
  std::span<const double> notice(std::uint8_t region, double bias, Shared& shared) const;
  std::vector<Fund> supply(Turn& turn, Shared& shared) const;
  void advance(Turn& turn, Row venture, std::span<const double> opportunity, std::vector<Row>& seeking) const;
  void hear(Turn& turn, Row venture, double signal, double noise) const;
  void hear_from_outside(Turn& turn, Row venture) const;
  void reach_milestone(Turn& turn, Row venture, Row firm, double opportunity) const;
  bool sell(Turn& turn, Row venture, Row firm) const;
  double pay_institute(Turn& turn, Row firm, double founders) const;
  void pay_out(Turn& turn, Row venture, Row firm, double value, double part) const;
  void sell_for(Turn& turn, Row venture, Row firm, double value) const;
  void look_for_money(Turn& turn, Row venture, Row firm, std::vector<Row>& seeking) const;
  void give_up(Turn& turn, Row venture, Row firm, bool broke) const;
  bool rescue(Turn& turn, Row venture, Row firm) const;
  void buy_back(Turn& turn, Row venture, Row firm) const;
  void leave(Turn& turn, Row venture, Row firm, VentureStage stage) const;
  bool domestic_before(Turn& turn, Row venture) const;
  std::vector<Offer> offers(Turn& turn, Row venture, const std::vector<Fund>& supply) const;
  void close(Turn& turn, Row venture, const Round& round, const std::vector<Offer>& offers,
             std::vector<Fund>& supply) const;
  double burn_of(Turn& turn, Row firm) const;
  double wanted_size(Turn& turn, Row venture) const;
  void pay_ticket(Turn& turn, const Offer& offer, Cents amount, Row firm, Fund& fund) const;

  Firms firm_;
  Ventures venture_;
  Funds fund_;
  Flows flow_;
  Events event_;
  Rules rule_;
  KindId institute_;
  Geography map_;
  ThemeOpportunity themes_;
  std::size_t holdings_;
  std::uint8_t no_theme_;
  Purpose entry_, quality_, milestone_, signal_, size_, notice_, exit_, buyer_, seat_, closure_, outside_,
      rescue_;
};

}  // namespace polder::agents
