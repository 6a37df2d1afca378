// SPDX-License-Identifier: Apache-2.0
#include "agents/demography/firm_demography.hpp"

#include <algorithm>
#include <array>

#include "agents/kinds/kinds.hpp"
#include "agents/support/id_index.hpp"
#include "agents/support/labels.hpp"
#include "agents/support/work.hpp"
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

constexpr std::uint8_t code(ActorType type) {
  return static_cast<std::uint8_t>(type);
}
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

class FirmDemography final : public Mechanism {
 public:
  explicit FirmDemography(Setup& setup);
  void found(Turn& turn) const override;
  void step(Turn& turn) const override;

 private:
  /// Rows of one block to which something happened this month.
  struct Changes {
    std::vector<Row> left, insolvent, grown;
  };
  struct Columns {
    std::span<const double> age, staff;
    std::span<const std::int64_t> cash;
    std::span<const std::uint8_t> sector;
    std::span<std::uint8_t> type, size_class;
    std::span<double> before, before_2y, before_1y;
    std::span<const double> sales;
    std::span<double> sales_before, sales_2y, sales_1y;
  };
  void change(const Columns& c, Row row) const;
  bool count_growth(const Columns& c, Row row) const;
  double hazard(const Columns& c, Row row) const;  ///< of leaving this month
  double highest_hazard() const;                   ///< that any firm can have
  double leave(Turn& turn) const;
  void bear(Turn& turn, double left) const;
  std::vector<std::vector<Row>> parents(Turn& turn) const;
  double weight_of(bool startup) const {
    return startup ? std::min(startup_weight_, 1.0 / scale_) : 1.0 / scale_;
  }
  Entrant child(Turn& turn, Row parent, AgentId cause, std::uint32_t ordinal, bool startup) const;

  KindId firm_, industry_;
  Handle<double> age_, staff_, before_, before_2y_, before_1y_, sales_, sales_before_, sales_2y_, sales_1y_,
      productivity_, wage_, exports_, intensity_;
  Handle<std::int64_t> cash_;
  Handle<std::uint8_t> type_, size_class_, sector_, region_, theme_, performer_;
  Handle<std::uint8_t> industry_sector_;
  Handle<double> births_, work_growth_;
  std::size_t births_event_, exits_event_, insolvencies_event_, scale_ups_event_;
  Purpose leave_, insolvency_, birth_, startup_;
  double late_hazard_, employer_hazard_, other_exits_, insolvency_chance_, smallest_, growth_, birth_rate_,
      from_one_person_, entrant_staff_, spread_, startups_, startup_research_, startup_cash_, startup_weight_,
      start_cash_, scale_;
  std::vector<double> birth_counts_, relative_hazard_;
};

