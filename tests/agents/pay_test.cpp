// SPDX-License-Identifier: Apache-2.0
#include "agents/talent/pay.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "agents/kinds/kinds.hpp"
#include "agents/talent/talent_market.hpp"
#include "tests/agents/small_world.hpp"

namespace polder::agents::pay_test {
namespace {

using test::formula;
using test::mechanism;
using test::starts;

using Settings = std::vector<std::pair<std::string, std::string>>;

constexpr ReturnOnExperience example{0.0025, 240, 112};

TEST(Pay, is_the_employers_at_the_usual_experience_and_rises_up_to_the_most) {
  EXPECT_DOUBLE_EQ(example.pay(112), 1);
  EXPECT_NEAR(example.pay(0), std::exp(-0.28), 1e-12);
  EXPECT_NEAR(example.pay(240), std::exp(0.32), 1e-12);
  EXPECT_DOUBLE_EQ(example.pay(400), example.pay(240));
  EXPECT_DOUBLE_EQ(ReturnOnExperience{}.pay(77), 1);
}

TEST(Pay, of_those_who_stay_follows_experience_and_the_general_pay) {
  std::vector<double> wages{1000, 1000, 0};
  const std::vector<double> experience{10, 240, 10};
  raise_wages(wages, experience, example, 1.1);
  EXPECT_NEAR(wages[0], 1100 * std::exp(0.0025), 1e-9);
  EXPECT_NEAR(wages[1], 1100, 1e-9);
  EXPECT_EQ(wages[2], 0);
}

/// Firms that pay 4 or 6 kEUR/month whatever happens, with two posts for technical people each, and 600
/// people, some of them PhD candidates or students.
struct World {
  explicit World(const Settings& settings = {})
      : program(compile(scenario(settings), catalogue())), state(found(program, 5, 0)) {}

  static Scenario scenario(const Settings& settings) {
    Scenario s = test::small_world(300, 48, {});
    for (auto& attribute : s.kinds[0].attributes)
      if (attribute.name == "staff") attribute.start = formula("10 persons");
    s.kinds[0].attributes.push_back(starts("rd_staff", "1.4 persons"));
    s.kinds[0].attributes.push_back(
        starts("wage", "if(uniform() < 0.5, 4 kEUR/month/person, 6 kEUR/month/person)"));
    s.kinds.push_back(polder::test::kind(
        "person", "900",
        {starts("type",
                "if(uniform() < 0.1, student, if(uniform() < 0.1, phd, if(uniform() < 0.3, "
                "researcher, engineer)))"),
         starts("at_institute", "type == researcher or type == phd"), starts("field", "ict"),
         starts("origin", "nl"), starts("region", "if(uniform() < 0.5, east, west)"),
         starts("age", "400 months"), starts("experience", "300 months * uniform(0, 1)")}));
    s.kinds.push_back(polder::test::kind("industry", "2", {}));
    s.mechanisms.push_back(mechanism("talent_market", settings));
    return s;
  }

  KindId kind(const char* name) const { return *program.layout().find_kind(name); }
  Table& table(const char* name) { return state.tables[index(kind(name))]; }
  template <class T>
  std::span<T> column(const char* of, const char* name) {
    return table(of).column<T>(*program.layout().kinds[index(kind(of))].find(name));
  }
  double events(const char* name) const {
    const auto& names = program.layout().events;
    const auto at = std::find(names.begin(), names.end(), name);
    return state.events[static_cast<std::size_t>(at - names.begin())];
  }
  /// months: steps. returns: the events of them
  double count(const char* name, int months) {
    double sum = 0;
    for (int month = 0; month < months; ++month) {
      step(program, state);
      sum += events(name);
    }
    return sum;
  }
  /// What the employer of a person offers somebody of that experience.
  double offered(Row person) {
    const bool phd =
        column<std::uint8_t>("person", "type")[person] == static_cast<std::uint8_t>(ActorType::phd);
    const double factor = example.pay(column<double>("person", "experience")[person]);
    if (column<std::uint8_t>("person", "at_institute")[person] != 0)
      return column<double>("industry", "institute_pay")[0] * (phd ? 3850 : 7000 * factor);
    const AgentId employer = column<AgentId>("person", "employer")[person];
    return column<double>("firm", "wage")[table("firm").find(employer)] * factor;
  }

