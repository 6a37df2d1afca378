// SPDX-License-Identifier: Apache-2.0
#include "agents/demography/firm_lives.hpp"

#include <algorithm>
#include <array>

#include "agents/kinds/kinds.hpp"
#include "agents/support/labels.hpp"
#include "engine/elementary.hpp"
#include "engine/exact_sum.hpp"
#include "engine/kernels/kernels.hpp"
#include "engine/parallel.hpp"

namespace polder::agents {

double exit_hazard(double age, double late, double relative, double other) {
  if (age >= 60) return late;
  if (age < 12) return std::max(0.0, relative * 0.044 - other / 3);
  return std::max(0.0, relative * (age < 36 ? 0.115 : 0.078) - other);
}

double exit_by_size(double staff) {
  if (staff < 8) return 1.0;
  if (staff < 40) return 0.6;
  if (staff < 200) return 0.35;
  return staff < 1000 ? 0.12 : 0.02;
}

bool has_scaled(double staff, double before, double growth) {
  return before > 0 && staff >= before * (1.0 + growth) * (1.0 + growth) * (1.0 + growth);
}

namespace {

constexpr double fte_per_person = 8144.2 / 10156.9;  // CBS 84432NED, 2022

/// Size class of a firm that had `before`: it changes when the persons leave the class by a fifth.
std::uint8_t size_class_of(double persons, std::uint8_t before) {
  constexpr std::array<double, 5> bounds{0, 10, 50, 250, 1e300};
  constexpr double play = 1.2;
  std::uint8_t size = std::min<std::uint8_t>(before, 3);
  while (size < 3 && persons >= bounds[size + 1U] * play) ++size;
  while (size > 0 && persons < bounds[size] / play) --size;
  return size;
}

}  // namespace

FirmLives::FirmLives(Setup& setup)
    : firm_(setup.kind("firm")),
      age_(setup.column<double>("firm", "age")),
      staff_(setup.column<double>("firm", "staff")),
      before_(setup.column<double>("firm", "staff_3y_ago")),
      before_2y_(setup.column<double>("firm", "staff_2y_ago")),
      before_1y_(setup.column<double>("firm", "staff_1y_ago")),
      sales_(setup.column<double>("firm", "sales")),
      sales_before_(setup.column<double>("firm", "sales_3y_ago")),
      sales_2y_(setup.column<double>("firm", "sales_2y_ago")),
      sales_1y_(setup.column<double>("firm", "sales_1y_ago")),
      cash_(setup.column<std::int64_t>("firm", "cash")),
      type_(setup.column<std::uint8_t>("firm", "type")),
      size_class_(setup.column<std::uint8_t>("firm", "size_class")),
      sector_(setup.column<std::uint8_t>("firm", "sector")),
      exits_event_(setup.event("exits")),
      insolvencies_event_(setup.event("insolvencies")),
      scale_ups_event_(setup.event("scale_ups")),
      leave_(setup.purpose("leave")),
      insolvency_(setup.purpose("insolvency")),
      late_hazard_(12.0 * setup.parameter("late_hazard")),
      employer_hazard_(setup.parameter("employer_hazard")),
      other_exits_(12.0 * setup.parameter("other_exits")),
      insolvency_chance_(setup.parameter("insolvency_chance")),
      smallest_(setup.parameter("smallest_staff")),
      growth_(setup.parameter("scale_up_growth")),
      relative_hazard_(label_numbers(setup, "sectors", "relative_hazard", 1.0, dimension::none)),
      highest_hazard_(highest_hazard()) {}

void FirmLives::found(Turn& turn) const {
  const auto staff = turn.read(staff_), sales = turn.read(sales_);
  const auto before = turn.write(before_), before_2y = turn.write(before_2y_),
             before_1y = turn.write(before_1y_);
  const auto sales_before = turn.write(sales_before_), sales_2y = turn.write(sales_2y_),
             sales_1y = turn.write(sales_1y_);
  for (std::size_t row = 0; row < before.size(); ++row) {
    if (before[row] <= 0) before[row] = staff[row];
    if (before[row] <= 0) continue;
    const double yearly = elementary::pow(staff[row] / before[row], 1.0 / 3);
    before_2y[row] = before[row] * yearly;
    before_1y[row] = before_2y[row] * yearly;
    sales_1y[row] = sales[row] / yearly;
    sales_2y[row] = sales_1y[row] / yearly;
    sales_before[row] = sales_2y[row] / yearly;
  }
}

/// Updates size class, and the type as far as size and age decide on it.
void FirmLives::change(const Columns& c, Row row) const {
  c.size_class[row] = size_class_of(c.staff[row] / fte_per_person, c.size_class[row]);
  const bool scale_up = c.type[row] == code(ActorType::scale_up);
  const bool startup = c.type[row] == code(ActorType::startup) && c.age[row] < 120;
  if (startup && c.size_class[row] >= 2)
    c.type[row] = code(ActorType::scale_up);  // 50 persons within ten years
  else if (!scale_up && !startup)
    c.type[row] = c.size_class[row] == 3 ? code(ActorType::large_firm) : code(ActorType::sme);
}

/// In January: who has grown over three years, and who no longer has. True when the firm becomes a scale-up.
bool FirmLives::count_growth(const Columns& c, Row row) const {
  const bool scaled = c.staff[row] >= 10 * fte_per_person && c.before[row] >= 10 * fte_per_person &&
                      (has_scaled(c.staff[row], c.before[row], growth_) ||
                       has_scaled(c.sales[row], c.sales_before[row], growth_));
  const bool known = c.before[row] > 0;
  c.sales_before[row] = c.sales_2y[row];
  c.sales_2y[row] = c.sales_1y[row];
  c.sales_1y[row] = c.sales[row];
  c.before[row] = c.before_2y[row];
  c.before_2y[row] = c.before_1y[row];
  c.before_1y[row] = c.staff[row];
  if (c.type[row] == code(ActorType::scale_up)) {
    if (known && !scaled)
      c.type[row] = c.size_class[row] == 3 ? code(ActorType::large_firm) : code(ActorType::sme);
    return false;
  }
  if (!scaled || c.type[row] == code(ActorType::large_firm)) return false;
  c.type[row] = code(ActorType::scale_up);
  return true;
}

double FirmLives::hazard(const Columns& c, Row row) const {
  const double relative = c.type[row] == code(ActorType::startup) ? 1.0 : employer_hazard_;
  return exit_hazard(c.age[row], late_hazard_, relative, other_exits_) * exit_by_size(c.staff[row]) *
         relative_hazard_[c.sector[row]] / 12.0;
}

double FirmLives::highest_hazard() const {
  double highest = 0;
  for (const double age : {0.0, 12.0, 36.0, 60.0})
    for (const double relative : {1.0, employer_hazard_})
      highest = std::max(highest, exit_hazard(age, late_hazard_, relative, other_exits_));
  return highest * exit_by_size(0) * *std::max_element(relative_hazard_.begin(), relative_hazard_.end()) /
         12.0;
}

FirmLives::Columns FirmLives::columns(Turn& turn) const {
  return {turn.read(age_),        turn.read(staff_),       turn.read(cash_),          turn.read(sector_),
          turn.write(type_),      turn.write(size_class_), turn.write(before_),       turn.write(before_2y_),
          turn.write(before_1y_), turn.read(sales_),       turn.write(sales_before_), turn.write(sales_2y_),
          turn.write(sales_1y_)};
}

FirmLives::Changes FirmLives::look_at(const Table& table, Block block, const Columns& c, const Draws& draws,
                                      bool january) const {
  Changes changes;
  const auto alive = table.alive();
  std::array<double, block_rows> u;
  kernels::active().uniform(u.data(), static_cast<std::uint64_t>(draws.leave), draws.step, 0,
                            table.id_bits() + block.first, block.size());
  for (Row row = block.first; row < block.last; ++row) {
    if (alive[row] == 0) continue;
    change(c, row);
    if (january && count_growth(c, row)) changes.grown.push_back(row);
    const bool insolvent =
        c.cash[row] < 0 && uniform(draws.insolvency, table.ids()[row], draws.step) < insolvency_chance_;
    if (insolvent) changes.insolvent.push_back(row);
    // 1 - exp(-h) to second order; the next term is below 1e-6 at these hazards
    const auto closes = [&](double draw) {
      const double h = hazard(c, row);
      return draw < h * (1.0 - 0.5 * h);
    };
    const double draw = u[row - block.first];  // few are low enough to ask for the firm's own hazard
    if (insolvent || c.staff[row] < smallest_ || (draw < highest_hazard_ && closes(draw)))
      changes.left.push_back(row);
  }
  return changes;
}

/// Lets firms go and counts what happened. Returns how many left that were no startups.
double FirmLives::book(Turn& turn, std::span<const Changes> parts, std::span<const std::uint8_t> type) const {
  const auto weight = turn.table(firm_).weights();
  ExactSum left, employers, failed, grown;
  for (const Changes& changes : parts) {
    for (const Row row : changes.left) {
      turn.exit(firm_, row);
      left.add(weight[row]);
      if (type[row] != code(ActorType::startup)) employers.add(weight[row]);
    }
    for (const Row row : changes.insolvent) failed.add(weight[row]);
    for (const Row row : changes.grown) grown.add(weight[row]);
  }
  turn.event(exits_event_, left.value());
  turn.event(insolvencies_event_, failed.value());
  turn.event(scale_ups_event_, grown.value());
  return employers.value();
}

double FirmLives::live(Turn& turn) const {
  const Table& table = turn.table(firm_);
  const Columns c = columns(turn);
  const Draws draws{turn.key(leave_), turn.key(insolvency_), turn.step()};
  const bool january = turn.month().month() == 1;
  std::vector<Changes> parts(num_blocks(table.num_rows()));
  turn.for_each_block(firm_,
                      [&](Block block) { parts[block.number] = look_at(table, block, c, draws, january); });
  return book(turn, parts, c.type);
}

}  // namespace polder::agents
