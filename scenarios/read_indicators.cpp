// SPDX-License-Identifier: Apache-2.0
#include "scenarios/sections.hpp"

namespace polder::scenarios {

namespace {

/// The strategy's annex has 50 indicators.
constexpr std::uint64_t last_annex = 50;

IndicatorSpec read_indicator(const Node& item, const std::string& path, Reading& reading) {
  const Fields fields(item, path, indicator_keys(), reading.mistakes);
  IndicatorSpec spec;
  spec.mark = item.mark;
  spec.id = fields.word("id");
  if (const auto annex = fields.integer("annex")) {
    if (*annex >= 1 && *annex <= last_annex) {
      spec.annex = static_cast<int>(*annex);
    } else {
      fields.refuse("annex", "1 to 50");
    }
  }
  spec.category = fields.choice("category");
  spec.indicator_class = fields.choice("class");
  const Title title = fields.title("title");
  spec.title_en = title.en;
  spec.title_nl = title.nl;
  spec.definition = fields.text("definition");
  spec.unit = fields.unit("unit");
  spec.source = fields.text("source");
  spec.value = fields.formula("value");
  spec.by = fields.words("by");
  spec.every = fields.cadence("every").value_or(12);
  if (fields.choice("period") == "mean") spec.period = IndicatorSpec::Period::mean;
  return spec;
}

}  // namespace

void read_indicators(const Fields& file, Reading& reading) {
  const Node* indicators = file.node("indicators");
  if (!indicators) return;
  if (!indicators->is_list()) {
    refuse_type(*indicators, "indicators", "a list of indicators, each with an id", reading.mistakes);
    return;
  }
  for (std::size_t i = 0; i < indicators->items.size(); ++i) {
    const Node& item = indicators->items[i];
    reading.scenario.indicators.push_back(read_indicator(item, thing_path("indicators", item, i), reading));
  }
}

}  // namespace polder::scenarios
