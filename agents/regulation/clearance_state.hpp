// SPDX-License-Identifier: Apache-2.0
// Columns and the month's lists of the clearance mechanism. Private to agents/regulation/.
#pragma once
#include <vector>

#include "agents/kinds/kinds.hpp"
#include "agents/regulation/clearance.hpp"

namespace polder::agents {

/// The mechanism; see clearance.hpp.
class Clearance final : public Mechanism {
 public:
  explicit Clearance(Setup& setup);
  void step(Turn& turn) const override;

 private:
  struct Authority {
    Row row;
    std::uint8_t theme;
    double concerned, time, cost, refusal, variance, capacity, slots, dialogue,
        work;  ///< work: 1 - harmonised
  };
  /// A product in this month's queue.
  struct Case {
    std::size_t authority;
    double pending;
    std::uint64_t draw;
    AgentId id;
    Row venture;
    Row firm;
    double weight;
  };

  std::vector<Authority> authorities(Turn& turn) const;
  void decide(Turn& turn, Row venture, const Authority* authority) const;
  void approach(Turn& turn, Row venture, const Authority& authority) const;
  void apply(Turn& turn, Row venture, ClearanceState next, const Authority& authority) const;
  double work_of(Turn& turn, AgentId id, std::int64_t refusals, const Authority& authority) const;
  bool waits(Turn& turn, Row venture) const;
  void assess(Turn& turn, const Authority& authority, const Case& one, double share) const;
  void conclude(Turn& turn, const Authority& authority, Row venture, AgentId id, double weight) const;
  void assess_all(Turn& turn, const std::vector<Case>& cases, const std::vector<Authority>& list) const;
  void run_sandbox(Turn& turn, const std::vector<Case>& cases, const std::vector<Authority>& list) const;
  void finish_month(Turn& turn, Row venture, const Authority& authority) const;
  ClearanceState state(Turn& turn, Row venture) const;
  void set_state(Turn& turn, Row venture, ClearanceState state) const;

  KindId venture_, regulator_, firm_;
  Handle<std::uint8_t> theme_;
  Handle<double> concerned_, time_, cost_, refusal_, variance_, staff_, cases_, extra_staff_, dialogue_,
      slots_, harmonised_;
  Handle<double> unused_, pending_count_, in_sandbox_, queue_, cleared_, refused_;
  Handle<std::uint8_t> venture_theme_, state_, blocked_, trial_data_, talked_;
  Handle<std::int64_t> trl_, refusals_;
  Handle<double> left_, pending_, venture_variance_, sandbox_;
  Handle<AgentId> venture_firm_;
  Handle<std::int64_t> cash_;
  FlowId cost_flow_;
  std::size_t cleared_event_, refused_event_;
  int shape_;
  std::int64_t file_level_, dialogue_level_, gate_level_;
  double parallel_, dialogue_refusal_, dialogue_variance_, sandbox_term_, sandbox_work_, sandbox_refusal_,
      sandbox_variance_, redesign_, second_;
  Purpose concern_draw_, time_draw_, join_draw_, order_, refuse_;
};

}  // namespace polder::agents
