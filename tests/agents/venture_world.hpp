// SPDX-License-Identifier: Apache-2.0
// Startups with ventures, a few funds and one ministry: a world for facilities, clearance and users.
#pragma once
#include <string>
#include <vector>

#include "tests/agents/small_world.hpp"

namespace polder::agents::test {

/// All instruments work from the first month to the last.
inline void open_windows(Scenario& s) {
  for (auto& spec : s.instruments) spec.start = spec.announced = s.clock.start, spec.end = s.clock.end;
}

/// Startups of the theme ai that do R&D with much money, so that rounds decide little, under all mechanisms
/// that touch ventures.
inline Scenario venture_world(int startups, int months) {
  Scenario s = small_world(startups, months, {});
  for (auto& a : s.kinds[0].attributes) {
    if (a.name == "type") a.start = formula("startup");
    if (a.name == "theme") a.start = formula("ai");
    if (a.name == "rd_performer") a.start = formula("true");
  }
  for (const auto& a : {starts("cash", "3 MEUR"), starts("age", "uniform(0, 90) * 1 month"),
                        starts("rd_spending", "40 kEUR/month"), starts("wage", "5 kEUR/month/person")})
    s.kinds[0].attributes.push_back(a);
  if (startups == 0) s.kinds.erase(s.kinds.begin());
  s.kinds.push_back(polder::test::kind("government", "1", {starts("type", "national")}));
  s.kinds.push_back(polder::test::kind(
      "financier", "6",
      {starts("type", "venture_fund"), starts("fund_size", "60 MEUR"), starts("vintage", "1 months"),
       starts("cash", "60 MEUR"), starts("ticket_min", "0.1 MEUR"), starts("ticket_max", "5 MEUR"),
       starts("last_stage", "series_b")}));
  for (const char* name : {"policy", "instruments", "market", "accounts", "rd_investment", "venture_rounds",
                           "facilities", "clearance", "users"})
    s.mechanisms.push_back(mechanism(name));
  return s;
}

/// A fieldlab in the east that serves all levels, every step of which needs a test.
inline void add_facility(Scenario& s, int capacity, const std::string& opex) {
  s.kinds.push_back(polder::test::kind(
      "facility", "1",
      {starts("region", "east"), starts("theme", "none"), starts("trl_low", "1"), starts("trl_high", "9"),
       starts("capacity", std::to_string(capacity)), starts("fee", "2 kEUR/month"), starts("opex", opex)}));
  for (auto& m : s.mechanisms) {
    if (m.name == "facilities") m = mechanism("facilities", {{"need", "100 %"}});
  }
}

/// One regulator of the theme ai.
inline void add_regulator(Scenario& s, const std::string& staff, const std::string& refusal) {
  s.kinds.push_back(
      polder::test::kind("regulator", "1",
                         {starts("theme", "ai"), starts("staff", staff), starts("refusal", refusal),
                          starts("cost", "24 kEUR"), starts("time", "12 months")}));
}

/// Groups of users of the theme ai.
inline void add_users(Scenario& s, int groups, const std::string& threshold) {
  s.kinds.push_back(polder::test::kind("user", std::to_string(groups),
                                       {starts("theme", "ai"), starts("threshold", threshold)}));
}

/// Money booked under a name since the last yearly sample (no sample is taken in these tests).
inline Cents flow(const Program& program, const State& state, const std::string& name) {
  Cents sum = 0;
  for (std::size_t f = 0; f < program.arm().flows.size(); ++f) {
    if (program.arm().flows[f].instrument == name) sum += state.ledger.year_flows[f];
  }
  return sum;
}

inline std::string mistakes_of(const Scenario& scenario) {
  try {
    compile(scenario, catalogue());
  } catch (const InputError& error) {
    std::string all;
    for (const auto& mistake : error.mistakes()) all += to_string(mistake) + "\n";
    return all;
  }
  return "";
}

}  // namespace polder::agents::test
