// SPDX-License-Identifier: Apache-2.0
// Columns through which instruments reach other mechanisms: training, transfer staff, posts, contracts,
// recruiting abroad and help with consortia. All are 0 where no instrument pulls them.
//
//   training' = training exp(-loss) every January        what staff were taught is forgotten or leaves
//
// The others hold for a month: they are cleared before the instruments run.
// source: the strategy of 2020, challenges 5 to 8; strengths: assumption
#pragma once
#include "engine/mechanism.hpp"

namespace polder::agents {

struct Columns;

struct Levers {
  explicit Levers(Setup& setup);
  Handle<double> training, courses, staff;                                                  ///< of firms
  Handle<double> block_funded, funded_posts, permanent_offer, transfer_posts, researchers;  ///< of institutes
  /// Sets what holds for a month to 0.
  void clear(Turn& turn, const Columns& columns) const;
  /// A year's loss of training. loss: a year
  void forget(Turn& turn, double loss) const;
};

/// Adds a subsidised cost to what staff know. cost: EUR of one real firm. unit: EUR/person
inline double training_per_person(double cost, double staff) {
  return staff > 1 ? cost / staff : cost;
}

}  // namespace polder::agents
