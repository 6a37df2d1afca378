// SPDX-License-Identifier: Apache-2.0
// The only door to threads. Results never depend on the number of threads: callers write to places of their
// own and combine them in block order.
#pragma once
#include <cstddef>
#include <functional>

namespace polder {

#ifndef POLDER_BLOCK_ROWS
#define POLDER_BLOCK_ROWS 2048
#endif
/// Rows a block: the unit of parallel work.
inline constexpr std::size_t block_rows = POLDER_BLOCK_ROWS;
constexpr std::size_t num_blocks(std::size_t rows) {
  return (rows + block_rows - 1) / block_rows;
}

/// Calls body(i) for i in [0, count), possibly in parallel. Exceptions: the one of the lowest i is rethrown.
void for_each_index(std::size_t count, const std::function<void(std::size_t)>& body);

/// Limits the threads of everything below it in this scope; 0 = all cores. Nests inside for_each_index
/// (replicates).
class ThreadLimit {
 public:
  explicit ThreadLimit(unsigned num_threads);
  ~ThreadLimit();
  ThreadLimit(const ThreadLimit&) = delete;
  ThreadLimit& operator=(const ThreadLimit&) = delete;

 private:
  struct Impl;
  Impl* impl_;
};
/// Threads that a for_each_index started here may use.
unsigned available_threads();

}  // namespace polder
