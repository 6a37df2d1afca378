// SPDX-License-Identifier: Apache-2.0
// A small world with one ministry and some instruments, for tests of the forms.
#pragma once
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/agents/small_world.hpp"

namespace polder::agents::test {

/// Firms with R&D of 20 kEUR a month, institutes, one ministry and one venture fund; 60 months.
inline Scenario world(std::vector<InstrumentSpec> instruments, int months = 60) {
  Scenario s = small_world(300, months, {});
  s.mechanisms = {mechanism("policy"), mechanism("instruments")};
  for (auto& a : s.kinds[0].attributes) {
    if (a.name == "theme") a.start = polder::test::formula("if(region == east, ai, none)");
  }
  for (const auto& a : {starts("rd_plan", "if(rd_performer, 20 kEUR/month, 0 EUR/month)"),
                        starts("rd_spending", "if(rd_performer, 20 kEUR/month, 0 EUR/month)"),
                        starts("rd_hours", "if(rd_performer, 500 h/month, 0 h/month)"),
                        starts("cash", "1 MEUR"), starts("age", "100 months")})
    s.kinds[0].attributes.push_back(a);
  s.kinds[1].attributes.push_back(starts("research_budget", "400 kEUR/month"));
  KindSpec ministry = polder::test::kind("government", "1", {starts("type", "national")});
  KindSpec fund = polder::test::kind(
      "financier", "3",
      {starts("type", "venture_fund"), starts("fund_size", "30 MEUR"), starts("vintage", "1 months"),
       starts("cash", "30 MEUR"), starts("ticket_min", "0.1 MEUR"), starts("ticket_max", "3 MEUR")});
  s.kinds.push_back(ministry);
  s.kinds.push_back(fund);
  for (auto& spec : instruments) {
    if (spec.start == Month{}) spec.start = s.clock.start;
    if (spec.end == Month{}) spec.end = s.clock.end;
    spec.announced = spec.start;
  }
  s.instruments = std::move(instruments);
  return s;
}

inline Cents flow(const Program& program, const State& state, const std::string& name,
                  const std::string& receiver) {
  Cents sum = 0;
  for (std::size_t f = 0; f < program.arm().flows.size(); ++f) {
    const auto& column = program.arm().flows[f];
    if (column.instrument == name && (receiver.empty() || column.receiver == receiver))
      sum += state.ledger.year_flows[f];
  }
  return sum;
}

inline State run_all(const Program& program, int months) {
  State state = found(program, 3, 0);
  const Cents before = total_money(program, state);
  for (int m = 0; m < months; ++m) step(program, state);
  EXPECT_EQ(total_money(program, state), before);
  return state;
}

}  // namespace polder::agents::test
