// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/prototypes.hpp"

#include <algorithm>
#include <map>
#include <memory>

namespace polder::agents {

bool may_build(std::int64_t level, double last_level, VentureStage stage, double done) {
  return done <= 0 && level >= 1 && static_cast<double>(level) <= last_level && stage <= VentureStage::seed;
}

namespace {

class Prototypes final : public Mechanism {
 public:
  explicit Prototypes(Setup& setup);
  void step(Turn& turn) const override;

 private:
  std::map<AgentId, double> awarded(Turn& turn) const;

  KindId venture_, project_, firm_;
  Handle<AgentId> coordinator_, venture_firm_;
  Handle<std::int64_t> members_, trl_;
  Handle<double> units_, award_, months_left_, prototype_;
  Handle<std::uint8_t> stage_, repaying_;
  std::size_t event_;
  double chance_, last_level_, least_;
  Purpose work_;
};

Prototypes::Prototypes(Setup& s)
    : venture_(s.kind("venture")),
      project_(s.kind("project")),
      firm_(s.kind("firm")),
      coordinator_(s.column<AgentId>("project", "coordinator")),
      venture_firm_(s.column<AgentId>("venture", "firm")),
      members_(s.column<std::int64_t>("project", "members")),
      trl_(s.column<std::int64_t>("venture", "trl")),
      units_(s.column<double>("project", "units")),
      award_(s.column<double>("project", "award")),
      months_left_(s.column<double>("project", "months_left")),
      prototype_(s.column<double>("venture", "prototype")),
      stage_(s.column<std::uint8_t>("venture", "stage")),
      repaying_(s.column<std::uint8_t>("project", "repaying")),
      event_(s.event("prototypes")),
      chance_(s.parameter("chance")),
      last_level_(s.parameter("last_level")),
      least_(s.parameter("least")),
      work_(s.purpose("work")) {}

/// Firms that run an award of their own which is large enough, and the part of the real firms that do.
std::map<AgentId, double> Prototypes::awarded(Turn& turn) const {
  const auto coordinator = turn.read(coordinator_);
  const auto members = turn.read(members_);
  const auto units = turn.read(units_), award = turn.read(award_), left = turn.read(months_left_);
  const auto repaying = turn.read(repaying_);
  const Table& firms = turn.table(firm_);
  std::map<AgentId, double> parts;
  for (const Row row : turn.table(project_).by_id()) {
    if (members[row] != 1 || repaying[row] != 0 || left[row] <= 0 || award[row] < least_ * units[row])
      continue;
    if (const Row firm = firms.find(coordinator[row]); firm != no_row)
      parts[coordinator[row]] += units[row] / firms.weights()[firm];
  }
  return parts;
}

void Prototypes::step(Turn& turn) const {
  const Table& ventures = turn.table(venture_);
  const std::map<AgentId, double> parts = awarded(turn);
  const auto prototype = turn.write(prototype_);
  const auto trl = turn.read(trl_);
  const auto stage = turn.read(stage_);
  const auto firm = turn.read(venture_firm_);
  for (const Row row : ventures.by_id()) {
    if (prototype[row] == 1) prototype[row] = 2;
    if (!may_build(trl[row], last_level_, static_cast<VentureStage>(stage[row]), prototype[row])) continue;
    const auto part = parts.find(firm[row]);
    if (part == parts.end()) continue;
    const double chance = chance_ * std::min(1.0, part->second);
    if (uniform(turn.key(work_), ventures.ids()[row], turn.step()) >= chance) continue;
    prototype[row] = 1;
    turn.event(event_, ventures.weights()[row]);
  }
}

}  // namespace

const MechanismInfo& prototypes_mechanism() {
  using enum Access;
  static const MechanismInfo info{
      .name = "prototypes",
      .family = "funding",
      .sentence =
          "A first public award lets a young venture build a prototype that tells investors its worth",
      .equation = "works with chance b a month, once, up to a level and before a series A; then a signal",
      .source = "Howell 2017 (prototypes, no certification; no effect of large second grants)",
      .ignores = "prototypes paid from own money, which milestones stand for",
      .fields = {{"chance", "1", "8 %", "0", "1", "chance that a prototype works in a month of the award",
                  "assumption: about a year"},
                 {"last_level", "1", "5", "1", "9", "readiness level up to which a prototype is the first",
                  "assumption"},
                 {"least", "EUR", "40 kEUR", "0 EUR", "100 MEUR", "smallest award that pays a prototype",
                  "assumption; 150,000 dollars in Howell 2017"}},
      .columns = {{"project", "coordinator", read},
                  {"project", "members", read},
                  {"project", "units", read},
                  {"project", "award", read},
                  {"project", "months_left", read},
                  {"project", "repaying", read},
                  {"venture", "firm", read},
                  {"venture", "trl", read},
                  {"venture", "stage", read},
                  {"venture", "prototype", write}},
      .flows = {},
      .networks = {},
      .events = {"prototypes"},
      .after = {"instruments"},
      .make = [](Setup& setup) -> std::unique_ptr<Mechanism> { return std::make_unique<Prototypes>(setup); }};
  return info;
}

}  // namespace polder::agents
