// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "engine/batch.hpp"
#include "engine/building.hpp"

namespace polder {

const KindInfo* Building::find_kind_info(std::string_view name) const {
  for (const auto& kind : catalogue.kinds)
    if (kind.name == name) return &kind;
  return nullptr;
}

const MechanismInfo* Building::find_mechanism_info(std::string_view name) const {
  for (const auto& mechanism : catalogue.mechanisms)
    if (mechanism.name == name) return &mechanism;
  return nullptr;
}

namespace {

std::size_t find_or_add(std::vector<std::string>& names, const std::string& name) {
  const auto at = std::find(names.begin(), names.end(), name);
  if (at != names.end()) return static_cast<std::size_t>(at - names.begin());
  names.push_back(name);
  return names.size() - 1;
}

void choose_mechanisms(Building& building) {
  std::vector<std::string> names;
  for (const auto& m : building.catalogue.mechanisms) names.emplace_back(m.name);
  for (const auto& spec : building.scenario.mechanisms) {
    const auto* info = building.find_mechanism_info(spec.name);
    building.chosen.push_back(info);
    if (info == nullptr) {
      building.mistakes.add(spec.mark, "mechanisms", spec.name, "a mechanism of `polder describe mechanism`",
                            nearest(spec.name, names));
    }
  }
}

void name_shared_things(Building& building) {
  auto& program = building.program;
  for (const auto& n : building.scenario.networks) building.network(n.name);
  for (const auto& a : building.scenario.accounts) building.account(a);
  for (const auto& rule : building.scenario.rules) building.event(rule.id);
  for (const auto* info : building.chosen) {
    if (info == nullptr) continue;
    for (const auto* n : info->networks) building.network(n);
    for (const auto* e : info->events) building.event(e);
  }
  for (const auto& instrument : building.scenario.instruments) {
    program.instrument_events.emplace_back(building.event("applications/" + instrument.id),
                                           building.event("awards/" + instrument.id));
    program.arm.instruments.push_back({instrument.id, instrument.title, instrument.form, instrument.payer});
  }
  program.network_keep.assign(program.layout.networks.size(), 1.0F);
  for (const auto& n : building.scenario.networks) {
    if (n.decay.empty()) continue;
    const Constant decay =
        expression::evaluate_constant(n.decay, program.layout, dimension::rate, building.mistakes);
    program.network_keep[building.network(n.name)] = static_cast<float>(1.0 - decay.value);
  }
}

}  // namespace

std::size_t Building::event(const std::string& name) {
  return find_or_add(program.layout.events, name);
}
std::size_t Building::account(const std::string& name) {
  return find_or_add(program.named_accounts, name);
}
std::size_t Building::network(const std::string& name) {
  return find_or_add(program.layout.networks, name);
}

FlowId Building::flow(const FlowInfo& info) {
  auto& flows = program.flows;
  const auto at = std::find_if(flows.begin(), flows.end(), [&](const FlowInfo& f) {
    return f.instrument == info.instrument && f.payer == info.payer && f.receiver == info.receiver;
  });
  if (at != flows.end()) return static_cast<FlowId>(at - flows.begin());
  flows.push_back(info);
  return static_cast<FlowId>(flows.size() - 1);
}

AccountRef Building::account_ref(const std::string& text) {
  const auto dot = text.find('.');
  const std::string kind_name = text.substr(0, dot);
  if (const auto kind = program.layout.find_kind(kind_name)) {
    const auto& k = program.layout.kinds[index(*kind)];
    const auto column =
        dot == std::string::npos ? program.account_columns[index(*kind)] : k.find(text.substr(dot + 1));
    if (column) return {kind, *column, 0, kind_name};
  }
  return {std::nullopt, ColumnId{}, account(text), text};
}

void add_reads(const expression::Code& code, std::vector<ColumnTouch>& touches) {
  for (const auto& read : code.reads) touches.push_back({read.kind, read.column, Touch::read});
  for (const auto& aggregate : code.aggregates) add_reads(aggregate.code, touches);
}

std::optional<KindChoice> choose_kind(const Layout& layout, std::string_view name) {
  if (const auto kind = layout.find_kind(name)) return KindChoice{*kind, std::nullopt, 0};
  // Types of families share one label set; the family whose founders may carry the type is found by the name
  // of its kind.
  std::optional<KindChoice> choice;
  for (std::size_t k = 0; k < layout.kinds.size(); ++k) {
    const auto column = layout.kinds[k].find("type");
    if (!column) continue;
    const auto* labels = layout.kinds[k].columns[index(*column)].labels;
    const auto label = labels != nullptr ? labels->find(name) : std::nullopt;
    if (label && !choice)
      choice = KindChoice{static_cast<KindId>(k), column, static_cast<std::uint8_t>(*label)};
  }
  return choice;
}

std::vector<std::string> kind_names(const Layout& layout) {
  std::vector<std::string> names;
  for (const auto& kind : layout.kinds) names.push_back(kind.name);
  return names;
}

void compile_schedule(Building& building) {
  auto& program = building.program;
  std::vector<std::string> known;
  for (const auto& part : building.program.part_infos) known.push_back(part.name);
  for (const auto& m : building.catalogue.mechanisms) known.emplace_back(m.name);
  for (auto& part : building.program.part_infos) {
    std::sort(part.touches.begin(), part.touches.end());
    part.touches.erase(std::unique(part.touches.begin(), part.touches.end()), part.touches.end());
  }
  const auto name = [&](KindId k, ColumnId c) { return building.column_name(k, c); };
  program.schedule = derive_schedule(building.program.part_infos, known, name, building.mistakes);
}

Program compile(const Scenario& scenario, const Catalogue& catalogue) {
  auto impl = std::make_unique<Program::Impl>();
  impl->scenario = scenario;
  Mistakes mistakes;
  Building building{impl->scenario, catalogue, *impl, mistakes, {}};
  impl->num_steps =
      static_cast<std::uint32_t>(scenario.clock.burn_in + (scenario.clock.end - scenario.clock.start) + 1);
  compile_labels(building);
  compile_parameters(building);
  choose_mechanisms(building);
  name_shared_things(building);
  compile_kinds(building);
  const bool complete = mistakes.empty();
  check_parameters(building);
  if (!complete) mistakes.throw_if_any();  // what follows resolves names against complete kinds
  compile_founding(building);
  compile_rules(building);
  compile_mechanisms(building);
  compile_schedule(building);
  compile_probes(building);
  mistakes.throw_if_any();
  impl->batches = derive_batches(*impl);
  return Program(std::move(impl));
}

Program::Program(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Program::~Program() = default;
Program::Program(Program&&) noexcept = default;
Program& Program::operator=(Program&&) noexcept = default;
const Scenario& Program::scenario() const {
  return impl_->scenario;
}
const Layout& Program::layout() const {
  return impl_->layout;
}
const ArmInfo& Program::arm() const {
  return impl_->arm;
}
std::uint32_t Program::num_steps() const {
  return impl_->num_steps;
}
std::uint32_t Program::burn_in() const {
  return static_cast<std::uint32_t>(impl_->scenario.clock.burn_in);
}

std::string Program::describe_schedule() const {
  const auto& layout = impl_->layout;
  return describe(impl_->schedule, impl_->part_infos, [&](KindId k, ColumnId c) {
    return layout.kinds[index(k)].name + "." + layout.kinds[index(k)].columns[index(c)].name;
  });
}

}  // namespace polder
