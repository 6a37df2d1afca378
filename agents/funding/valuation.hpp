// SPDX-License-Identifier: Apache-2.0
// What investors believe a venture is worth, and what that makes it worth today (staged experimentation,
// Kerr, Nanda & Rhodes-Kropf 2014).
//
//   theta ~ N(mu, s0)  true log-value;     z = theta + N(0, s_k)  signal of a milestone
//   P' = P + 1 / s_k^2,   m' = (P m + z / s_k^2) / P'             belief: mean m, precision P
//   value = exp(m + (1/2 - caution) / P) * p_exit(stage) / (1 + hurdle)^years(stage)
//   value * exp(-caution V)                      rules not yet settled: a spread V that keeps the mean
//   share = need / value                                         no deal above `max_share`
//   proceeds = max(min(V, raised), (1 - founders) V)             at a sale for V: what investors paid comes
//   first
#pragma once
#include <array>
#include <cstdint>

#include "agents/kinds/kinds.hpp"

namespace polder::agents {

struct Belief {
  double mean = 0;       ///< of the log of the value in EUR
  double precision = 1;  ///< inverse variance
  bool operator==(const Belief&) const = default;
};

/// Belief after a signal with standard deviation `noise`.
Belief posterior(const Belief& prior, double signal, double noise);

/// Ranks from pre_seed; also the position in the tables below.
inline constexpr std::size_t num_stages = 5;  // pre_seed, seed, series_a, series_b, series_c
std::size_t stage_rank(VentureStage stage);

/// What belongs to each stage. Sizes and months: scenarios/data/README.md, 4 (Crunchbase, Techleap medians);
/// the rest assumption.
struct StageTable {
  using Values = std::array<double, num_stages>;
  Values size{0.2e6, 0.8e6, 5e6, 15e6, 40e6};    ///< unit: EUR, median of a round
  Values size_sd{1.40, 1.40, 1.00, 0.93, 0.98};  ///< of the log of the size: Crunchbase
  double growth = 1.6;                           ///< of the median, by round after series C: Carta (recalled)
  Values usual_share{0.2, 0.2, 0.2, 0.15, 0.1};  ///< sold in a round: Carta medians (recalled)
  Values least_gap{1, 1, 1, 1.2, 1.5};  ///< before a round, by that of early ones: Crunchbase quartiles
  Values research{1, 1, 1, 0.6, 0.6};   ///< part for R&D, by that of early rounds: later ones pay sales
  Values lowest_trl{2, 3, 5, 7, 8};     ///< readiness that investors ask for
  Values exit_chance{0.10, 0.20, 0.30, 0.50,
                     0.65};               ///< that it is ever sold at its value, as investors see it
  Values years_to_exit{8, 7, 5.5, 4, 3};  ///< unit: year
  Values exit_hazard{0.0, 0.01, 0.03, 0.06, 0.10};  ///< unit: 1/year, after the round
};
inline constexpr StageTable stages{};

/// Expected value at exit. unit: EUR. caution: weight of risk, 0 for risk-neutral investors
double expected_value(const Belief& belief, double caution);
/// What caution leaves of the value while rules are not settled. variance: of the log-value. range: 0 to 1
double settled_part(double caution, double variance);
/// Chance of an exit times its discount. hurdle: required return a year. range: 0 to 1
double discount(std::size_t stage, double hurdle);
/// Both together. unit: EUR
double present_value(const Belief& belief, std::size_t stage, double hurdle, double caution);
/// Share that investors get for `need`; above `max_share` there is no deal. unit: 1
double investors_share(double need, double value);

/// What investors get of a sale for `value`: their shares, or first what they paid (a preference of one time
/// that does not take part in the rest). unit: EUR; source: Kaplan & Strömberg 2003 (convertible preferred
/// shares in nearly all contracts)
double investors_proceeds(double value, double raised, double founders_share);

/// Months and monthly cost of the next step of technology readiness (1 to 9). source: assumption; from 4 to
/// 12 months, 8 to 250 kEUR a month
double milestone_months(std::int64_t trl);
double milestone_burn(std::int64_t trl);

}  // namespace polder::agents