FirmDemography::FirmDemography(Setup& setup)
    : firm_(setup.kind("firm")),
      industry_(setup.kind("industry")),
      age_(setup.column<double>("firm", "age")),
      staff_(setup.column<double>("firm", "staff")),
      before_(setup.column<double>("firm", "staff_3y_ago")),
      before_2y_(setup.column<double>("firm", "staff_2y_ago")),
      before_1y_(setup.column<double>("firm", "staff_1y_ago")),
      sales_(setup.column<double>("firm", "sales")),
      sales_before_(setup.column<double>("firm", "sales_3y_ago")),
      sales_2y_(setup.column<double>("firm", "sales_2y_ago")),
      sales_1y_(setup.column<double>("firm", "sales_1y_ago")),
      productivity_(setup.column<double>("firm", "productivity")),
      wage_(setup.column<double>("firm", "wage")),
      exports_(setup.column<double>("firm", "exports_share")),
      intensity_(setup.column<double>("firm", "rd_intensity")),
      cash_(setup.column<std::int64_t>("firm", "cash")),
      type_(setup.column<std::uint8_t>("firm", "type")),
      size_class_(setup.column<std::uint8_t>("firm", "size_class")),
      sector_(setup.column<std::uint8_t>("firm", "sector")),
      region_(setup.column<std::uint8_t>("firm", "region")),
      theme_(setup.column<std::uint8_t>("firm", "theme")),
      performer_(setup.column<std::uint8_t>("firm", "rd_performer")),
      industry_sector_(setup.column<std::uint8_t>("industry", "sector")),
      births_(setup.column<double>("industry", "births")),
      work_growth_(setup.column<double>("industry", "work_growth")),
      births_event_(setup.event("births")),
      exits_event_(setup.event("exits")),
      insolvencies_event_(setup.event("insolvencies")),
      scale_ups_event_(setup.event("scale_ups")),
      leave_(setup.purpose("leave")),
      insolvency_(setup.purpose("insolvency")),
      birth_(setup.purpose("birth")),
      startup_(setup.purpose("startup")),
      late_hazard_(12.0 * setup.parameter("late_hazard")),
      employer_hazard_(setup.parameter("employer_hazard")),
      other_exits_(12.0 * setup.parameter("other_exits")),
      insolvency_chance_(setup.parameter("insolvency_chance")),
      smallest_(setup.parameter("smallest_staff")),
      growth_(setup.parameter("scale_up_growth")),
      birth_rate_(setup.parameter("birth_rate")),
      from_one_person_(setup.parameter("from_one_person")),
      entrant_staff_(setup.parameter("entrant_staff")),
      spread_(setup.parameter("entrant_spread")),
      startups_(setup.parameter("startups")),
      startup_research_(setup.parameter("startup_research")),
      startup_cash_(setup.parameter("startup_cash")),
      startup_weight_(setup.parameter("startup_weight")),
      start_cash_(setup.parameter("start_cash")),
      scale_(setup.scenario().scale) {
  birth_counts_ = label_numbers(setup, "sectors", "births", -1.0, dimension::rate);
  relative_hazard_ = label_numbers(setup, "sectors", "relative_hazard", 1.0, dimension::none);
}