  Program program;
  State state;
};

TEST(Pay, is_agreed_at_hire_and_nobody_without_a_job_has_any) {
  World w;
  const auto check = [&](bool at_start) {
    int agreed = 0;
    for (const Row row : w.table("person").by_id()) {
      const double wage = w.column<double>("person", "wage")[row];
      if (w.column<AgentId>("person", "employer")[row] == nobody) {
        EXPECT_EQ(wage, 0);
      } else if (at_start || w.column<double>("person", "tenure")[row] == 0) {
        EXPECT_NEAR(wage, w.offered(row), 1e-6);
        ++agreed;
      }
    }
    return agreed;
  };
  EXPECT_GT(check(true), 300);
  int hired = 0;
  for (int month = 0; month < 24; ++month) {
    step(w.program, w.state);
    hired += check(false);
  }
  EXPECT_GT(hired, 50);
}

TEST(Pay, rises_with_scarcity_for_those_who_stay_too) {
  World w;
  step(w.program, w.state);
  std::map<AgentId, std::pair<AgentId, double>> before;  // employer and wage
  for (const Row row : w.table("person").by_id())
    before[w.table("person").ids()[row]] = {w.column<AgentId>("person", "employer")[row],
                                            w.column<double>("person", "wage")[row]};
  for (double& pay : w.column<double>("industry", "technical_pay")) pay = 1.2;
  step(w.program, w.state);
  int at_firms = 0, at_institutes = 0;
  for (const Row row : w.table("person").by_id()) {
    const auto found = before.find(w.table("person").ids()[row]);
    if (found == before.end() || w.column<double>("person", "tenure")[row] == 0) continue;
    const AgentId employer = found->second.first;
    const double wage = found->second.second;
    if (employer == nobody || employer != w.column<AgentId>("person", "employer")[row]) continue;
    const bool institute = w.column<std::uint8_t>("person", "at_institute")[row] != 0;
    (institute ? at_institutes : at_firms) += 1;
    const double rise = w.column<double>("person", "wage")[row] / wage / 1.2;
    EXPECT_GE(rise, 1 - 1e-12);
    EXPECT_LE(rise, std::exp(0.0025) + 1e-12);
  }
  EXPECT_GT(at_firms, 100);
  EXPECT_GT(at_institutes, 50);
  EXPECT_NEAR(w.column<double>("industry", "institute_pay")[0], 1.2, 1e-12);
}

TEST(Offers, are_refused_by_those_who_have_a_better_job) {
  const auto changes = [](double paid) {
    World w(Settings{{"job_change", "1 /year"}, {"wage_weight", "3"}});
    for (double& wage : w.column<double>("person", "wage")) wage *= paid;
    return w.count("job_changes", 6);
  };
  const double usual = changes(1), better = changes(4), worse = changes(0.25);
  EXPECT_GT(usual, 40);
  EXPECT_LT(better, 0.3 * usual);  // odds of an offer fall to a 64th
  EXPECT_GT(worse, 1.1 * usual);   // nearly all who see an offer take it
}

TEST(Contacts, are_the_last_employer) {
  World w(Settings{{"job_change", "1 /year"}});
  int moved = 0;
  for (int month = 0; month < 12; ++month) {
    std::map<AgentId, AgentId> before;
    for (const Row row : w.table("person").by_id())
      before[w.table("person").ids()[row]] = w.column<AgentId>("person", "employer")[row];
    step(w.program, w.state);
    for (const Row row : w.table("person").by_id()) {
      const auto was = before.find(w.table("person").ids()[row]);
      if (was == before.end() || was->second == nobody) continue;
      if (w.column<AgentId>("person", "employer")[row] == was->second) continue;
      EXPECT_EQ(w.column<AgentId>("person", "former_employer")[row], was->second);
      ++moved;
    }
  }
  EXPECT_GT(moved, 50);
}

TEST(Contacts, make_a_post_of_the_last_employer_seen_and_preferred) {
  /// Hires that a firm with open posts for all gets, of all, in a month. contacts: everybody worked there
  const auto share = [](const char* weight, bool contacts) {
    World w(Settings{{"job_change", "1 /year"}, {"contact_weight", weight}, {"recruitment", "0 %"}});
    const auto firm = w.table("firm").by_id().front();
    w.column<double>("firm", "rd_staff")[firm] = 500;
    if (contacts)
      for (AgentId& former : w.column<AgentId>("person", "former_employer"))
        former = w.table("firm").ids()[firm];
    const double before = w.column<double>("firm", "technical_staff")[firm];
    const double hires = w.count("hires", 1);
    EXPECT_GT(hires, 40);
    const double there = w.column<double>("firm", "technical_staff")[firm] - before;
    EXPECT_EQ(w.events("contact_hires") > 0, contacts);
    return there / hires;
  };
  const double unknown = share("0.5", false), seen = share("0", true), preferred = share("3", true);
  EXPECT_LT(unknown, 0.1);  // few see the firm among all
  EXPECT_GT(preferred, 0.5);
  EXPECT_GT(preferred, seen + 0.3);
}

TEST(Posts, are_filled_by_those_who_say_they_work_there) {
  World w(Settings{{"job_change", "1 /year"}});
  for (int month = 0; month < 24; ++month) step(w.program, w.state);
  std::map<AgentId, double> staff, candidates;
  for (const Row row : w.table("person").by_id()) {
    const bool phd =
        w.column<std::uint8_t>("person", "type")[row] == static_cast<std::uint8_t>(ActorType::phd);
    (phd ? candidates : staff)[w.column<AgentId>("person", "employer")[row]] +=
        w.table("person").weights()[row];
  }
  for (const char* kind : {"firm", "institute"})
    for (const Row row : w.table(kind).by_id())
      EXPECT_NEAR(w.column<double>(kind, "technical_staff")[row] * w.table(kind).weights()[row],
                  staff[w.table(kind).ids()[row]], 1e-6);
  for (const Row row : w.table("institute").by_id())
    EXPECT_NEAR(w.column<double>("institute", "phd_staff")[row], candidates[w.table("institute").ids()[row]],
                1e-6);
}

}  // namespace
}  // namespace polder::agents::pay_test
