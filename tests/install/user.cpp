// SPDX-License-Identifier: Apache-2.0
// Runs a scenario held in a string, without the command.
#include <cstdio>

#include <agents/registry.hpp>
#include <engine/program.hpp>
#include <output/effects.hpp>
#include <scenarios/reader.hpp>

int main() {
  const char* text = R"(
polder: 1
name: tiny
clock: {start: 2020-01, end: 2020-12}
actors:
  shop:
    found: {count: 10}
    attributes:
      sales: {start: 1}
rules:
  - id: grow
    who: shop
    do:
      - multiply: {sales: 1.1}
indicators:
  - {id: sales, value: sum(shop.sales), every: year}
)";
  const polder::Catalogue catalogue = polder::agents::catalogue();
  const polder::Scenario scenario = polder::scenarios::read_text(text, {}, {}, catalogue);
  const auto result = polder::run(polder::compile(scenario, catalogue), scenario.seed, 0);
  const double sales = result->values.at(0).at(0);
  std::printf("%f %zu\n", sales, polder::output::least_pairs);
  return sales > 31.3 && sales < 31.4 ? 0 : 1;  // 10 * 1.1^12 = 31.384
}
