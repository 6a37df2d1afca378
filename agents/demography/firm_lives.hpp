// SPDX-License-Identifier: Apache-2.0
// What firms live through in a month: they grow, change type and size class, and leave. A part of
// `firm_demography`, whose header has the equations.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/mechanism.hpp"

namespace polder::agents {

/// Exit hazard at an age, net of `other` exits, a third of them in the first year. relative: to all new
/// enterprises; age: months; late: from the sixth year on, as it is. unit: per year
double exit_hazard(double age, double late, double relative, double other);

/// Relative exit hazard by staff: 1 up to 8 full-time equivalents, then falling to 0.02 from 1000 on.
double exit_by_size(double staff);

/// Is this growth that of a scale-up? staff now and three years ago, yearly growth asked for.
bool has_scaled(double staff, double before, double growth);

/// Growth and exits of firms.
class FirmLives {
 public:
  explicit FirmLives(Setup& setup);
  /// Founders whose data say nothing of three years ago have not grown; the others grew evenly.
  void found(Turn& turn) const;
  /// A month. Returns how many left that were no startups.
  double live(Turn& turn) const;

 private:
  struct Columns {
    std::span<const double> age, staff;
    std::span<const std::int64_t> cash;
    std::span<const std::uint8_t> sector;
    std::span<std::uint8_t> type, size_class;
    std::span<double> before, before_2y, before_1y;
    std::span<const double> sales;
    std::span<double> sales_before, sales_2y, sales_1y;
  };
  struct Draws {
    DrawKey leave, insolvency;
    std::uint32_t step;
  };
  /// Rows of one block to which something happened this month.
  struct Changes {
    std::vector<Row> left, insolvent, grown;
  };
  Columns columns(Turn& turn) const;
  Changes look_at(const Table& table, Block block, const Columns& c, const Draws& draws, bool january) const;
  double book(Turn& turn, std::span<const Changes> parts, std::span<const std::uint8_t> type) const;
  void change(const Columns& c, Row row) const;
  bool count_growth(const Columns& c, Row row) const;
  double hazard(const Columns& c, Row row) const;  ///< of leaving this month
  double highest_hazard() const;                   ///< that any firm can have

  KindId firm_;
  Handle<double> age_, staff_, before_, before_2y_, before_1y_, sales_, sales_before_, sales_2y_, sales_1y_;
  Handle<std::int64_t> cash_;
  Handle<std::uint8_t> type_, size_class_, sector_;
  std::size_t exits_event_, insolvencies_event_, scale_ups_event_;
  Purpose leave_, insolvency_;
  double late_hazard_, employer_hazard_, other_exits_, insolvency_chance_, smallest_, growth_;
  std::vector<double> relative_hazard_;  // by sector
  double highest_hazard_;
};

}  // namespace polder::agents
