// SPDX-License-Identifier: Apache-2.0
#include "tools/describe.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/calendar.hpp"
#include "engine/expression/expression.hpp"

namespace polder::tools {

namespace {

std::string text_of(const char* text) {
  return text == nullptr ? std::string() : std::string(text);
}

/// `low to high`, `at least low`, or nothing.
std::string range_of(const std::string& low, const std::string& high) {
  if (low.empty() && high.empty()) return {};
  if (high.empty()) return "at least " + low;
  if (low.empty()) return "at most " + high;
  return fmt::format("{} to {}", low, high);
}

/// missing: what stands for a field without a default.
TextTable field_table(const std::vector<FieldInfo>& fields, const char* missing) {
  TextTable table({{"Name"}, {"Unit"}, {"Default"}, {"Range"}, {"Meaning"}, {"Source"}});
  for (const FieldInfo& field : fields) {
    const std::string standard = text_of(field.default_value);
    table.add({text_of(field.name), text_of(field.unit), standard.empty() ? missing : standard,
               range_of(text_of(field.low), text_of(field.high)), text_of(field.meaning),
               text_of(field.source)});
  }
  return table;
}

const char* name_of(ColumnType type) {
  switch (type) {
    case ColumnType::number:
      return "number";
    case ColumnType::money:
      return "money";
    case ColumnType::integer:
      return "whole number";
    case ColumnType::flag:
      return "flag";
    case ColumnType::category:
      return "category";
    case ColumnType::id:
      return "id";
    case ColumnType::vector:
      return "vector";
  }
  return "";
}

std::string type_of(const AttributeInfo& attribute) {
  if (attribute.type == ColumnType::vector) return fmt::format("vector of {}", attribute.size);
  if (attribute.type == ColumnType::id) return fmt::format("id of a {}", text_of(attribute.target));
  if (attribute.type == ColumnType::money && attribute.account) return "account";
  return name_of(attribute.type);
}

const char* name_of(Access access) {
  switch (access) {
    case Access::read:
      return "reads";
    case Access::write:
      return "writes";
    case Access::add:
      return "adds to";
  }
  return "";
}

std::string title_of(const std::string& en, const std::string& nl, Language language) {
  return language == Language::nl && !nl.empty() ? nl : en;
}

std::string value_of(const Setting& setting) {
  std::vector<std::string> values;
  for (const FormulaText& value : setting.values) values.push_back(value.text);
  return setting.is_list ? fmt::format("[{}]", fmt::join(values, ", "))
                         : fmt::format("{}", fmt::join(values, ", "));
}

}  // namespace

std::vector<Topic> mechanism_topics(const Catalogue& catalogue) {
  std::vector<Topic> topics;
  for (const MechanismInfo& m : catalogue.mechanisms)
    topics.push_back({m.name, text_of(m.sentence), text_of(m.family), text_of(m.source)});
  return topics;
}

std::vector<Topic> kind_topics(const Catalogue& catalogue) {
  std::vector<Topic> topics;
  for (const KindInfo& kind : catalogue.kinds)
    topics.push_back({kind.name, text_of(kind.meaning), kind.scaled ? "scaled" : "at 1:1"});
  return topics;
}

std::vector<Topic> form_topics(const Catalogue& catalogue) {
  std::vector<Topic> topics;
  for (const FormInfo& form : catalogue.forms) topics.push_back({form.name, text_of(form.meaning), {}});
  return topics;
}

std::vector<Topic> function_topics() {
  std::vector<Topic> topics;
  for (const auto& function : expression::functions())
    topics.push_back({function.name, function.meaning, function.signature});
  return topics;
}

std::vector<Topic> instrument_topics(const Scenario& scenario, Language language) {
  std::vector<Topic> topics;
  for (const InstrumentSpec& i : scenario.instruments)
    topics.push_back({i.id, title_of(i.title, i.title_nl, language), i.form});
  return topics;
}

std::vector<Topic> indicator_topics(const Scenario& scenario, Language language) {
  std::vector<Topic> topics;
  for (const IndicatorSpec& i : scenario.indicators) {
    const std::string title = title_of(i.title_en, i.title_nl, language);
    topics.push_back({i.id, i.unit.empty() ? title : fmt::format("{} [{}]", title, i.unit),
                      i.annex > 0 ? std::to_string(i.annex) : std::string()});
  }
  return topics;
}

Document describe(const MechanismInfo& mechanism) {
  Document page(mechanism.name);
  page.entry("Does", text_of(mechanism.sentence));
  page.entry("Family", text_of(mechanism.family));
  page.entry("Equation", text_of(mechanism.equation));
  page.entry("Source", text_of(mechanism.source));
  page.entry("Ignores", text_of(mechanism.ignores));
  page.table("Fields", field_table(mechanism.fields, "(required)"));
  TextTable columns({{"Access"}, {"Column"}});
  for (const ColumnUse& use : mechanism.columns)
    columns.add({name_of(use.access), fmt::format("{}.{}", use.kind, use.column)});
  page.table("Columns", std::move(columns));
  TextTable flows({{"Flow"}, {"Payer"}, {"Receiver"}});
  for (const FlowUse& flow : mechanism.flows)
    flows.add({text_of(flow.name), text_of(flow.payer), text_of(flow.receiver)});
  page.table("Money", std::move(flows));
  page.entry("Networks", fmt::format("{}", fmt::join(mechanism.networks, ", ")));
  page.entry("Events", fmt::format("{}", fmt::join(mechanism.events, ", ")));
  page.entry("After", fmt::format("{}", fmt::join(mechanism.after, ", ")));
  return page;
}

Document describe(const KindInfo& kind) {
  Document page(kind.name);
  page.entry("Is", text_of(kind.meaning));
  page.entry("Number", kind.scaled ? "scaled: an agent stands for 1/scale real ones"
                                   : "every real one is an agent, at any scale");
  TextTable attributes({{"Attribute"}, {"Type"}, {"Unit"}, {"Start"}, {"Meaning"}, {"Labels"}});
  for (const AttributeInfo& a : kind.attributes) {
    std::string labels = text_of(a.labels);
    for (std::size_t at = 0; (at = labels.find('|', at)) != std::string::npos; at += 2)
      labels.replace(at, 1, ", ");
    attributes.add({text_of(a.name), type_of(a), text_of(a.unit), text_of(a.start), text_of(a.meaning),
                    std::move(labels)});
  }
  page.table("Attributes", std::move(attributes));
  return page;
}

Document describe(const FormInfo& form) {
  Document page(form.name);
  page.entry("Is", text_of(form.meaning));
  page.table("Keys", field_table(form.fields, ""));
  return page;
}

Document describe(const InstrumentSpec& instrument, Language language) {
  Document page(instrument.id);
  page.entry("Title", title_of(instrument.title, instrument.title_nl, language));
  page.entry("Form", instrument.form);
  page.entry("Payer", instrument.payer);
  page.entry("Window", fmt::format("{} to {}, announced {}", to_string(instrument.start),
                                   to_string(instrument.end), to_string(instrument.announced)));
  page.entry("Source", instrument.source);
  TextTable settings({{"Key"}, {"Value"}});
  for (const Setting& setting : instrument.settings) settings.add({setting.key, value_of(setting)});
  page.table("Settings", std::move(settings));
  return page;
}

Document describe(const IndicatorSpec& indicator, Language language) {
  Document page(indicator.id);
  page.entry("Title", title_of(indicator.title_en, indicator.title_nl, language));
  if (indicator.annex > 0) page.entry("Annex", std::to_string(indicator.annex));
  page.entry("Category", indicator.category);
  page.entry("Class", indicator.indicator_class);
  page.entry("Unit", indicator.unit);
  page.entry("Definition", indicator.definition);
  page.entry("Formula", indicator.value.text);
  page.entry("By", fmt::format("{}", fmt::join(indicator.by, ", ")));
  page.entry("Every", indicator.every == 1 ? "month" : fmt::format("{} months", indicator.every));
  page.entry("Source", indicator.source);
  return page;
}

Document describe_function(std::string_view name) {
  std::vector<std::string> names;
  for (const auto& function : expression::functions()) {
    if (function.name == name) {
      Document page(function.name);
      page.entry("Use", function.signature);
      page.entry("Is", function.meaning);
      return page;
    }
    names.push_back(function.name);
  }
  throw InputError(Mistake{
      {}, "polder describe function", std::string(name), "the name of a function", nearest(name, names)});
}

}  // namespace polder::tools
