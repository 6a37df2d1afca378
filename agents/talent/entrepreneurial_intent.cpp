// SPDX-License-Identifier: Apache-2.0
#include "agents/talent/entrepreneurial_intent.hpp"

#include <algorithm>
#include <memory>
#include <vector>

#include "agents/kinds/kinds.hpp"
#include "engine/elementary.hpp"

namespace polder::agents {

double willing_share(double base, double example, double example_strength, double room,
                     double room_strength) {
  const double odds = base / (1 - base) *
                      elementary::exp(example_strength * (std::clamp(example, 0.0, 3.0) - 1) +
                                      room_strength * elementary::log(1 + std::max(0.0, room)));
  return odds / (1 + odds);
}

namespace {

constexpr double thousand = 1000;

class EntrepreneurialIntent final : public Mechanism {
 public:
  explicit EntrepreneurialIntent(Setup& setup);
  void found(Turn& turn) const override;
  void step(Turn& turn) const override;

 private:
  double target(double example, double room) const {
    return willing_share(base_, example / usual_, example_strength_, room / room_counts_, room_strength_);
  }
  std::vector<double> room(Turn& turn) const;

  KindId institute_, hub_;
  Handle<double> intent_, example_, spin_offs_, researchers_, places_, activity_;
  Handle<std::uint8_t> region_, hub_region_;
  std::size_t num_regions_;
  double base_, usual_, example_strength_, room_counts_, room_strength_, memory_, adjustment_;
};

EntrepreneurialIntent::EntrepreneurialIntent(Setup& s)
    : institute_(s.kind("institute")),
      hub_(s.kind("hub")),
      intent_(s.column<double>("institute", "entrepreneurial_intent")),
      example_(s.column<double>("institute", "example")),
      spin_offs_(s.column<double>("institute", "spin_offs")),
      researchers_(s.column<double>("institute", "researchers")),
      places_(s.column<double>("hub", "places")),
      activity_(s.column<double>("hub", "activity")),
      region_(s.column<std::uint8_t>("institute", "region")),
      hub_region_(s.column<std::uint8_t>("hub", "region")),
      num_regions_(std::max<std::size_t>(1, s.labels("institute", "region").items.size())),
      base_(s.parameter("base")),
      usual_(s.parameter("usual_example")),
      example_strength_(s.parameter("example_strength")),
      room_counts_(s.parameter("room_counts")),
      room_strength_(s.parameter("room_strength")),
      memory_(s.parameter("memory")),
      adjustment_(s.parameter("adjustment")) {}

/// Places of incubators by 1,000 researchers, a region.
std::vector<double> EntrepreneurialIntent::room(Turn& turn) const {
  std::vector<double> places(num_regions_), people(num_regions_);
  for (const Row row : turn.table(hub_).by_id())
    places[turn.read(hub_region_)[row]] += turn.read(places_)[row] * turn.read(activity_)[row];
  for (const Row row : turn.table(institute_).by_id())
    people[turn.read(region_)[row]] += turn.read(researchers_)[row] * turn.table(institute_).weights()[row];
  for (std::size_t region = 0; region < num_regions_; ++region)
    places[region] = people[region] > 0 ? thousand * places[region] / people[region] : 0.0;
  return places;
}

void EntrepreneurialIntent::found(Turn& turn) const {
  const auto places = room(turn);
  for (const Row row : turn.table(institute_).by_id()) {
    turn.write(example_)[row] = usual_;
    turn.write(intent_)[row] = target(usual_, places[turn.read(region_)[row]]);
  }
}

void EntrepreneurialIntent::step(Turn& turn) const {
  const auto places = room(turn);
  const auto intent = turn.write(intent_), example = turn.write(example_);
  for (const Row row : turn.table(institute_).by_id()) {
    const double people = turn.read(researchers_)[row];
    if (people <= 0) continue;
    example[row] += (12 * turn.read(spin_offs_)[row] * thousand / people - example[row]) / memory_;
    intent[row] += (target(example[row], places[turn.read(region_)[row]]) - intent[row]) / adjustment_;
  }
}

}  // namespace

const MechanismInfo& entrepreneurial_intent_mechanism() {
  using enum Access;
  static const MechanismInfo info{
      .name = "entrepreneurial_intent",
      .family = "talent",
      .sentence = "More researchers would found a firm where colleagues did and incubators have room",
      .equation = "logit i* = logit i0 + b (example / usual - 1) + c ln(1 + room / r0); i adjusts to i*",
      .source = "Stuart & Ding 2006; Bercovitz & Feldman 2008 (recalled); strengths: assumption",
      .ignores = "differences between persons, fields and chairs; teaching of entrepreneurship",
      .fields = {{"base", "1", "9 %", "0.1 %", "90 %",
                  "researchers willing to found a firm without incubators",
                  "calibrated: 75 spin-offs a year (recalled), with the incubators of the baseline"},
                 {"usual_example", "1", "2", "0.01", "1000",
                  "spin-offs a year by 1,000 researchers that leave it as it is",
                  "75 spin-offs by some 37,000 researchers"},
                 {"example_strength", "1", "0.2", "0", "2", "effect of the example on the log-odds",
                  "assumption"},
                 {"room_counts", "1", "25", "0.1", "10000",
                  "places of incubators by 1,000 researchers that count as much", "assumption"},
                 {"room_strength", "1", "0.2", "0", "2", "effect of room on the log-odds", "assumption"},
                 {"memory", "month", "60 months", "1 month", "600 months",
                  "time that examples are remembered", "assumption"},
                 {"adjustment", "month", "24 months", "1 month", "600 months",
                  "time in which researchers follow", "assumption"}},
      .columns = {{"institute", "spin_offs", read},
                  {"institute", "researchers", read},
                  {"institute", "region", read},
                  {"institute", "example", write},
                  {"institute", "entrepreneurial_intent", write},
                  {"hub", "places", read},
                  {"hub", "activity", read},
                  {"hub", "region", read}},
      .flows = {},
      .networks = {},
      .events = {},
      .after = {},
      .make = [](Setup& setup) -> std::unique_ptr<Mechanism> {
        return std::make_unique<EntrepreneurialIntent>(setup);
      }};
  return info;
}

}  // namespace polder::agents
