// SPDX-License-Identifier: Apache-2.0
// Open posts of a month and how a person finds some of them.
//
// Each opening has points on a ring of random numbers, one an open post (at most 32); who looks at a random
// number sees the next point on the ring, in the own region or anywhere. An extra opening is seen only by
// those whose numbers fall just before its points, so that all others choose as before (law 3).
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "agents/support/id_index.hpp"
#include "engine/ids.hpp"

namespace polder::agents {

/// Open posts of one employer.
struct Opening {
  AgentId id = nobody;
  Row row = no_row;
  std::uint8_t region = 0;
  bool institute = false;
  int open = 0;           ///< posts of simulated people
  double wage = 0;        ///< EUR a month
  double recruiting = 0;  ///< extra chance a month to fill a post from abroad, by talent schemes
  double permanent = 0;   ///< share of new contracts that are permanent; 0: the usual one
  double pay_value = 0;   ///< what the wage is worth to those who choose
};

class OpeningRing {
 public:
  /// openings: must outlive the ring. salt: of this month
  OpeningRing(std::span<const Opening> openings, std::size_t num_regions, std::uint64_t salt);
  /// Position of an opening seen from `point`; size() when there is none. range: region below num_regions
  std::size_t look_near(std::uint8_t region, std::uint64_t point) const;
  std::size_t look_anywhere(std::uint64_t point) const;
  std::size_t size() const { return num_openings_; }

 private:
  /// Points in the order of the ring, and the position of the opening at each.
  struct Points {
    IdIndex ring;
    std::vector<std::uint32_t> openings;
  };
  static Points put_in_order(std::span<const std::uint64_t> points, std::span<const std::uint32_t> openings);
  std::size_t find(const Points& points, std::uint64_t point) const;
  std::size_t num_openings_;
  Points all_;
  std::vector<Points> by_region_;
};

/// What distance takes of the value of a job: d ln(1 + km / 10), d the weight.
double distance_cost(double km, double distance_weight);
/// What a wage is worth: c ln wage, c the weight; 0 without one. wage: EUR/month
double pay_value(double wage, double wage_weight);
/// What an opening is worth to a person: that of its wage less that of its distance, plus Gumbel luck from
/// `draw` in (0, 1). source: multinomial logit: assumption
double job_value(double distance_cost, double pay_value, double draw);

}  // namespace polder::agents
