// SPDX-License-Identifier: Apache-2.0
#include "agents/knowledge/partners_abroad.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/agents/small_world.hpp"

namespace polder::agents::partners_abroad_test {
namespace {

using test::starts;
using test::total;

TEST(PartnersAbroad, give_the_share_that_they_were_found_for) {
  for (const double share : {0.01, 0.446, 0.664, 0.99})
    EXPECT_NEAR(joint_share(partners_for(share, 2), 2), share, 1e-12);
  EXPECT_DOUBLE_EQ(joint_share(0, 2), 0);
  EXPECT_LT(joint_share(1e6, 2), 1 + 1e-12);
}

/// The growth from 2003 to 2015 carries the share from 59.8 % in 2015 to about that of 2020, 66.4 %.
TEST(PartnersAbroad, grow_as_the_series_before_the_test_years) {
  const double growth = std::log(partners_for(0.598, 1) / partners_for(0.446, 1)) / 12;
  EXPECT_NEAR(growth, 0.036, 0.001);
  EXPECT_NEAR(joint_share(partners_for(0.598, 1) * std::exp(5 * 0.036), 1), 0.664, 0.005);
}

struct Shares {
  double in_burn_in = 0, after = 0;
};

/// Joint share of articles in the burn-in and in the fifth year after it.
Shares joint_articles(const std::string& growth, const std::string& fading = "2 %/month") {
  constexpr int burn_in = 24, months = 84;
  Scenario s = test::small_world(50, months, {"market", "accounts", "rd_investment", "research"});
  s.clock.burn_in = burn_in;
  for (auto& a : s.kinds[1].attributes)
    if (a.name == "researchers") a.start = test::formula("2000 persons");
  s.kinds[1].attributes.push_back(starts("basic_share", "0.6"));
  s.networks.push_back({"projects", {}});
  s.mechanisms.push_back(
      test::mechanism("partners_abroad", {{"usual_share", "60 %"}, {"growth", growth}, {"fading", fading}}));
  const auto program = compile(s, catalogue());
  State state = found(program, 3, 0);
  Shares seen;
  double articles = 0, all = 0;
  for (int month = 0; month < months; ++month) {
    step(program, state);
    if (month == 0 || month == burn_in || month == months - 12) articles = all = 0;
    articles += total(program, state, "institute", "articles_abroad");
    all += total(program, state, "institute", "publications");
    if (month < burn_in) seen.in_burn_in = articles / all;
    seen.after = articles / all;
  }
  return seen;
}

TEST(PartnersAbroad, stay_with_the_usual_share_unless_contacts_get_cheaper) {
  const Shares same = joint_articles("0 /year");
  EXPECT_NEAR(same.in_burn_in, 0.6, 0.02);
  EXPECT_NEAR(same.after, 0.6, 0.02);
  const Shares cheaper = joint_articles("0.05 /year");
  EXPECT_NEAR(cheaper.in_burn_in, 0.6, 0.02);
  EXPECT_NEAR(cheaper.after, joint_share(partners_for(0.6, 1) * std::exp(4.5 * 0.05), 1), 0.02);
}

}  // namespace
}  // namespace polder::agents::partners_abroad_test
