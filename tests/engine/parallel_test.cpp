// SPDX-License-Identifier: Apache-2.0
#include "engine/parallel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace polder::parallel_test {
namespace {

TEST(Parallel, counts_blocks) {
  EXPECT_EQ(num_blocks(0), 0U);
  EXPECT_EQ(num_blocks(1), 1U);
  EXPECT_EQ(num_blocks(block_rows), 1U);
  EXPECT_EQ(num_blocks(block_rows + 1), 2U);
}

TEST(Parallel, calls_each_index_once) {
  for (const unsigned threads : {1U, 2U, 5U}) {
    const ThreadLimit limit(threads);
    for (const std::size_t count : {0U, 1U, 2U, 1000U}) {
      std::vector<int> calls(count);
      for_each_index(count, [&](std::size_t i) { ++calls[i]; });
      EXPECT_EQ(calls, std::vector<int>(count, 1));
    }
  }
}

TEST(Parallel, runs_on_the_calling_thread_when_there_is_one_thread_or_one_index) {
  const auto self = std::this_thread::get_id();
  for_each_index(1, [&](std::size_t) { EXPECT_EQ(std::this_thread::get_id(), self); });
  const ThreadLimit limit(1);
  for_each_index(50, [&](std::size_t) { EXPECT_EQ(std::this_thread::get_id(), self); });
}

/// The most bodies seen at work at one time.
int most_at_once(std::size_t count) {
  std::atomic<int> now{0}, most{0};
  for_each_index(count, [&](std::size_t) {
    const int here = ++now;
    int before = most.load();
    while (before < here && !most.compare_exchange_weak(before, here)) {
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    --now;
  });
  return most.load();
}

TEST(Parallel, uses_no_more_threads_than_allowed) {
  const ThreadLimit limit(2);
  EXPECT_EQ(available_threads(), 2U);
  EXPECT_LE(most_at_once(40), 2);
}

TEST(Parallel, uses_more_threads_than_cores_when_told_to) {
  const unsigned many = std::thread::hardware_concurrency() + 3;
  const ThreadLimit limit(many);
  EXPECT_EQ(available_threads(), many);
  const int cores = static_cast<int>(std::thread::hardware_concurrency());
  // On a busy machine the extra threads may come late: some tries.
  int most = 0;
  for (int i = 0; i < 20 && most <= cores; ++i) most = most_at_once(200);
  EXPECT_GT(most, cores);
}

TEST(Parallel, keeps_the_limit_inside_nested_loops) {
  const ThreadLimit limit(3);
  std::atomic<int> now{0}, most{0};
  for_each_index(6, [&](std::size_t) {
    for_each_index(6, [&](std::size_t) {
      const int here = ++now;
      int before = most.load();
      while (before < here && !most.compare_exchange_weak(before, here)) {
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
      --now;
    });
  });
  EXPECT_LE(most.load(), 3);
}

TEST(Parallel, lets_a_body_limit_its_own_loops) {
  const ThreadLimit limit(4);
  for_each_index(8, [&](std::size_t) {
    const ThreadLimit alone(1);
    EXPECT_EQ(available_threads(), 1U);
    const auto self = std::this_thread::get_id();
    for_each_index(20, [&](std::size_t) { EXPECT_EQ(std::this_thread::get_id(), self); });
  });
  EXPECT_EQ(available_threads(), 4U);
}

TEST(Parallel, never_enters_a_body_again_on_a_thread_that_waits_inside_it) {
  const ThreadLimit limit(4);
  std::atomic<int> entered_again{0};
  for_each_index(32, [&](std::size_t) {
    thread_local bool inside = false;
    if (inside) ++entered_again;
    inside = true;
    for_each_index(16, [](std::size_t) { std::this_thread::sleep_for(std::chrono::microseconds(100)); });
    inside = false;
  });
  EXPECT_EQ(entered_again.load(), 0);
}

TEST(Parallel, rethrows_the_exception_of_the_lowest_index) {
  for (const unsigned threads : {1U, 2U, 6U}) {
    const ThreadLimit limit(threads);
    for (int repeat = 0; repeat < 20; ++repeat) {
      try {
        for_each_index(100, [](std::size_t i) {
          if (i == 37) std::this_thread::sleep_for(std::chrono::milliseconds(1));
          if (i >= 37) throw std::runtime_error(std::to_string(i));
        });
        FAIL() << "nothing thrown";
      } catch (const std::runtime_error& error) {
        EXPECT_STREQ(error.what(), "37");
      }
    }
  }
}

}  // namespace
}  // namespace polder::parallel_test