/// Founders whose data say nothing of three years ago have not grown; the others grew evenly.
void FirmDemography::found(Turn& turn) const {
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
void FirmDemography::change(const Columns& c, Row row) const {
  c.size_class[row] = size_class_of(c.staff[row] / fte_per_person, c.size_class[row]);
  const bool scale_up = c.type[row] == code(ActorType::scale_up);
  const bool startup = c.type[row] == code(ActorType::startup) && c.age[row] < 120;
  if (startup && c.size_class[row] >= 2)
    c.type[row] = code(ActorType::scale_up);  // 50 persons within ten years
  else if (!scale_up && !startup)
    c.type[row] = c.size_class[row] == 3 ? code(ActorType::large_firm) : code(ActorType::sme);
}

/// In January: who has grown over three years, and who no longer has. True when the firm becomes a scale-up.
bool FirmDemography::count_growth(const Columns& c, Row row) const {
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

double FirmDemography::hazard(const Columns& c, Row row) const {
  const double relative = c.type[row] == code(ActorType::startup) ? 1.0 : employer_hazard_;
  return exit_hazard(c.age[row], late_hazard_, relative, other_exits_) * exit_by_size(c.staff[row]) *
         relative_hazard_[c.sector[row]] / 12.0;
}

double FirmDemography::highest_hazard() const {
  double highest = 0;
  for (const double age : {0.0, 12.0, 36.0, 60.0})
    for (const double relative : {1.0, employer_hazard_})
      highest = std::max(highest, exit_hazard(age, late_hazard_, relative, other_exits_));
  return highest * exit_by_size(0) * *std::max_element(relative_hazard_.begin(), relative_hazard_.end()) /
         12.0;
}

/// Returns how many left that were no startups.
double FirmDemography::leave(Turn& turn) const {
  const Table& table = turn.table(firm_);
  const auto alive = table.alive();
  const auto weight = table.weights();
  const Columns c{turn.read(age_),      turn.read(staff_),         turn.read(cash_),
                  turn.read(sector_),   turn.write(type_),         turn.write(size_class_),
                  turn.write(before_),  turn.write(before_2y_),    turn.write(before_1y_),
                  turn.read(sales_),    turn.write(sales_before_), turn.write(sales_2y_),
                  turn.write(sales_1y_)};
  const bool january = turn.month().month() == 1;
  const DrawKey key = turn.key(leave_), insolvency = turn.key(insolvency_);
  const double highest = highest_hazard();
  std::vector<Changes> parts(num_blocks(table.num_rows()));
  turn.for_each_block(firm_, [&](Block block) {
    Changes& changes = parts[block.number];
    std::array<double, block_rows> u;
    kernels::active().uniform(u.data(), static_cast<std::uint64_t>(key), turn.step(), 0,
                              table.id_bits() + block.first, block.size());
    for (Row row = block.first; row < block.last; ++row) {
      if (alive[row] == 0) continue;
      change(c, row);
      if (january && count_growth(c, row)) changes.grown.push_back(row);
      const bool insolvent =
          c.cash[row] < 0 && uniform(insolvency, table.ids()[row], turn.step()) < insolvency_chance_;
      if (insolvent) changes.insolvent.push_back(row);
      // 1 - exp(-h) to second order; the next term is below 1e-6 at these hazards
      const auto closes = [&](double draw) {
        const double h = hazard(c, row);
        return draw < h * (1.0 - 0.5 * h);
      };
      const double draw = u[row - block.first];  // few are low enough to ask for the firm's own hazard
      if (insolvent || c.staff[row] < smallest_ || (draw < highest && closes(draw)))
        changes.left.push_back(row);
    }
  });
  ExactSum left, employers, failed, grown;
  for (const Changes& changes : parts) {
    for (const Row row : changes.left) {
      turn.exit(firm_, row);
      left.add(weight[row]);
      if (c.type[row] != code(ActorType::startup)) employers.add(weight[row]);
    }
    for (const Row row : changes.insolvent) failed.add(weight[row]);
    for (const Row row : changes.grown) grown.add(weight[row]);
  }
  turn.event(exits_event_, left.value());
  turn.event(insolvencies_event_, failed.value());
  turn.event(scale_ups_event_, grown.value());
  return employers.value();
}

/// Possible parents by sector, in the order of their ids: this month's sixteenth of all firms, another one
/// every month. A row that stands for fewer firms than others is on the list as much less often, so that the
/// large R&D firms, at 1:1 in every scale, have as many children as at full scale. The last list holds
/// startups, of any sector.
std::vector<std::vector<Row>> FirmDemography::parents(Turn& turn) const {
  const Table& table = turn.table(firm_);
  const auto ids = table.ids();
  const auto sector = turn.read(sector_);
  const auto type = turn.read(type_), performer = turn.read(performer_);
  const auto weights = table.weights();
  const std::uint64_t phase = mix64(turn.step());
  const auto rows = rows_where(turn, firm_, [&](Row row) {
    const std::uint64_t lot = raw(ids[row]) ^ phase;
    const bool chosen = (lot & 15) == 0 || ((lot & 3) == 0 && type[row] == code(ActorType::startup));
    return chosen && on_the_list(ids[row], weights[row] * scale_, phase);
  });
  std::vector<std::uint64_t> numbers;
  numbers.reserve(rows.size());
  for (const Row row : rows) numbers.push_back(raw(ids[row]));
  const std::size_t sectors = relative_hazard_.size();
  std::vector<std::vector<Row>> lists(sectors + 2);
  for (const std::uint32_t at : ring_order(numbers)) {
    const Row row = rows[at];
    const bool startup = type[row] == code(ActorType::startup);
    lists[!startup ? sector[row] : performer[row] != 0 ? sectors : sectors + 1].push_back(row);
  }
  return lists;
}

/// Entrants begin small, with the sector, region and ways of an existing firm and a productivity around its
/// own.
Entrant FirmDemography::child(Turn& turn, Row parent, AgentId cause, std::uint32_t ordinal,
                              bool startup) const {
  const DrawKey key = turn.key(startup ? startup_ : birth_);
  const auto draw = [&](std::uint32_t n) { return uniform(key, cause, turn.step(), 16 * (ordinal + 1) + n); };
  const double staff = 1.6 - (entrant_staff_ - 1.6) * elementary::log(draw(1));
  const double productivity =
      turn.read(productivity_)[parent] *
      elementary::exp(spread_ * elementary::normal_quantile(draw(2)) - 0.5 * spread_ * spread_);
  const double wage = turn.read(wage_)[parent];
  const double weight = weight_of(startup);
  const double cash = startup ? startup_cash_ : start_cash_ * wage * staff;
  Entrant entrant;
  entrant.kind = firm_;
  entrant.cause = cause;
  entrant.ordinal = ordinal;
  entrant.weight = weight;
  const auto set = [&](auto handle, double value) {
    entrant.values.push_back(number_value(handle.column, value));
  };
  set(type_, startup ? code(ActorType::startup) : code(ActorType::sme));
  set(size_class_, 0);
  set(sector_, turn.read(sector_)[parent]);
  set(region_, turn.read(region_)[parent]);
  set(theme_, turn.read(theme_)[parent]);
  set(age_, 0);
  set(staff_, staff);
  set(productivity_, productivity);
  set(wage_, wage);
  set(exports_, turn.read(exports_)[parent]);
  set(performer_, turn.read(performer_)[parent]);
  set(intensity_, turn.read(intensity_)[parent]);
  entrant.values.push_back(money_value(cash_.column, whole(100 * weight * cash)));
  return entrant;
}

/// left: employers that left this month, of whom as many are born in the burn-in
void FirmDemography::bear(Turn& turn, double left) const {
  const auto lists = parents(turn);
  const Table& industries = turn.table(industry_);
  const Table& firms = turn.table(firm_);
  const auto sector = turn.read(industry_sector_);
  const auto growth = turn.read(work_growth_);
  const auto births = turn.write(births_);
  double born = 0;
  const auto bear_some = [&](const std::vector<Row>& list, AgentId cause, double expected, bool startup,
                             std::uint32_t from = 0) {
    const DrawKey draws = turn.key(startup ? startup_ : birth_);
    const double weight = weight_of(startup);
    const auto count = static_cast<std::uint32_t>(
        whole_by_lot(expected / weight, uniform(draws, cause, turn.step(), 16 * from)));
    for (std::uint32_t i = 0; i < count && !list.empty(); ++i) {
      const std::uint32_t n = from + i;
      const Row parent = pick_by_point(firms, list, draw_words(draws, cause, turn.step(), 16 * (n + 1))[0]);
      turn.enter(startup ? startup_ : birth_, child(turn, parent, cause, n, startup));
      born += weight;
    }
  };
  double planned = 0;
  for (const Row row : industries.by_id()) {
    const std::size_t s = sector[row];
    if (s >= relative_hazard_.size()) continue;
    if (births[row] <= 0) {
      const double given = birth_counts_[std::min(s, birth_counts_.size() - 1)];
      births[row] = given >= 0 ? given * (1.0 + from_one_person_)
                               : birth_rate_ * 16.0 * static_cast<double>(lists[s].size()) / scale_;
    }
    births[row] *= elementary::exp(growth[row]);
    planned += births[row];
  }
  const double part = turn.in_burn_in() && planned > 0 ? left / planned : 1.0;
  AgentId first = nobody;
  for (const Row row : industries.by_id()) {
    const std::size_t s = sector[row];
    if (s >= relative_hazard_.size()) continue;
    if (first == nobody) first = industries.ids()[row];
    bear_some(lists[s], industries.ids()[row], part * births[row], false);
  }
  // Numbers of their own, so that their draws differ.
  constexpr std::uint32_t without_research = 1U << 20U;
  bear_some(lists[relative_hazard_.size()], first, startup_research_ * startups_, true);
  bear_some(lists.back(), first, (1.0 - startup_research_) * startups_, true, without_research);
  turn.event(births_event_, born);
}

void FirmDemography::step(Turn& turn) const {
  bear(turn, leave(turn));
}

}  // namespace

const MechanismInfo& firm_demography_mechanism() {
  using enum Access;
  static const MechanismInfo info{
      "firm_demography",
      "demography",
      "Firms are born, become scale-ups, SMEs or large firms, and leave by age, size and insolvency",
      "exit chance 1 - exp(-(h(age) - h0) r z(size) / 12); births B' = B exp(growth of work)",
      "CBS cohort of 2015 and new employers a year; ScaleUp Dashboard",
      "mergers, takeovers, moves, self-employed without staff",
      {{"late_hazard", "1/year", "0.018", "0", "1",
        "exit hazard from the sixth year on, beside exits for lack of cash or staff",
        "calibrated: 423,000 firms in 2020, 437,000 in 2023 (CBS)"},
       {"employer_hazard", "1", "1.66", "0", "10",
        "exit hazard of firms that are no startups, in the first five years, by that of all new enterprises",
        "CBS, cohort of 2015: 49 % of new employers are employers after five years, 65 % of new enterprises "
        "are "
        "there; log 0.49 by log 0.65"},
       {"other_exits", "1/year", "0.02", "0", "0.04",
        "exits for lack of cash or staff that the hazards of years two to five include, those of year one a "
        "third",
        "calibrated: survival of new firms after one, three and five years (CBS, cohort of 2015)"},
       {"insolvency_chance", "1", "0.1", "0", "1", "chance a month to leave with cash below 0", "assumption"},
       {"smallest_staff", "person", "0.5", "0", "10", "a firm with less staff leaves", "assumption"},
       {"scale_up_growth", "1", "0.2", "0", "1",
        "growth of staff or sales a year over three years that makes a scale-up", "ScaleUp Dashboard: 20 %"},
       {"birth_rate", "1/year", "0.062", "0", "1", "births by firms of a sector whose data give no births",
        "26,000 new employers (CBS) by 420,000 firms, derived"},
       {"from_one_person", "1", "0", "0", "2",
        "firms that take on a second person, over the births of the data: new employers do not hold all who "
        "grow "
        "from one person to two",
        "calibrated: 426,700 firms of two or more persons in 2024, 412,600 in 2020 (CBS 81588NED, 81589NED)"},
       {"entrant_staff", "person", "2.6", "1.7", "100", "mean staff of an entrant", "assumption"},
       {"entrant_spread", "1", "0.2", "0", "1",
        "standard deviation of log productivity against the firm it came from", "assumption"},
       {"startups", "firms/year", "1300", "0", "100000", "startups founded a year beside spin-offs",
        "assumption: 10,000 startups growing 6 % a year (Techleap 2020)"},
       {"startup_research", "1", "0.7", "0", "1", "share of startups founded that perform R&D",
        "assumption: WBSO counts 2,405 starters a year (2022)"},
       {"startup_cash", "EUR", "150000", "0", "10000000", "money a startup begins with", "assumption"},
       {"startup_weight", "1", "10", "1", "1000000",
        "real startups that one simulated startup stands for at most: few of them get most of the venture "
        "capital",
        "numerical: keeps the spread of venture capital small in small samples"},
       {"start_cash", "month", "3 months", "0 months", "36 months", "wages that other entrants begin with",
        "assumption"}},
      {{"firm", "age", read},           {"firm", "staff", read},
       {"firm", "cash", read},          {"firm", "sector", read},
       {"firm", "region", read},        {"firm", "theme", read},
       {"firm", "productivity", read},  {"firm", "wage", read},
       {"firm", "exports_share", read}, {"firm", "rd_intensity", read},
       {"firm", "rd_performer", read},  {"firm", "type", write},
       {"firm", "size_class", write},   {"firm", "staff_3y_ago", write},
       {"firm", "staff_2y_ago", write}, {"firm", "staff_1y_ago", write},
       {"firm", "sales", read},         {"firm", "sales_3y_ago", write},
       {"firm", "sales_2y_ago", write}, {"firm", "sales_1y_ago", write},
       {"industry", "sector", read},    {"industry", "work_growth", read},
       {"industry", "births", write}},
      {},
      {},
      {"births", "exits", "insolvencies", "scale_ups"},
      {"market", "accounts", "rd_investment", "research", "absorption", "knowledge_spillover",
       "collaboration", "venture_rounds", "technology_transfer", "talent_market"},
      [](Setup& setup) -> std::unique_ptr<Mechanism> { return std::make_unique<FirmDemography>(setup); }};
  return info;
}

}  // namespace polder::agents
