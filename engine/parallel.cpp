// SPDX-License-Identifier: Apache-2.0
// The only file that knows how threads are made: TBB, or plain std::jthread for the thread sanitizer, which
// reports false races inside the packaged TBB.
#include "engine/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <limits>
#include <mutex>
#include <thread>

#ifdef POLDER_EXECUTOR_THREADS
#include <vector>
#else
#include <memory>

#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#endif

namespace polder {

namespace {

using Body = std::function<void(std::size_t)>;

/// Keeps the exception of the lowest index: bodies above a failed index are skipped, those below still run,
/// so which exception is rethrown does not depend on timing.
class FirstFailure {
 public:
  void run(const Body& body, std::size_t i) {
    if (i > lowest_.load(std::memory_order_relaxed)) return;
    try {
      body(i);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (i >= lowest_.load(std::memory_order_relaxed)) return;
      lowest_.store(i, std::memory_order_relaxed);
      failure_ = std::current_exception();
    }
  }
  void rethrow() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  std::atomic<std::size_t> lowest_{std::numeric_limits<std::size_t>::max()};
  std::mutex mutex_;
  std::exception_ptr failure_;
};

unsigned num_cores() {
  return std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace

#ifdef POLDER_EXECUTOR_THREADS

namespace {

/// Threads that work started by this thread may use; 0 = all cores.
thread_local unsigned thread_limit = 0;

}  // namespace

struct ThreadLimit::Impl {
  unsigned outer;
};

ThreadLimit::ThreadLimit(unsigned num_threads) : impl_(new Impl{thread_limit}) {
  thread_limit = num_threads;
}

ThreadLimit::~ThreadLimit() {
  thread_limit = impl_->outer;
  delete impl_;
}

unsigned available_threads() {
  return thread_limit == 0 ? num_cores() : thread_limit;
}

void for_each_index(std::size_t count, const Body& body) {
  const unsigned threads = static_cast<unsigned>(std::min<std::size_t>(available_threads(), count));
  if (threads <= 1) {
    for (std::size_t i = 0; i < count; ++i) body(i);
    return;
  }
  FirstFailure failure;
  std::atomic<std::size_t> next{0};
  const unsigned share = std::max(1U, available_threads() / threads);
  const auto work = [&] {
    const ThreadLimit nested(share);
    for (std::size_t i = next++; i < count; i = next++) failure.run(body, i);
  };
  {
    std::vector<std::jthread> helpers;
    for (unsigned t = 1; t < threads; ++t) helpers.emplace_back(work);
    work();
  }
  failure.rethrow();
}

#else

namespace {

struct Limit {
  unsigned num_threads = 0;
  Limit* outer = nullptr;
  std::unique_ptr<tbb::global_control> more_than_cores;  ///< lets TBB start more workers than there are cores
  tbb::task_arena arena;
};

/// The arena that work started by this thread goes to; null: the arena the thread is in.
thread_local Limit* current_limit = nullptr;

}  // namespace

struct ThreadLimit::Impl : Limit {};

ThreadLimit::ThreadLimit(unsigned num_threads) : impl_(nullptr) {
  const unsigned threads = num_threads == 0 ? num_cores() : num_threads;
  auto impl = std::make_unique<Impl>();
  impl->num_threads = threads;
  impl->outer = current_limit;
  if (threads > num_cores()) {
    impl->more_than_cores =
        std::make_unique<tbb::global_control>(tbb::global_control::max_allowed_parallelism, threads);
  }
  if (threads > 1) impl->arena.initialize(static_cast<int>(threads));
  impl_ = impl.release();
  current_limit = impl_;
}

ThreadLimit::~ThreadLimit() {
  current_limit = impl_->outer;
  delete impl_;
}

unsigned available_threads() {
  if (current_limit != nullptr) return current_limit->num_threads;
  return static_cast<unsigned>(std::max(1, tbb::this_task_arena::max_concurrency()));
}

void for_each_index(std::size_t count, const Body& body) {
  if (count <= 1 || available_threads() == 1) {
    for (std::size_t i = 0; i < count; ++i) body(i);
    return;
  }
  FirstFailure failure;
  // Isolated: a thread that waits for this loop takes no work from the loop around it, so a body is never
  // entered again by its own thread before it has finished (its thread-local scratch stays its own).
  const auto loop = [&] {
    tbb::this_task_arena::isolate([&] {
      tbb::parallel_for(
          tbb::blocked_range<std::size_t>(0, count, 1),
          [&](const tbb::blocked_range<std::size_t>& range) {
            for (std::size_t i = range.begin(); i != range.end(); ++i) failure.run(body, i);
          },
          tbb::simple_partitioner{});
    });
  };
  if (current_limit != nullptr) {
    current_limit->arena.execute(loop);
  } else {
    loop();
  }
  failure.rethrow();
}

#endif

}  // namespace polder
