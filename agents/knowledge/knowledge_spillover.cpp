// SPDX-License-Identifier: Apache-2.0
#include "agents/knowledge/knowledge_spillover.hpp"

#include <algorithm>

#include "agents/geography.hpp"
#include "agents/knowledge/frontier.hpp"
#include "agents/knowledge/open_science.hpp"
#include "agents/support/labels.hpp"
#include "agents/support/work.hpp"
#include "engine/elementary.hpp"
#include "engine/parallel.hpp"

namespace polder::agents {

double spillover_weight(double km, double half_distance) {
  return elementary::exp(-0.6931471805599453 * km / half_distance);
}

double spillover_gain(double return_a_year, double absorptive_capacity, double pool, double saturation,
                      double abroad_a_year) {
  return absorptive_capacity / 12.0 * (return_a_year * pool / (1.0 + pool / saturation) + abroad_a_year);
}

double learned_abroad(double abroad_a_year, double pipelines, double reach) {
  return abroad_a_year * (1.0 + pipelines * reach);
}

namespace {

class KnowledgeSpillover final : public Mechanism {
 public:
  explicit KnowledgeSpillover(Setup& setup);
  void step(Turn& turn) const override;

 private:
  enum Quantity : std::uint8_t { stock, output, num_quantities };
  /// Position of (region, sector) or, after all sectors, (region, theme).
  std::size_t cell(std::size_t region, std::size_t group) const {
    return region * (num_sectors_ + num_themes_) + group;
  }
  std::vector<double> science(Turn& turn) const;
  std::vector<double> pools(const LabelSums& sums, const std::vector<double>& science) const;
  LabelSums sums(Turn& turn) const;

