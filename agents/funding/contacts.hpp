// SPDX-License-Identifier: Apache-2.0
// Which institute a firm turns to when a scheme pays for the contact.
//
//   institute j with weight attraction(i, j)        (agents/funding/consortia.hpp: likeness, theme, distance)
//
// The draw of each pair is its own, so that a firm's choice does not depend on who else has a voucher.
// source: nearness in space (Deltas & Karkalakos 2013) and in knowledge (Nooteboom et al. 2007); the form is
//   an assumption
#pragma once
#include <span>
#include <vector>

#include "agents/funding/instrument.hpp"
#include "agents/geography.hpp"

namespace polder::agents {

/// The institute that a firm chooses among `providers`; no_row when there is none.
Row choose_institute(Turn& turn, const Columns& columns, const Geography& map, Row firm,
                     std::span<const Row> providers, DrawKey key);

/// Institutes that a condition lets in, by id. condition: a formula over institutes; empty: all
class Providers {
 public:
  Providers(const Terms& terms, std::string_view key);
  std::vector<Row> find(Turn& turn) const;

 private:
  KindId kind_{};
  bool all_ = true;
  expression::Code condition_;
};

}  // namespace polder::agents
