// SPDX-License-Identifier: Apache-2.0
#include "engine/kernels/kernels.hpp"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

#include "engine/draw.hpp"
#include "engine/elementary.hpp"
#include "engine/exact_sum.hpp"

namespace polder::kernels::kernels_test {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// Equal bits, any NaN for any other.
bool same(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) ||
         (std::isnan(a) && std::isnan(b));
}

/// Every level that this processor has.
class Kernels : public testing::TestWithParam<Level> {
 protected:
  void SetUp() override {
    table_ = table(GetParam());
    if (table_ == nullptr) GTEST_SKIP() << "this processor lacks " << name(GetParam());
  }
  const Table* table_ = nullptr;
};

std::vector<double> special_values() {
  return {0.0,          -0.0,      1.0,          -1.0,    0.5,
          -0.5,         1.5,       2.5,          -2.5,    0.3,
          -0.3,         7.0,       -8.0,         1e-310,  -4.9e-324,
          0x1p52,       -0x1p52,   0x1p51 + 0.5, 1e308,   -1e308,
          infinity,     -infinity, 3.25,         9.0,     0x1.fffffffffffffp-2,
          not_a_number, 1e16,      0x1p53,       123.456, -77.0,
          0x1p-1022,    2.0};
}

/// Every pair of special values.
std::pair<std::vector<double>, std::vector<double>> special_pairs() {
  std::pair<std::vector<double>, std::vector<double>> result;
  for (const double a : special_values()) {
    for (const double b : special_values()) {
      result.first.push_back(a);
      result.second.push_back(b);
    }
  }
  return result;
}

void expect_binary(Table::Binary kernel, const std::function<double(double, double)>& wanted,
                   const char* what) {
  const auto [a, b] = special_pairs();
  for (const std::size_t n : {a.size(), std::size_t{1}, std::size_t{7}, std::size_t{13}}) {
    std::vector<double> out(n), in_place(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(n));
    kernel(out.data(), a.data(), b.data(), n);
    kernel(in_place.data(), in_place.data(), b.data(), n);
    for (std::size_t i = 0; i < n; ++i) {
      EXPECT_TRUE(same(out[i], wanted(a[i], b[i])))
          << what << ' ' << a[i] << ' ' << b[i] << " gives " << out[i];
      EXPECT_TRUE(same(in_place[i], out[i])) << what << " in place";
    }
  }
}

TEST_P(Kernels, compute_like_the_language) {
  const Table& t = *table_;
  expect_binary(
      t.add, [](double a, double b) { return a + b; }, "add");
  expect_binary(
      t.subtract, [](double a, double b) { return a - b; }, "subtract");
  expect_binary(
      t.multiply, [](double a, double b) { return a * b; }, "multiply");
  expect_binary(
      t.divide, [](double a, double b) { return a / b; }, "divide");
  expect_binary(
      t.minimum, [](double a, double b) { return a < b ? a : b; }, "minimum");
  expect_binary(
      t.maximum, [](double a, double b) { return a > b ? a : b; }, "maximum");
}

TEST_P(Kernels, compare_like_the_language) {
  const Table& t = *table_;
  expect_binary(
      t.less, [](double a, double b) { return a < b ? 1.0 : 0.0; }, "less");
  expect_binary(
      t.less_equal, [](double a, double b) { return a <= b ? 1.0 : 0.0; }, "less_equal");
  expect_binary(
      t.equal, [](double a, double b) { return a == b ? 1.0 : 0.0; }, "equal");
  expect_binary(
      t.not_equal, [](double a, double b) { return a != b ? 1.0 : 0.0; }, "not_equal");
  expect_binary(
      t.logical_and, [](double a, double b) { return a != 0 && b != 0 ? 1.0 : 0.0; }, "and");
  expect_binary(
      t.logical_or, [](double a, double b) { return a != 0 || b != 0 ? 1.0 : 0.0; }, "or");
}

