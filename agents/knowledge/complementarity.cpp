// SPDX-License-Identifier: Apache-2.0
#include "agents/knowledge/complementarity.hpp"

#include <algorithm>
#include <memory>
#include <numeric>

#include "agents/kinds/kinds.hpp"
#include "agents/support/labels.hpp"
#include "agents/support/work.hpp"
#include "agents/talent/technical_wages.hpp"
#include "engine/elementary.hpp"

namespace polder::agents {

double complement(const Activities& now, const Activities& first, double substitution) {
  constexpr double least = 0.05;
  const double all = std::accumulate(first.begin(), first.end(), 0.0);
  if (all <= 0) return 1.0;
  const double r = 1.0 / substitution - 1.0;
  double sum = 0;
  for (std::size_t a = 0; a < num_activities; ++a) {
    if (first[a] <= 0) continue;
    sum += first[a] / all * elementary::pow(std::max(least, now[a] / first[a]), -r);
  }
  return elementary::pow(sum, -1.0 / r);
}

ThemeOpportunity::ThemeOpportunity(Setup& setup)
    : ecosystem_(setup.kind("ecosystem")),
      theme_(setup.column<std::uint8_t>("ecosystem", "theme")),
      national_(setup.column<std::uint8_t>("ecosystem", "national")),
      opportunity_(setup.column<double>("ecosystem", "opportunity")),
      num_themes_(setup.labels("firm", "theme").items.size()) {}

std::vector<double> ThemeOpportunity::read(Turn& turn, double power) const {
  std::vector<double> all(num_themes_, 1.0);
  const auto theme = turn.read(theme_), national = turn.read(national_);
  const auto opportunity = turn.read(opportunity_);
  for (const Row row : turn.table(ecosystem_).by_id())
    if (national[row] != 0 && theme[row] < all.size())
      all[theme[row]] = elementary::pow(opportunity[row], power);
  return all;
}

namespace {

enum Activity : std::uint8_t { basic, applied, development, startups, testing };

class Complementarity final : public Mechanism {
 public:
  explicit Complementarity(Setup& setup);
  void step(Turn& turn) const override;

 private:
  std::vector<Activities> flows(Turn& turn) const;

