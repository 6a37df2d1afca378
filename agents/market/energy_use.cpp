// SPDX-License-Identifier: Apache-2.0
#include "agents/market/energy_use.hpp"

#include <algorithm>
#include <memory>
#include <vector>

#include "agents/kinds/kinds.hpp"
#include "agents/support/labels.hpp"
#include "engine/elementary.hpp"
#include "engine/units.hpp"

namespace polder::agents {

double intensity_after(double intensity, double tau, double saving, double rise) {
  return intensity * elementary::exp(-tau) * (1 - saving * std::clamp(rise, -1.0, 1.0));
}

double use_under_levy(double levy, double elasticity) {
  return elementary::exp(-elasticity * elementary::log(1 + std::max(0.0, levy)));
}

namespace {

struct Users {
  double adopted = 0, levy = 0;  ///< means over business customers, by size
};

class EnergyUse final : public Mechanism {
 public:
  explicit EnergyUse(Setup& setup);
  void step(Turn& turn) const override;

 private:
  Users users(Turn& turn) const;

  KindId industry_, user_;
  Handle<std::uint8_t> sector_, theme_, user_type_;
  Handle<double> demand_, intensity_, use_, new_energy_, adopted_, levy_, size_;
  std::uint8_t energy_theme_;
  double own_accord_, saving_, elasticity_;
  std::vector<double> first_intensity_, value_share_;
};

EnergyUse::EnergyUse(Setup& s)
    : industry_(s.kind("industry")),
      user_(s.kind("user")),
      sector_(s.column<std::uint8_t>("industry", "sector")),
      theme_(s.column<std::uint8_t>("user", "theme")),
      user_type_(s.column<std::uint8_t>("user", "user_type")),
      demand_(s.column<double>("industry", "demand")),
      intensity_(s.column<double>("industry", "energy_intensity")),
      use_(s.column<double>("industry", "energy_use")),
      new_energy_(s.column<double>("industry", "new_energy")),
      adopted_(s.column<double>("user", "adopted")),
      levy_(s.column<double>("user", "levy")),
      size_(s.column<double>("user", "size")),
      energy_theme_(static_cast<std::uint8_t>(s.labels("user", "theme").find("energy").value_or(255))),
      own_accord_(s.parameter("own_accord")),
      saving_(s.parameter("saving")),
      elasticity_(s.parameter("elasticity")) {
  const Dimension energy_by_money = parse_unit("MJ/EUR").value_or(Unit{}).dimension;
  first_intensity_ =
      label_numbers(s, "sectors", "energy_intensity", s.parameter("usual_intensity"), energy_by_money);
  value_share_ = label_numbers(s, "sectors", "value_added_share", 0.35, dimension::none);
}

Users EnergyUse::users(Turn& turn) const {
  Users mean;
  double members = 0;
  for (const Row row : turn.table(user_).by_id()) {
    if (turn.read(theme_)[row] != energy_theme_ ||
        turn.read(user_type_)[row] != static_cast<std::uint8_t>(UserType::business_customer))
      continue;
    const double size = turn.read(size_)[row];
    members += size;
    mean.adopted += size * turn.read(adopted_)[row];
    mean.levy += size * turn.read(levy_)[row];
  }
  return members > 0 ? Users{mean.adopted / members, mean.levy / members} : Users{};
}

void EnergyUse::step(Turn& turn) const {
  const Users now = users(turn);
  const auto intensity = turn.write(intensity_), before = turn.write(new_energy_), use = turn.write(use_);
  for (const Row row : turn.table(industry_).by_id()) {
    const std::size_t sector = std::min<std::size_t>(turn.read(sector_)[row], first_intensity_.size() - 1);
    if (turn.in_burn_in() || intensity[row] <= 0) {
      intensity[row] = first_intensity_[sector];
    } else {
      intensity[row] = intensity_after(intensity[row], own_accord_, saving_, now.adopted - before[row]);
    }
    before[row] = now.adopted;
    const double value_added =
        turn.read(demand_)[row] * value_share_[std::min(sector, value_share_.size() - 1)];
    use[row] = intensity[row] * use_under_levy(now.levy, elasticity_) * value_added;
  }
}

}  // namespace

const MechanismInfo& energy_use_mechanism() {
  using enum Access;
  static const MechanismInfo info{
      .name = "energy_use",
      .family = "market",
      .sentence = "Sectors use less energy by value added as new products for energy are adopted",
      .equation =
          "intensity' = intensity exp(-tau) (1 - s rise of adopted); use = intensity (1 + levy)^-e value "
          "added",
      .source = "CBS (intensities, recalled); Labandeira et al. 2017 (price elasticity, recalled)",
      .ignores = "materials, households, kinds of energy, emissions, what firms gain by saving",
      .fields = {{"usual_intensity", "MJ/EUR", "2 MJ/EUR", "0 MJ/EUR", "1000 MJ/EUR",
                  "energy by value added where the sectors' data give none",
                  "recalled: 1,250 PJ by 633 GEUR"},
                 {"own_accord", "1/year", "0.01 /year", "-0.1 /year", "0.2 /year",
                  "fall of intensity without new products of the theme energy",
                  "recalled: 1 to 1.5 % a year of saving in the Netherlands"},
                 {"saving", "1", "30 %", "0 %", "100 %",
                  "energy that a business customer saves with a new product", "assumption"},
                 {"elasticity", "1", "0.4", "0", "2", "fall of use by a levy on old products",
                  "Labandeira et al. 2017: 0.2 to 0.6, recalled"}},
      .columns = {{"industry", "sector", read},
                  {"industry", "demand", read},
                  {"industry", "energy_intensity", write},
                  {"industry", "energy_use", write},
                  {"industry", "new_energy", write},
                  {"user", "theme", read},
                  {"user", "user_type", read},
                  {"user", "size", read},
                  {"user", "adopted", read},
                  {"user", "levy", read}},
      .flows = {},
      .networks = {},
      .events = {},
      .after = {},
      .make = [](Setup& setup) -> std::unique_ptr<Mechanism> { return std::make_unique<EnergyUse>(setup); }};
  return info;
}

}  // namespace polder::agents