  KindId firm_, institute_;
  SectorMeans means_;
  Handle<double> stock_, value_added_, capacity_, productivity_, reach_abroad_, institute_spending_,
      openness_;
  Handle<std::uint8_t> region_, sector_, theme_, performer_, institute_region_;
  std::size_t num_regions_, num_sectors_, num_themes_;
  std::uint8_t no_theme_;
  double return_, abroad_, pipelines_, saturation_, between_sectors_, science_link_, depreciation_,
      usual_openness_, open_gain_;
  std::vector<double> near_;  ///< weights between regions
};

KnowledgeSpillover::KnowledgeSpillover(Setup& setup)
    : firm_(setup.kind("firm")),
      institute_(setup.kind("institute")),
      means_(setup),
      stock_(setup.column<double>("firm", "rd_stock")),
      value_added_(setup.column<double>("firm", "value_added")),
      capacity_(setup.column<double>("firm", "absorptive_capacity")),
      productivity_(setup.column<double>("firm", "productivity")),
      reach_abroad_(setup.column<double>("firm", "reach_abroad")),
      institute_spending_(setup.column<double>("institute", "rd_spending")),
      openness_(setup.column<double>("institute", "openness")),
      region_(setup.column<std::uint8_t>("firm", "region")),
      sector_(setup.column<std::uint8_t>("firm", "sector")),
      theme_(setup.column<std::uint8_t>("firm", "theme")),
      performer_(setup.column<std::uint8_t>("firm", "rd_performer")),
      institute_region_(setup.column<std::uint8_t>("institute", "region")),
      num_regions_(setup.labels("firm", "region").items.size()),
      num_sectors_(setup.labels("firm", "sector").items.size()),
      num_themes_(setup.labels("firm", "theme").items.size()),
      no_theme_(theme_none(setup, "firm")),
      return_(12.0 * setup.parameter("return")),
      abroad_(12.0 * setup.parameter("abroad")),
      pipelines_(setup.parameter("pipelines")),
      saturation_(setup.parameter("saturation")),
      between_sectors_(setup.parameter("between_sectors")),
      science_link_(setup.parameter("science_link")),
      depreciation_(setup.parameter("depreciation")),
      usual_openness_(setup.parameter("usual_openness")),
      open_gain_(setup.parameter("open_gain")) {
  const Geography map(setup.scenario());
  const double half = setup.parameter("half_distance");
  for (std::size_t a = 0; a < num_regions_; ++a) {
    for (std::size_t b = 0; b < num_regions_; ++b) {
      near_.push_back(
          spillover_weight(map.distance(static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(b)), half));
    }
  }
}

LabelSums KnowledgeSpillover::sums(Turn& turn) const {
  const Table& table = turn.table(firm_);
  const auto weight = table.weights();
  const auto rd_stock = turn.read(stock_), value_added = turn.read(value_added_);
  const auto region = turn.read(region_), sector = turn.read(sector_), theme = turn.read(theme_);
  const auto performer = turn.read(performer_);
  LabelSums all(num_blocks(table.num_rows()), num_regions_ * (num_sectors_ + num_themes_), num_quantities);
  turn.for_each_block(firm_, [&](Block block) {
    const auto sum = all.of_block(block.number);
    for (Row row = block.first; row < block.last; ++row) {
      const std::size_t by_sector = cell(region[row], sector[row]) * num_quantities;
      const std::int64_t made = whole(weight[row] * value_added[row] * 12.0);
      const std::int64_t known = performer[row] != 0 ? whole(weight[row] * rd_stock[row]) : 0;
      sum[by_sector + output] += made;
      sum[by_sector + stock] += known;
      const std::size_t by_theme = cell(region[row], num_sectors_ + theme[row]) * num_quantities;
      sum[by_theme + output] += made;
      sum[by_theme + stock] += known;
    }
  });
  return all;
}

/// R&D stock of institutes by region, at the stock that their present spending keeps up, as far as it is
/// open.
std::vector<double> KnowledgeSpillover::science(Turn& turn) const {
  const Table& table = turn.table(institute_);
  const auto spending = turn.read(institute_spending_), openness = turn.read(openness_);
  const auto region = turn.read(institute_region_);
  std::vector<double> stocks(num_regions_, 0.0);
  for (const Row row : table.by_id())
    stocks[region[row]] += table.weights()[row] * spending[row] / depreciation_ *
                           open_reach(openness[row], usual_openness_, open_gain_);
  return stocks;
}

std::vector<double> KnowledgeSpillover::pools(const LabelSums& sums,
                                              const std::vector<double>& science) const {
  const std::size_t groups = num_sectors_ + num_themes_;
  std::vector<double> pools(num_regions_ * groups, 0.0);
  const auto total = [&](std::size_t region, std::size_t group, Quantity quantity) {
    return static_cast<double>(sums.total(cell(region, group), quantity));
  };
  std::vector<double> region_stock(num_regions_, 0.0), region_output(num_regions_, 0.0);
  std::vector<double> stocks(pools.size()), outputs(pools.size());
  for (std::size_t r = 0; r < num_regions_; ++r) {
    for (std::size_t g = 0; g < groups; ++g) {
      stocks[cell(r, g)] = total(r, g, stock);
      outputs[cell(r, g)] = total(r, g, output);
      if (g >= num_sectors_) continue;
      region_stock[r] += stocks[cell(r, g)];
      region_output[r] += outputs[cell(r, g)];
    }
  }
  for (std::size_t r = 0; r < num_regions_; ++r) {
    for (std::size_t g = 0; g < groups; ++g) {
      if (g == num_sectors_ + no_theme_) continue;  // those without a theme have no pool in common
      const double b = g < num_sectors_ ? between_sectors_ : 0.0;
      const double link = g < num_sectors_ ? science_link_ : 0.0;
      double known = 0, made = 0;
      for (std::size_t q = 0; q < num_regions_; ++q) {
        const double near = near_[r * num_regions_ + q];
        known += near * ((1.0 - b) * stocks[cell(q, g)] + b * region_stock[q] + link * science[q]);
        made += near * ((1.0 - b) * outputs[cell(q, g)] + b * region_output[q]);
      }
      pools[cell(r, g)] = made > 0 ? known / made : 0.0;
    }
  }
  return pools;
}

void KnowledgeSpillover::step(Turn& turn) const {
  const auto pool = pools(sums(turn), science(turn));
  const auto region = turn.read(region_), sector = turn.read(sector_), theme = turn.read(theme_);
  const auto capacity = turn.read(capacity_), reach = turn.read(reach_abroad_);
  const auto means = means_.read(turn);
  const auto productivity = turn.write(productivity_);
  turn.for_each_block(firm_, [&](Block block) {
    for (Row row = block.first; row < block.last; ++row) {
      const double near =
          pool[cell(region[row], sector[row])] + pool[cell(region[row], num_sectors_ + theme[row])];
      const double abroad = learned_abroad(abroad_, pipelines_, reach[row]);  // without R&D: no reach
      productivity[row] *= 1.0 + spillover_gain(return_, capacity[row], near, saturation_, abroad) *
                                     room_to_improve(productivity[row], means[sector[row]]);
    }
  });
}

}  // namespace

const MechanismInfo& knowledge_spillover_mechanism() {
  using enum Access;
  static const MechanismInfo info{
      "knowledge_spillover",
      "knowledge",
      "R&D stocks nearby and in alike sectors and themes make firms more productive, as far as they can "
      "absorb",
      "A' = A (1 + AC (rho I / (1 + I / h) + f (1 + g B)) room / 12), I = sum exp(-km / L) similarity K / "
      "sum exp(-km "
      "/ L) "
      "similarity V",
      "Deltas & Karkalakos 2013; Bloom et al. 2013; Coe & Helpman 1995, recalled",
      "the course of research abroad, imitation that hurts the imitated, own stock in the pool is not taken "
      "out",
      {{"half_distance", "km", "350 km", "10 km", "5000 km", "distance at which knowledge is worth half",
        "Deltas & Karkalakos 2013: -55 to -70 % per 500 km, so 290 to 430 km"},
       {"return", "1/year", "0.1", "0", "1",
        "yearly gain of productivity by the R&D stock around, per value added, at full absorption",
        "0.34 social less private return (Bloom et al. 2013) times 0.15 depreciation"},
       {"abroad", "1/year", "0", "0", "0.2",
        "yearly gain of productivity from research abroad, at full absorption",
        "a scenario's calibration; research abroad is what a small open economy learns most from (Coe & "
        "Helpman 1995, recalled)"},
       {"pipelines", "1", "0.5", "0", "1",
        "what firms with partners abroad learn more from research abroad than those without, by that stream",
        "assumption; productivity grows faster with R&D partners abroad: Cincera et al. 2003; with enough "
        "own "
        "R&D only: Lokshin, Belderbos & Carree 2008; pipelines: Bathelt, Malmberg & Maskell 2004 (recalled)"},
       {"saturation", "1", "0.3", "0.01", "100", "pool at which half of the largest gain is reached",
        "assumption"},
       {"between_sectors", "1", "0.05", "0", "1", "similarity of different sectors",
        "assumption: none if dissimilar"},
       {"science_link", "1", "0.05", "0", "1", "part of institutes' knowledge that serves a sector",
        "assumption"},
       {"depreciation", "1/year", "0.15", "0.01", "1", "loss of value of institutes' R&D stock",
        "recalled: 0.15"},
       {"usual_openness", "1", "0.5", "0", "1", "openness of science at which its reach is the usual one",
        "a scenario's baseline"},
       {"open_gain", "1", "0.18", "0", "1", "what open articles reach more than closed ones",
        "18 % more citations (Piwowar et al. 2018), 12 to 27 % more in patents (Bryan & Ozcan 2021), "
        "recalled"}},
      {{"firm", "rd_stock", read},
       {"firm", "value_added", read},
       {"firm", "absorptive_capacity", read},
       {"firm", "reach_abroad", read},
       {"firm", "region", read},
       {"firm", "sector", read},
       {"firm", "theme", read},
       {"firm", "rd_performer", read},
       {"industry", "sector", read},
       {"industry", "productivity", read},
       {"institute", "rd_spending", read},
       {"institute", "region", read},
       {"institute", "openness", read},
       {"firm", "productivity", write}},
      {},
      {},
      {},
      {"policy", "market", "rd_investment", "research", "absorption"},
      [](Setup& setup) -> std::unique_ptr<Mechanism> { return std::make_unique<KnowledgeSpillover>(setup); }};
  return info;
}

}  // namespace polder::agents