TEST_P(Kernels, compute_with_constants) {
  const Table& t = *table_;
  using Wanted = double (*)(double, double);
  const std::vector<std::pair<Table::BinaryConstant, Wanted>> cases = {
      {t.add_constant, [](double a, double b) { return a + b; }},
      {t.multiply_constant, [](double a, double b) { return a * b; }},
      {t.minimum_constant, [](double a, double b) { return a < b ? a : b; }},
      {t.maximum_constant, [](double a, double b) { return a > b ? a : b; }},
      {t.less_constant, [](double a, double b) { return a < b ? 1.0 : 0.0; }},
      {t.less_equal_constant, [](double a, double b) { return a <= b ? 1.0 : 0.0; }},
      {t.greater_constant, [](double a, double b) { return a > b ? 1.0 : 0.0; }},
      {t.greater_equal_constant, [](double a, double b) { return a >= b ? 1.0 : 0.0; }},
      {t.equal_constant, [](double a, double b) { return a == b ? 1.0 : 0.0; }},
      {t.not_equal_constant, [](double a, double b) { return a != b ? 1.0 : 0.0; }},
      {t.constant_minus, [](double a, double b) { return b - a; }},
      {t.constant_divided, [](double a, double b) { return b / a; }}};
  const auto a = special_values();
  for (std::size_t k = 0; k < cases.size(); ++k) {
    for (const double b : {0.3, -0.0, infinity, not_a_number}) {
      std::vector<double> out(a.size());
      cases[k].first(out.data(), a.data(), b, a.size());
      for (std::size_t i = 0; i < a.size(); ++i) {
        EXPECT_TRUE(same(out[i], cases[k].second(a[i], b))) << "case " << k << ": " << a[i] << ' ' << b;
      }
    }
  }
}

TEST_P(Kernels, change_single_numbers_like_the_library) {
  const Table& t = *table_;
  using Wanted = double (*)(double);
  const std::vector<std::pair<Table::Unary, Wanted>> cases = {
      {t.negate, [](double a) { return -a; }},
      {t.logical_not, [](double a) { return a == 0 ? 1.0 : 0.0; }},
      {t.absolute, [](double a) { return std::fabs(a); }},
      {t.square_root, [](double a) { return std::sqrt(a); }},
      {t.floor, [](double a) { return std::floor(a); }},
      {t.round, [](double a) { return std::nearbyint(a); }},
      {t.exp, elementary::exp},
      {t.log, elementary::log}};
  auto a = special_values();
  for (std::uint64_t i = 1; i <= 5000; ++i)
    a.push_back(std::exp2(40 * uniform(DrawKey{1}, AgentId{i}, 0) - 20));
  for (std::uint64_t i = 1; i <= 5000; ++i) a.push_back(1600 * uniform(DrawKey{2}, AgentId{i}, 0) - 800);
  for (std::size_t k = 0; k < cases.size(); ++k) {
    std::vector<double> out(a.size());
    cases[k].first(out.data(), a.data(), a.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
      EXPECT_TRUE(same(out[i], cases[k].second(a[i]))) << "case " << k << ": " << a[i] << " gives " << out[i];
    }
  }
}

