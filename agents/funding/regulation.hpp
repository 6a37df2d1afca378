// SPDX-License-Identifier: Apache-2.0
// The regulation form: permission, time and signals instead of grants. It sets what regulators and users go
// by; what follows is decided in agents/regulation/clearance.hpp and agents/market/users.hpp.
//
//   capacity        assessors:  extra_staff += effort * staff
//   early_dialogue  share of innovators that talk early:  1 - (1 - dialogue) (1 - effort * strength)
//   sandbox         places with a temporary licence:  slots += effort * places
//   harmonisation   part of assessment saved:  1 - (1 - harmonised) (1 - effort * strength)
//   standard        a published requirement: iterations with users teach more;  likewise combined
//   ban             part of the old products forbidden: users accept a lower match, adopt sooner
//   levy            price of an externality by the price of old products: the same, by its elasticity
//
// effort = min(1, money of the month / cost): a measure without running cost needs no budget and has
// effort 1. The money pays people at regulators (households). Outside the window nothing is set.
// source: the levers that the strategy of 2020 names (challenges 4 and 10); strengths: scenario or assumption
#pragma once
#include "agents/funding/instrument.hpp"

namespace polder::agents {

const FormInfo& regulation_form();

/// Part of the full strength that the month's money pays for. range: 0 to 1; 1 when it costs nothing
double regulation_effort(double money, double cost);

/// Two independent strengths together. range: 0 to 1
double combined(double a, double b);

class RegulationInstrument final : public Instrument {
 public:
  RegulationInstrument(const Terms& terms, const Columns& columns);
  bool active() const override { return cost_ > 0 ? plan().total() > 0 : strength_ > 0; }
  void step(Purse& purse) const override;

 private:
  enum class Measure : std::uint8_t { capacity, early_dialogue, sandbox, harmonisation, standard, ban, levy };
  bool serves(std::uint8_t theme) const;
  bool about_users() const { return measure_ >= Measure::standard; }

  Measure measure_ = Measure::capacity;
  std::vector<std::uint8_t> themes_;  ///< empty: all
  double strength_, staff_, places_, cost_;
  KindId regulator_, user_;
  Handle<std::uint8_t> regulator_theme_, user_theme_;
  Handle<double> extra_staff_, dialogue_, slots_, harmonised_, standard_, ban_, levy_;
  FlowId flow_{};
};

}  // namespace polder::agents