  KindId ecosystem_, firm_, institute_, facility_, industry_;
  Handle<std::uint8_t> theme_, national_, firm_theme_, type_, institute_theme_, facility_theme_;
  std::array<Handle<double>, num_activities> stocks_;
  Handle<double> first_, opportunity_, firm_spending_, institute_spending_, basic_share_, opex_, built_,
      condition_, price_;
  std::size_t num_themes_;
  std::uint8_t no_theme_;
  double substitution_, returns_, depreciation_;
};

Complementarity::Complementarity(Setup& s)
    : ecosystem_(s.kind("ecosystem")),
      firm_(s.kind("firm")),
      institute_(s.kind("institute")),
      facility_(s.kind("facility")),
      industry_(s.kind("industry")),
      theme_(s.column<std::uint8_t>("ecosystem", "theme")),
      national_(s.column<std::uint8_t>("ecosystem", "national")),
      firm_theme_(s.column<std::uint8_t>("firm", "theme")),
      type_(s.column<std::uint8_t>("firm", "type")),
      institute_theme_(s.column<std::uint8_t>("institute", "theme")),
      facility_theme_(s.column<std::uint8_t>("facility", "theme")),
      stocks_{s.column<double>("ecosystem", "basic_research"),
              s.column<double>("ecosystem", "applied_research"), s.column<double>("ecosystem", "development"),
              s.column<double>("ecosystem", "startup_research"), s.column<double>("ecosystem", "testing")},
      first_(s.column<double>("ecosystem", "first_activities")),
      opportunity_(s.column<double>("ecosystem", "opportunity")),
      firm_spending_(s.column<double>("firm", "rd_spending")),
      institute_spending_(s.column<double>("institute", "rd_spending")),
      basic_share_(s.column<double>("institute", "basic_share")),
      opex_(s.column<double>("facility", "opex")),
      built_(s.column<double>("facility", "built")),
      condition_(s.column<double>("facility", "condition")),
      price_(s.column<double>("industry", "research_price")),
      num_themes_(s.labels("firm", "theme").items.size()),
      no_theme_(theme_none(s, "firm")),
      substitution_(s.parameter("substitution")),
      returns_(s.parameter("returns")),
      depreciation_(s.parameter("depreciation")) {}

/// What is spent on each activity of each theme this month, at constant prices. unit: EUR/month
std::vector<Activities> Complementarity::flows(Turn& turn) const {
  std::vector<Activities> all(num_themes_, Activities{});
  const double price = common(turn.table(industry_), turn.read(price_));

  const Table& firms = turn.table(firm_);
  const auto weight = firms.weights();
  const auto alive = firms.alive();
  const auto theme = turn.read(firm_theme_), type = turn.read(type_);
  const auto spending = turn.read(firm_spending_);
  enum Source : std::uint8_t { others, startup, num_sources };
  LabelSums sums(num_blocks(firms.num_rows()), num_themes_, num_sources);
  turn.for_each_block(firm_, [&](Block block) {
    const auto sum = sums.of_block(block.number);
    for (Row row = block.first; row < block.last; ++row) {
      if (theme[row] == no_theme_ || alive[row] == 0 || spending[row] <= 0) continue;
      const Source source = type[row] == static_cast<std::uint8_t>(ActorType::startup) ? startup : others;
      sum[std::size_t{theme[row]} * num_sources + source] += whole(weight[row] * spending[row]);
    }
  });
  for (std::size_t t = 0; t < num_themes_; ++t) {
    all[t][development] = static_cast<double>(sums.total(t, others)) / price;
    all[t][startups] = static_cast<double>(sums.total(t, startup)) / price;
  }

  const Table& institutes = turn.table(institute_);
  const auto at = turn.read(institute_theme_);
  const auto institute_spending = turn.read(institute_spending_), share = turn.read(basic_share_);
  for (const Row row : institutes.by_id()) {
    if (at[row] >= num_themes_) continue;
    const double money = institutes.weights()[row] * institute_spending[row] / price;
    all[at[row]][basic] += share[row] * money;
    all[at[row]][applied] += (1.0 - share[row]) * money;
  }

  const auto serves = turn.read(facility_theme_);
  const auto opex = turn.read(opex_), built = turn.read(built_), condition = turn.read(condition_);
  for (const Row row : turn.table(facility_).by_id()) {
    const double money = opex[row] * built[row] * condition[row];
    for (std::size_t t = 0; t < num_themes_; ++t)
      if (serves[row] == t || serves[row] == no_theme_) all[t][testing] += money;
  }
  return all;
}

void Complementarity::step(Turn& turn) const {
  const std::vector<Activities> flow = flows(turn);
  const auto first = turn.write(first_), opportunity = turn.write(opportunity_);
  for (const Row row : turn.table(ecosystem_).by_id()) {
    const std::size_t theme = turn.read(theme_)[row];
    if (turn.read(national_)[row] == 0 || theme >= num_themes_ || theme == no_theme_) continue;
    Activities now{}, before{};
    for (std::size_t a = 0; a < num_activities; ++a) {
      double& stock = turn.write(stocks_[a])[row];
      stock = stock > 0 ? stock * (1.0 - depreciation_) + flow[theme][a] : flow[theme][a] / depreciation_;
      double& reference = first[row * num_activities + a];
      if (turn.in_burn_in()) reference = stock;
      now[a] = stock, before[a] = reference;
    }
    opportunity[row] = elementary::pow(complement(now, before, substitution_), returns_);
  }
}

}  // namespace

const MechanismInfo& complementarity_mechanism() {
  using enum Access;
  static const MechanismInfo info{
      .name = "complementarity",
      .family = "knowledge",
      .sentence =
          "Research of a theme opens more where science, development, startups and facilities go together",
      .equation = "m = Y^theta, Y = (sum_a w_a k_a^-r)^(-1/r), r = 1/sigma - 1; R&D wanted times m^eta",
      .source =
          "CES function normalised at its first point: Klump, McAdam & Willman 2012 (recalled); science and "
          "private research: Jaffe 1989 (recalled); opportunity: Dosi et al. 2023; sigma: assumption",
      .ignores =
          "research for the theme at institutes whose strongest theme is another, partners abroad, people",
      .fields =
          {{"substitution", "1", "0.5", "0.05", "0.95",
            "elasticity of substitution between the activities of a theme", "assumption: below 1"},
           {"returns", "1", "0.25", "0", "1",
            "rise of the opportunity of research with all activities together",
            "derived: 0.1 for corporate patents by university research (Jaffe 1989, recalled), which is "
            "about 0.4 of the activities"},
           {"depreciation", "1/year", "0.15", "0.01", "1", "loss of value of a stock of activity",
            "recalled: 0.15"}},
      .columns = {{"ecosystem", "theme", read},
                  {"ecosystem", "national", read},
                  {"ecosystem", "basic_research", write},
                  {"ecosystem", "applied_research", write},
                  {"ecosystem", "development", write},
                  {"ecosystem", "startup_research", write},
                  {"ecosystem", "testing", write},
                  {"ecosystem", "first_activities", write},
                  {"ecosystem", "opportunity", write},
                  {"firm", "theme", read},
                  {"firm", "type", read},
                  {"firm", "rd_spending", read},
                  {"institute", "theme", read},
                  {"institute", "rd_spending", read},
                  {"institute", "basic_share", read},
                  {"facility", "theme", read},
                  {"facility", "opex", read},
                  {"facility", "built", read},
                  {"facility", "condition", read},
                  {"industry", "research_price", read}},
      .flows = {},
      .networks = {},
      .events = {},
      .after = {},
      .make = [](Setup& setup) -> std::unique_ptr<Mechanism> {
        return std::make_unique<Complementarity>(setup);
      }};
  return info;
}

}  // namespace polder::agents
