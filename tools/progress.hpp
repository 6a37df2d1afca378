// SPDX-License-Identifier: Apache-2.0
// One line on the terminal: how far, how fast, how long still.
#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>

namespace polder::tools {

/// Counts finished months of all replicates and, now and then, redraws its line on standard error. Safe to
/// call from several threads; only one of them draws.
class Progress {
 public:
  using Clock = std::chrono::steady_clock;
  enum class Show : std::uint8_t { nothing, line };
  /// total: months of all arms and replicates together.
  Progress(Show show, std::uint64_t total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void month_done(std::uint64_t agents);
  /// Months that need not be run (restored from a checkpoint, or spared by a sequential rule).
  void skip(std::uint64_t months) {
    done_ += months;
    skipped_ += months;
  }
  void replicate_done() { ++replicates_; }
  /// Removes the line.
  void clear();
  double seconds() const;
  std::uint64_t agent_months() const { return agent_months_; }

 private:
  void draw();
  Show show_;
  std::uint64_t total_;
  Clock::time_point begin_ = Clock::now();
  std::atomic<std::uint64_t> done_{0}, skipped_{0}, agent_months_{0}, replicates_{0};
  std::mutex drawing_;
  Clock::time_point last_ = begin_;
};

}  // namespace polder::tools
