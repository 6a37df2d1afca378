// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <string_view>

#include "engine/kernels/levels.hpp"

namespace polder::kernels {

namespace {

bool supported(Level level) {
  __builtin_cpu_init();
  switch (level) {
    case Level::base:
      return true;
    case Level::avx2:
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
             __builtin_cpu_supports("bmi2");
    case Level::avx512:
      return supported(Level::avx2) && __builtin_cpu_supports("avx512f") &&
             __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
             __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  }
  return false;
}

/// POLDER_SIMD lowers the level; a level that the processor lacks, or no name of one, changes nothing.
Level choose() {
  const char* wish = std::getenv("POLDER_SIMD");
  for (const Level level : {Level::avx512, Level::avx2, Level::base}) {
    if (wish != nullptr && name(level) == wish && supported(level)) return level;
  }
  for (const Level level : {Level::avx512, Level::avx2}) {
    if (supported(level)) return level;
  }
  return Level::base;
}

}  // namespace

std::string_view name(Level level) {
  switch (level) {
    case Level::base:
      return "base";
    case Level::avx2:
      return "avx2";
    case Level::avx512:
      return "avx512";
  }
  return {};
}

const Table* table(Level level) {
  if (!supported(level)) return nullptr;
  switch (level) {
    case Level::base:
      return &make_base();
    case Level::avx2:
      return &make_avx2();
    case Level::avx512:
      return &make_avx512();
  }
  return nullptr;
}

Level active_level() {
  static const Level level = choose();
  return level;
}

const Table& active() {
  static const Table& chosen = *table(active_level());
  return chosen;
}

}  // namespace polder::kernels
