// SPDX-License-Identifier: Apache-2.0
#include "agents/knowledge/research_entry.hpp"

#include <algorithm>

#include "agents/kinds/kinds.hpp"
#include "agents/knowledge/rd_investment.hpp"
#include "agents/support/work.hpp"
#include "engine/elementary.hpp"
#include "engine/parallel.hpp"

namespace polder::agents {

double beginning_chance(double rate, double peers, double performers, double firms) {
  if (firms <= performers) return 0;
  return std::min(0.5, rate * peers / (firms - performers));
}

namespace {

constexpr std::uint8_t smallest_class = 1, largest_class = 2;  // small and medium: 10 to 249 persons
constexpr std::size_t num_classes = 2;

class ResearchEntry final : public Mechanism {
 public:
  explicit ResearchEntry(Setup& setup);
  void step(Turn& turn) const override;

 private:
  enum Quantity : std::uint8_t { firms, performers, peers, num_quantities };
  struct Columns {
    std::span<std::uint8_t> performer;
    std::span<const std::uint8_t> sector, size_class, type, alive;
    std::span<const double> rd_staff;
  };
  /// Sector and size class of a firm that counts; the number of cells when it does not.
  std::size_t cell(const Columns& c, Row row) const;
  LabelSums count(Turn& turn, const Columns& c) const;
  std::vector<double> chances(Turn& turn, const Columns& c) const;

