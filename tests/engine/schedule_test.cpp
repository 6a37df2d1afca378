// SPDX-License-Identifier: Apache-2.0
#include "engine/schedule.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace polder::schedule_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr KindId firm{0};
constexpr ColumnId a{0}, b{1};

std::string column_name(KindId, ColumnId column) {
  return column == a ? "firm.a" : "firm.b";
}

PartInfo part(const std::string& name, std::vector<ColumnTouch> touches,
              std::vector<std::string> after = {}) {
  return {name, "", std::move(touches), std::move(after), {}, "rules." + name};
}

struct Derived {
  std::vector<std::string> order;
  Schedule schedule;
  std::vector<Mistake> mistakes;
};

Derived derive(const std::vector<PartInfo>& parts) {
  Mistakes mistakes;
  std::vector<std::string> known;
  for (const auto& p : parts) known.push_back(p.name);
  Derived d{{}, derive_schedule(parts, known, column_name, mistakes), mistakes.list()};
  for (const auto p : d.schedule.order) d.order.push_back(parts[p].name);
  return d;
}

TEST(Schedule, puts_a_reader_before_the_writer_so_that_it_reads_old) {
  const auto d = derive({part("alpha", {{firm, a, Touch::set}}), part("beta", {{firm, a, Touch::read}})});
  EXPECT_THAT(d.order, ElementsAre("beta", "alpha"));
}

TEST(Schedule, puts_a_reader_behind_the_writer_it_names) {
  const auto d =
      derive({part("zeta", {{firm, a, Touch::set}}), part("beta", {{firm, a, Touch::read}}, {"zeta"})});
  EXPECT_THAT(d.order, ElementsAre("zeta", "beta"));
  EXPECT_EQ(d.schedule.fresh[1].size(), 1U);
}

TEST(Schedule, breaks_a_cycle_with_a_copy_of_the_old_values) {
  const auto d = derive({part("one", {{firm, a, Touch::read}, {firm, b, Touch::set}}),
                         part("two", {{firm, b, Touch::read}, {firm, a, Touch::set}})});
  EXPECT_TRUE(d.mistakes.empty());
  EXPECT_EQ(d.schedule.copies[0].size() + d.schedule.copies[1].size(), 1U);
}

TEST(Schedule, refuses_two_writers_of_one_column) {
  const auto d = derive({part("one", {{firm, a, Touch::set}}), part("two", {{firm, a, Touch::set}})});
  ASSERT_EQ(d.mistakes.size(), 1U);
  EXPECT_THAT(d.mistakes[0].wanted, HasSubstr("`one` and `two` both write firm.a"));
}

TEST(Schedule, lets_equal_contributions_meet) {
  EXPECT_TRUE(
      derive({part("one", {{firm, a, Touch::add}}), part("two", {{firm, a, Touch::add}})}).mistakes.empty());
  EXPECT_FALSE(derive({part("one", {{firm, a, Touch::add}}), part("two", {{firm, a, Touch::multiply}})})
                   .mistakes.empty());
}

TEST(Schedule, refuses_after_in_a_circle) {
  const auto d = derive({part("one", {}, {"two"}), part("two", {}, {"one"})});
  ASSERT_EQ(d.mistakes.size(), 1U);
  EXPECT_THAT(d.mistakes[0].wanted, HasSubstr("circle"));
}

TEST(Schedule, suggests_the_rule_that_after_may_have_meant) {
  const auto d = derive({part("accounts", {}), part("two", {}, {"acounts"})});
  ASSERT_EQ(d.mistakes.size(), 1U);
  EXPECT_EQ(d.mistakes[0].suggestion, "accounts");
}

TEST(Schedule, does_not_depend_on_the_place_in_the_file) {
  const std::vector<PartInfo> parts{part("c", {{firm, a, Touch::read}}), part("a", {{firm, b, Touch::read}}),
                                    part("b", {{firm, a, Touch::set}})};
  const std::vector<PartInfo> reversed(parts.rbegin(), parts.rend());
  EXPECT_EQ(derive(parts).order, derive(reversed).order);
}

}  // namespace
}  // namespace polder::schedule_test