TEST_P(Kernels, give_the_powers_of_the_scalar_twin) {
  expect_binary(table_->power, elementary::pow, "power");
  std::vector<double> a, b;
  for (std::uint64_t i = 1; i <= 3000; ++i) {
    a.push_back(100 * uniform(DrawKey{3}, AgentId{i}, 0));
    b.push_back(i % 3 == 0 ? std::floor(20 * uniform(DrawKey{3}, AgentId{i}, 1)) - 10
                           : 4 * uniform(DrawKey{3}, AgentId{i}, 2) - 2);
  }
  std::vector<double> out(a.size());
  table_->power(out.data(), a.data(), b.data(), a.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_TRUE(same(out[i], elementary::pow(a[i], b[i])));
}

std::vector<std::uint64_t> some_ids(std::size_t n) {
  std::vector<std::uint64_t> ids(n);
  for (std::size_t i = 0; i < n; ++i) ids[i] = raw(founder_id("firm", 3, i));
  return ids;
}

TEST_P(Kernels, give_the_scalar_draws_for_any_number_of_agents) {
  const DrawKey key = draw_key(5, 2, purpose_of("kernels"));
  const auto ids = some_ids(1100);
  using Scalar = double (*)(DrawKey, AgentId, std::uint32_t, std::uint32_t);
  const std::vector<std::pair<Table::Draw, Scalar>> cases = {
      {table_->uniform, uniform}, {table_->normal, normal}, {table_->exponential, exponential}};
  for (std::size_t k = 0; k < cases.size(); ++k) {
    for (const std::size_t n : {0, 1, 3, 4, 8, 31, 32, 33, 64, 100, 255, 256, 257, 300, 1100}) {
      std::vector<double> out(n + 1, 42.0);
      cases[k].first(out.data(), static_cast<std::uint64_t>(key), 0x80000007U, 0xfffffff3U, ids.data(), n);
      for (std::size_t i = 0; i < n; ++i) {
        ASSERT_TRUE(same(out[i], cases[k].second(key, AgentId{ids[i]}, 0x80000007U, 0xfffffff3U)))
            << "draw " << k << ", agent " << i << " of " << n;
      }
      EXPECT_EQ(out[n], 42.0) << "wrote beyond the end";
    }
  }
}

TEST_P(Kernels, give_any_number_of_words_of_one_agent_in_turn) {
  const DrawKey key = draw_key(7, 3, purpose_of("words"));
  const AgentId id = founder_id("firm", 3, 11);
  for (const std::uint32_t first : {0U, 5U, 0x7ffffff0U}) {
    for (const std::size_t n : {0, 1, 4, 15, 16, 31, 32, 33, 70}) {
      std::vector<std::uint64_t> out(n + 1, 42);
      table_->words(out.data(), static_cast<std::uint64_t>(key), raw(id), 0x80000007U, first, n);
      for (std::size_t i = 0; i < n; ++i)
        ASSERT_EQ(out[i], draw_words(key, id, 0x80000007U, first + static_cast<std::uint32_t>(i))[0]);
      EXPECT_EQ(out[n], 42U) << "wrote beyond the end";
    }
  }
}

TEST_P(Kernels, decide_chances_as_the_uniform_does) {
  const DrawKey key = draw_key(6, 1, purpose_of("chance"));
  for (const std::size_t n : {0, 1, 5, 32, 77, 500}) {
    const auto ids = some_ids(n);
    std::vector<double> probability(n), out(n);
    for (std::size_t i = 0; i < n; ++i) probability[i] = static_cast<double>(i % 11) / 10;
    table_->bernoulli(out.data(), probability.data(), static_cast<std::uint64_t>(key), 9, 4, ids.data(), n);
    for (std::size_t i = 0; i < n; ++i) {
      EXPECT_EQ(out[i], uniform(key, AgentId{ids[i]}, 9, 4) < probability[i] ? 1.0 : 0.0);
    }
  }
}

TEST_P(Kernels, select_by_flag) {
  for (const std::size_t n : {0, 1, 9, 64, 1000}) {
    std::vector<double> flag(n), a(n), b(n), out(n);
    std::vector<std::uint32_t> rows(n), wanted;
    for (std::size_t i = 0; i < n; ++i) {
      flag[i] = uniform(DrawKey{9}, AgentId{i + 1}, 0) < 0.4 ? (i % 2 == 0 ? 1.0 : not_a_number)
                                                             : (i % 2 == 0 ? 0.0 : -0.0);
      a[i] = static_cast<double>(i);
      b[i] = -1.0 - a[i];
      if (flag[i] != 0.0) wanted.push_back(static_cast<std::uint32_t>(4096 + i));
    }
    table_->select(out.data(), flag.data(), a.data(), b.data(), n);
    for (std::size_t i = 0; i < n; ++i) EXPECT_EQ(out[i], flag[i] != 0.0 ? a[i] : b[i]);
    rows.resize(table_->select_rows(rows.data(), flag.data(), 4096, n));
    EXPECT_EQ(rows, wanted);
  }
}

TEST_P(Kernels, read_columns) {
  const std::vector<double> column = {1.5, 2.5, 3.5, 4.5};
  const std::vector<std::uint32_t> rows = {3, 0, 0, 2, 1};
  std::vector<double> out(5);
  table_->gather(out.data(), column.data(), rows.data(), rows.size());
  EXPECT_EQ(out, (std::vector<double>{4.5, 1.5, 1.5, 3.5, 2.5}));
  const std::vector<std::uint8_t> bytes = {0, 1, 255, 7, 128};
  table_->from_u8(out.data(), bytes.data(), bytes.size());
  EXPECT_EQ(out, (std::vector<double>{0, 1, 255, 7, 128}));
  std::vector<std::int64_t> whole = {0, -150, 9007199254740993, std::numeric_limits<std::int64_t>::min(), 77};
  for (std::int64_t i = 0; i < 40; ++i) whole.push_back(i * 1234567890123);
  out.resize(whole.size());
  table_->from_i64(out.data(), whole.data(), 0.01, whole.size());
  for (std::size_t i = 0; i < whole.size(); ++i) EXPECT_EQ(out[i], static_cast<double>(whole[i]) * 0.01);
}

double balanced_norm(const double* v, std::size_t size) {
  std::vector<double> squares(std::bit_ceil(size), 0.0);
  for (std::size_t i = 0; i < size; ++i) squares[i] = v[i] * v[i];
  while (squares.size() > 1) {
    for (std::size_t i = 0; i < squares.size() / 2; ++i) squares[i] = squares[2 * i] + squares[2 * i + 1];
    squares.resize(squares.size() / 2);
  }
  return std::sqrt(squares[0]);
}

TEST_P(Kernels, measure_vectors_as_a_balanced_tree) {
  for (const std::size_t size : {1, 2, 3, 4, 7, 8, 13, 16}) {
    for (const std::size_t n : {0, 1, 3, 4, 5, 50}) {
      std::vector<double> vectors(size * n), out(n);
      for (std::size_t i = 0; i < vectors.size(); ++i)
        vectors[i] = uniform(DrawKey{4}, AgentId{i + 1}, 0) - 0.5;
      table_->vector_norm(out.data(), vectors.data(), size, n);
      for (std::size_t i = 0; i < n; ++i) EXPECT_EQ(out[i], balanced_norm(vectors.data() + i * size, size));
    }
  }
  double nothing = 1;
  table_->vector_norm(&nothing, nullptr, 0, 1);
  EXPECT_EQ(nothing, 0.0);
}

TEST_P(Kernels, add_up_exactly_or_refuse) {
  double partial[3] = {7, 7, 7};
  std::vector<double> terms(100, 0x1p39 + 0.5);
  terms[50] = -0x1.8p-80;
  ASSERT_TRUE(table_->exact_sum(partial, terms.data(), terms.size()));
  EXPECT_EQ(partial[0] + partial[1], 99 * (0x1p39 + 0.5));
  EXPECT_EQ(partial[2], -0x1p-79);  // halves go to even
  std::vector<double> twos(terms.size(), 2.0);
  ASSERT_TRUE(table_->exact_dot(partial, twos.data(), twos.data(), twos.size()));
  EXPECT_EQ(partial[0], 400);
  for (const double bad : {0x1p40, -0x1p40, infinity, not_a_number}) {
    for (const std::size_t place : {0U, 50U, 99U}) {
      auto spoiled = twos;
      spoiled[place] = bad;
      double untouched[3] = {1, 2, 3};
      EXPECT_FALSE(table_->exact_sum(untouched, spoiled.data(), spoiled.size()));
      EXPECT_FALSE(table_->exact_dot(untouched, spoiled.data(), twos.data(), spoiled.size()));
      EXPECT_EQ(untouched[0], 1);
    }
  }
}

TEST_P(Kernels, compare_vectors_with_others_as_a_plain_loop_does) {
  for (const std::size_t size : {1, 3, 4, 7, 8, 9, 16}) {
    for (const std::size_t n : {0, 1, 3, 4, 5, 64}) {
      std::vector<double> own(size), others(size * n), weights(n), mean(n), sums(size, 0.25),
          wanted(size, 0.25);
      std::vector<const double*> rows(n);
      const auto number = [](std::size_t i, std::uint32_t draw) {
        return uniform(DrawKey{6}, AgentId{i + 1}, draw) - 0.5;
      };
      for (std::size_t k = 0; k < size; ++k) own[k] = number(k, 0);
      for (std::size_t i = 0; i < others.size(); ++i) others[i] = number(i, 1);
      for (std::size_t j = 0; j < n; ++j) weights[j] = number(j, 2), rows[j] = others.data() + j * size;
      table_->mean_squares(mean.data(), own.data(), rows.data(), size, n);
      table_->add_differences(sums.data(), own.data(), rows.data(), weights.data(), size, n);
      for (std::size_t j = 0; j < n; ++j) {
        double sum = 0;
        for (std::size_t k = 0; k < size; ++k) {
          sum += (rows[j][k] - own[k]) * (rows[j][k] - own[k]);
          wanted[k] += weights[j] * (rows[j][k] - own[k]);
        }
        EXPECT_EQ(mean[j], sum / static_cast<double>(size)) << size << " numbers, vector " << j;
      }
      EXPECT_EQ(sums, wanted) << size << " numbers, " << n << " vectors";
    }
  }
}

/// Numbers aligned as the kernels of parts want them.
struct alignas(32) FourNumbers {
  double number[4];
};

TEST_P(Kernels, split_products_into_the_parts_that_are_added_exactly) {
  for (const std::size_t n : {1, 3, 4, 5, 8, 50, 255}) {
    std::vector<double> a(n), b(n);
    for (std::size_t i = 0; i < n; ++i) {
      a[i] = (uniform(DrawKey{5}, AgentId{i + 1}, 0) - 0.5) * 0x1p30;
      b[i] = i % 3 == 1 ? 0.0 : uniform(DrawKey{5}, AgentId{i + 1}, 1);
      if (b[i] == 0.0) a[i] = i % 2 == 0 ? infinity : not_a_number;  // counts nothing
    }
    std::vector<FourNumbers> parts(n, FourNumbers{{7, 7, 7, 7}});
    ASSERT_TRUE(table_->exact_split(parts[0].number, a.data(), b.data(), n));
    for (std::size_t i = 0; i < n; ++i) {
      ExactSum wanted, got;
      wanted.add(b[i] == 0.0 ? 0.0 : a[i] * b[i]);
      got.add_parts(std::span(parts[i].number).first<3>());
      EXPECT_EQ(got, wanted) << i << " of " << n;
      EXPECT_EQ(parts[i].number[3], 0.0);
    }
  }
}

TEST_P(Kernels, refuse_to_split_what_parts_do_not_hold) {
  for (const double bad : {0x1p40, -0x1p40, infinity, -infinity, not_a_number}) {
    for (const std::size_t place : {0U, 3U, 4U, 9U}) {
      std::vector<double> a(10, 1.0);
      const std::vector<double> b(10, 1.0);
      a[place] = bad;
      std::vector<FourNumbers> parts(10);
      EXPECT_FALSE(table_->exact_split(parts[0].number, a.data(), b.data(), a.size()));
    }
  }
}

TEST_P(Kernels, add_parts_to_the_sums_of_their_labels) {
  constexpr std::size_t num_labels = 5;
  for (const std::size_t n : {0, 1, 3, 4, 7, 256}) {
    std::vector<FourNumbers> parts(n + 1), sums(label_copies * num_labels);
    std::vector<std::uint8_t> labels(n);
    std::array<std::array<double, 4>, num_labels> wanted{};
    for (std::size_t i = 0; i < n; ++i) {
      labels[i] = static_cast<std::uint8_t>((i * i) % num_labels);
      for (std::size_t k = 0; k < 4; ++k) {
        parts[i].number[k] = static_cast<double>(i * 4 + k);
        wanted[labels[i]][k] += parts[i].number[k];
      }
    }
    for (FourNumbers& four : sums) four = {{0, 0, 0, 0}};
    table_->add_by_label(sums[0].number, num_labels, parts[0].number, labels.data(), n);
    for (std::size_t label = 0; label < num_labels; ++label) {
      for (std::size_t k = 0; k < 4; ++k) {
        double sum = 0;
        for (std::size_t copy = 0; copy < label_copies; ++copy)
          sum += sums[copy * num_labels + label].number[k];
        EXPECT_EQ(sum, wanted[label][k]);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Levels, Kernels, testing::Values(Level::base, Level::avx2, Level::avx512),
                         [](const auto& level) { return std::string(name(level.param)); });

TEST(Dispatch, runs_a_level_that_the_processor_has_and_obeys_the_switch) {
  EXPECT_EQ(table(active_level()), &active());
  const char* wish = std::getenv("POLDER_SIMD");
  if (wish == nullptr) return;
  for (const Level level : {Level::base, Level::avx2, Level::avx512}) {
    if (name(level) != wish || table(level) == nullptr) continue;
    EXPECT_EQ(active_level(), level);
  }
}

}  // namespace
}  // namespace polder::kernels::kernels_test