  KindId firm_, industry_;
  Handle<std::uint8_t> industry_sector_;
  Handle<double> small_teams_;
  Handle<std::uint8_t> performer_, sector_, size_class_, type_;
  Handle<double> intensity_, rd_staff_;
  Purpose begin_, size_;
  double rate_, mean_, spread_;
  std::size_t num_sectors_;
};

ResearchEntry::ResearchEntry(Setup& setup)
    : firm_(setup.kind("firm")),
      industry_(setup.kind("industry")),
      industry_sector_(setup.column<std::uint8_t>("industry", "sector")),
      small_teams_(setup.column<double>("industry", "small_teams")),
      performer_(setup.column<std::uint8_t>("firm", "rd_performer")),
      sector_(setup.column<std::uint8_t>("firm", "sector")),
      size_class_(setup.column<std::uint8_t>("firm", "size_class")),
      type_(setup.column<std::uint8_t>("firm", "type")),
      intensity_(setup.column<double>("firm", "rd_intensity")),
      rd_staff_(setup.column<double>("firm", "rd_staff")),
      begin_(setup.purpose("begin")),
      size_(setup.purpose("size")),
      rate_(12.0 * setup.parameter("rate")),
      mean_(setup.parameter("intensity")),
      spread_(setup.parameter("spread")),
      num_sectors_(std::max<std::size_t>(1, setup.labels("firm", "sector").items.size())) {}

std::size_t ResearchEntry::cell(const Columns& c, Row row) const {
  const std::uint8_t size = c.size_class[row];
  // Without a branch: size and type are hard to foresee.
  const int counts = int{c.alive[row] != 0} & int{size >= smallest_class} & int{size <= largest_class} &
                     int{c.sector[row] < num_sectors_} &
                     int{c.type[row] != static_cast<std::uint8_t>(ActorType::startup)};
  return counts != 0 ? c.sector[row] * num_classes + (size - smallest_class) : num_sectors_ * num_classes;
}

LabelSums ResearchEntry::count(Turn& turn, const Columns& c) const {
  const Table& table = turn.table(firm_);
  const auto weight = table.weights();
  const std::size_t cells = num_sectors_ * num_classes;
  LabelSums sums(num_blocks(table.num_rows()), cells, num_quantities);
  turn.for_each_block(firm_, [&](Block block) {
    const auto sum = sums.of_block(block.number);
    for (Row row = block.first; row < block.last; ++row) {
      const std::size_t at = cell(c, row);
      if (at == cells) continue;
      const std::int64_t real = whole(1000 * weight[row]);
      sum[at * num_quantities + firms] += real;
      if (c.performer[row] == 0) continue;
      sum[at * num_quantities + performers] += real;
      if (c.rd_staff[row] < small_team) sum[at * num_quantities + peers] += real;
    }
  });
  return sums;
}

std::vector<double> ResearchEntry::chances(Turn& turn, const Columns& c) const {
  const LabelSums sums = count(turn, c);
  const auto sectors = turn.read(industry_sector_);
  const auto shares = turn.write(small_teams_);
  std::vector<double> list(num_sectors_ * num_classes);
  for (const Row row : turn.table(industry_).by_id()) {
    if (sectors[row] >= num_sectors_) continue;
    for (std::size_t z = 0; z < num_classes; ++z) {
      const std::size_t at = sectors[row] * num_classes + z;
      const auto all = static_cast<double>(sums.total(at, firms));
      if (all <= 0) continue;
      double& share = shares[row * std::size_t{num_classes} + z];
      if (share < 0) share = static_cast<double>(sums.total(at, peers)) / all;
      list[at] = beginning_chance(rate_, share * all, static_cast<double>(sums.total(at, performers)), all);
    }
  }
  return list;
}

void ResearchEntry::step(Turn& turn) const {
  const Table& table = turn.table(firm_);
  const Columns c{turn.write(performer_), turn.read(sector_), turn.read(size_class_),
                  turn.read(type_),       table.alive(),      turn.read(rd_staff_)};
  const auto chance = chances(turn, c);
  const auto intensity = turn.write(intensity_);
  const DrawKey begin = turn.key(begin_), size = turn.key(size_);
  const auto ids = table.ids();
  const auto month = static_cast<std::uint64_t>(turn.month().month() - 1);
  turn.for_each_block(firm_, [&](Block block) {
    for (Row row = block.first; row < block.last; ++row) {
      if (c.performer[row] != 0 || mix64(raw(ids[row])) % 12 != month) continue;
      const std::size_t at = cell(c, row);
      if (at == chance.size() || uniform(begin, ids[row], turn.step()) >= chance[at]) continue;
      const double z = normal(size, ids[row], turn.step());
      c.performer[row] = 1;
      intensity[row] = mean_ * elementary::exp(spread_ * z - 0.5 * spread_ * spread_);
    }
  });
}

}  // namespace

const MechanismInfo& research_entry_mechanism() {
  using enum Access;
  static const MechanismInfo info{
      "research_entry",
      "knowledge",
      "Firms of 10 to 249 persons begin R&D as their peers of sector and size do",
      "chance a year = min(1/2, beta q0 N / (N - P)); intensity = nu exp(sigma N(0, 1) - sigma^2 / 2)",
      "R&D by sector and size (CBS 84985NED, 82052NED); peers as the cause: assumption",
      "the reasons to begin: expected returns, customers, support",
      {{"rate", "1/year", "0.08", "0", "1",
        "beginners a year by performer of the same sector and size with fewer than ten researchers, as many "
        "as "
        "the share of the start gives",
        "assumption: as many as give up or leave"},
       {"intensity", "1", "0.04", "0", "1", "mean R&D by sales of beginners",
        "CBS 84985NED and the founding table: 4 % in firms of 10 to 249 persons, derived"},
       {"spread", "1", "0.9", "0", "2", "standard deviation of the log of their R&D by sales",
        "as among founders, assumption"}},
      {{"industry", "sector", read},
       {"industry", "small_teams", write},
       {"firm", "sector", read},
       {"firm", "size_class", read},
       {"firm", "type", read},
       {"firm", "rd_staff", read},
       {"firm", "rd_performer", write},
       {"firm", "rd_intensity", write}},
      {},
      {},
      {},
      {"rd_investment"},
      [](Setup& setup) -> std::unique_ptr<Mechanism> { return std::make_unique<ResearchEntry>(setup); }};
  return info;
}

}  // namespace polder::agents
