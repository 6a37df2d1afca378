// SPDX-License-Identifier: Apache-2.0
// Stage of `compile`: mechanisms get their handles and numbers.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <stdexcept>

#include "engine/building.hpp"

namespace polder {

namespace {

/// `a value from 0 to 2`, `a value of at least 1 km`.
std::string range_of(const FieldInfo& field) {
  const auto with_unit = [&](std::string bound) {
    const bool plain = bound.find_first_not_of("0123456789.-") == std::string::npos;
    return plain && std::string_view(field.unit) != "1" ? fmt::format("{} {}", bound, field.unit) : bound;
  };
  const std::string low = with_unit(field.low), high = with_unit(field.high);
  if (*field.high == 0) return fmt::format("a value of at least {}", low);
  if (*field.low == 0) return fmt::format("a value of at most {}", high);
  return fmt::format("a value from {} to {}", low, high);
}

class MechanismSetup final : public Setup {
 public:
  MechanismSetup(Building& building, const MechanismSpec& spec, const MechanismInfo& info)
      : building_(building), spec_(spec), info_(info) {}

  const Layout& layout() const override { return building_.program.layout; }
  const Scenario& scenario() const override { return building_.scenario; }
  Mistakes& mistakes() override { return building_.mistakes; }

  double parameter(std::string_view name) override {
    const auto field = std::find_if(info_.fields.begin(), info_.fields.end(),
                                    [&](const FieldInfo& f) { return f.name == name; });
    if (field == info_.fields.end())
      throw std::logic_error(fmt::format("{} has no field {}", info_.name, name));
    const std::string path = fmt::format("mechanisms.{}.{}", spec_.name, name);
    const Setting* setting = find_setting(spec_.settings, name);
    FormulaText text{field->default_value, {}, path};
    if (setting != nullptr && !setting->values.empty()) text = setting->values.front();
    if (text.empty()) {
      mistakes().add(spec_.mark, path, "nothing",
                     fmt::format("a value in {}: {}", field->unit, field->meaning));
      return 0;
    }
    const auto value = read(text, *field);
    if (!value) return 0;
    const auto low = bound(field->low, *field), high = bound(field->high, *field);
    if ((low && *value < *low) || (high && *value > *high))
      mistakes().add(text.mark, text.path, text.text,
                     fmt::format("{}: {}", range_of(*field), field->meaning));
    return *value;
  }

  KindId kind(std::string_view name) override {
    const auto id = layout().find_kind(name);
    if (!id)
      throw std::logic_error(
          fmt::format("{} uses kind {} without declaring a column of it", info_.name, name));
    return *id;
  }

  ColumnId column_id(std::string_view kind_name, std::string_view column) override {
    const bool declared = std::any_of(info_.columns.begin(), info_.columns.end(), [&](const ColumnUse& use) {
      return use.kind == kind_name && use.column == column;
    });
    const auto id = layout().kinds[index(kind(kind_name))].find(column);
    if (!declared || !id)
      throw std::logic_error(fmt::format("{} does not declare {}.{}", info_.name, kind_name, column));
    return *id;
  }

  FlowId flow(std::string_view name, std::string_view payer, std::string_view receiver) override {
    return building_.flow({std::string(name), building_.account_ref(std::string(payer)),
                           building_.account_ref(std::string(receiver)), false});
  }
  FlowId instrument_flow(std::string_view instrument, std::string_view payer,
                         std::string_view receiver) override {
    return building_.flow({std::string(instrument), building_.account_ref(std::string(payer)),
                           building_.account_ref(std::string(receiver)), true});
  }
  std::size_t network(std::string_view name) override { return building_.network(std::string(name)); }
  std::size_t event(std::string_view name) override { return building_.event(std::string(name)); }
  Purpose purpose(std::string_view what) override { return purpose_of(info_.name, what); }

  expression::Compiler compiler(std::string_view self_kind, std::string_view owner) override {
    expression::Scope scope;
    scope.layout = &building_.program.layout;
    scope.self = kind(self_kind);
    scope.owner = std::string(owner);
    return expression::Compiler(scope, building_.mistakes);
  }
  void reads(const expression::Code& code) override { add_reads(code, touches_); }

  std::uint8_t label(std::string_view label_set, std::string_view label) override {
    const Labels* labels = layout().find_labels(label_set);
    const auto at = labels != nullptr ? labels->find(label) : std::nullopt;
    if (!at) {
      mistakes().add(spec_.mark, "mechanisms." + spec_.name, std::string(label),
                     fmt::format("a label of {}", label_set),
                     labels != nullptr ? nearest(label, labels->items) : "");
    }
    return static_cast<std::uint8_t>(at.value_or(0));
  }

  const Labels& labels(std::string_view kind_name, std::string_view column) override {
    const auto* l =
        layout().kinds[index(kind(kind_name))].columns[index(column_id(kind_name, column))].labels;
    if (l == nullptr) throw std::logic_error(fmt::format("{}.{} is no category", kind_name, column));
    return *l;
  }

  std::vector<ColumnTouch> touches() {
    for (const ColumnUse& use : info_.columns) {
      const auto kind_id = kind(use.kind);
      const auto touch = use.access == Access::read    ? Touch::read
                         : use.access == Access::write ? Touch::set
                                                       : Touch::add;
      touches_.push_back({kind_id, column_id(use.kind, use.column), touch});
    }
    return std::move(touches_);
  }

 private:
  /// Value of a field in base units; nothing after a mistake.
  std::optional<double> read(const FormulaText& text, const FieldInfo& field) {
    const std::size_t before = mistakes().list().size();
    const Constant c = expression::evaluate_constant(text, layout(), std::nullopt, mistakes());
    if (mistakes().list().size() > before) return std::nullopt;
    const auto unit = parse_unit(field.unit).value_or(Unit{});
    if (c.dimension == unit.dimension) return c.value;
    if (c.dimension.is_none() && text.mark.file.empty()) return c.value * unit.factor;  // from our tables
    mistakes().add(text.mark, text.path, text.text, fmt::format("a value in {}", field.unit));
    return std::nullopt;
  }

  /// A bound from our tables; nothing when there is none.
  std::optional<double> bound(const char* text, const FieldInfo& field) {
    if (*text == 0) return std::nullopt;
    return read({text, {}, spec_.name}, field);
  }

  Building& building_;
  const MechanismSpec& spec_;
  const MechanismInfo& info_;
  std::vector<ColumnTouch> touches_;
};

}  // namespace

void compile_mechanisms(Building& building) {
  auto& program = building.program;
  for (std::size_t m = 0; m < building.chosen.size(); ++m) {
    const auto* info = building.chosen[m];
    if (info == nullptr) continue;
    const auto& spec = building.scenario.mechanisms[m];
    MechanismSetup setup(building, spec, *info);
    program.mechanisms.push_back(info->make(setup));
    std::vector<std::string> after(info->after.begin(), info->after.end());
    program.part_infos.push_back(
        {info->name, info->family, setup.touches(), after, spec.mark, "mechanisms." + spec.name});
    program.parts.push_back({info->name, program.mechanisms.back().get(), 0});
  }
}

}  // namespace polder
