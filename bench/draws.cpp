// SPDX-License-Identifier: Apache-2.0
// What does a block draw or an elementary function cost on each instruction set, and an exact sum against a
// plain copy?
#include <benchmark/benchmark.h>

#include <array>
#include <cstring>
#include <string>
#include <vector>

#include "engine/draw.hpp"
#include "engine/elementary.hpp"
#include "engine/exact_sum.hpp"
#include "engine/kernels/kernels.hpp"

namespace {

using polder::kernels::Level;
using polder::kernels::Table;

constexpr std::size_t strip = 256;    // as the formulas run
constexpr std::size_t block = 65536;  // a column in the second-level cache
constexpr auto key = polder::draw_key(20201030, 1, polder::purpose_of("bench"));

std::vector<std::uint64_t> ids(std::size_t n) {
  std::vector<std::uint64_t> result(n);
  for (std::size_t i = 0; i < n; ++i) result[i] = polder::raw(polder::founder_id("firm", 0, i));
  return result;
}

std::vector<double> numbers(std::size_t n, double low, double high) {
  std::vector<double> result(n);
  for (std::size_t i = 0; i < n; ++i) {
    result[i] = low + (high - low) * polder::uniform(key, polder::AgentId{i + 1}, 0);
  }
  return result;
}

void count(benchmark::State& state, std::size_t n) {
  const auto total = static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(n);
  state.SetItemsProcessed(total);
  state.counters["ns_each"] = benchmark::Counter(static_cast<double>(total) * 1e-9,
                                                 benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void draw(benchmark::State& state, const Table* table, Table::Draw Table::*kernel,
          double (*scalar)(polder::DrawKey, polder::AgentId, std::uint32_t, std::uint32_t)) {
  const auto who = ids(strip);
  std::vector<double> out(strip);
  std::uint32_t step = 0;
  for (auto _ : state) {
    (table->*kernel)(out.data(), static_cast<std::uint64_t>(key), ++step, 0, who.data(), strip);
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  for (std::size_t i = 0; i < strip; ++i) {
    if (out[i] != scalar(key, polder::AgentId{who[i]}, step, 0)) state.SkipWithError("not the scalar draw");
  }
  count(state, strip);
}

void function(benchmark::State& state, const Table* table, Table::Unary Table::*kernel,
              double (*scalar)(double), double low, double high) {
  const auto in = numbers(strip, low, high);
  std::vector<double> out(strip);
  for (auto _ : state) {
    (table->*kernel)(out.data(), in.data(), strip);
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  for (std::size_t i = 0; i < strip; ++i) {
    if (out[i] != scalar(in[i])) state.SkipWithError("not the scalar function");
  }
  count(state, strip);
}

void exact_sum(benchmark::State& state, const Table* table) {
  const auto in = numbers(block, -1e6, 1e6);
  std::array<double, 3> partial{};
  double sum = 0;
  for (auto _ : state) {
    sum = 0;
    for (std::size_t i = 0; i < block; i += 4096) {
      table->exact_sum(partial.data(), in.data() + i, 4096);
      sum += partial[0];
    }
    benchmark::DoNotOptimize(sum);
  }
  count(state, block);
}

void plain_copy(benchmark::State& state) {
  const auto in = numbers(block, -1e6, 1e6);
  std::vector<double> out(block);
  for (auto _ : state) {
    std::memcpy(out.data(), in.data(), block * sizeof(double));
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  count(state, block);
}

void scalar_normal(benchmark::State& state) {
  const auto who = ids(strip);
  std::uint32_t step = 0;
  for (auto _ : state) {
    ++step;
    double sum = 0;
    for (const std::uint64_t id : who) sum += polder::normal(key, polder::AgentId{id}, step);
    benchmark::DoNotOptimize(sum);
  }
  count(state, strip);
}

void add_level(Level level) {
  const Table* table = polder::kernels::table(level);
  if (table == nullptr) return;
  const std::string prefix = std::string(polder::kernels::name(level)) + "/";
  using benchmark::RegisterBenchmark;
  RegisterBenchmark((prefix + "uniform").c_str(), draw, table, &Table::uniform, polder::uniform);
  RegisterBenchmark((prefix + "normal").c_str(), draw, table, &Table::normal, polder::normal);
  RegisterBenchmark((prefix + "exponential").c_str(), draw, table, &Table::exponential, polder::exponential);
  RegisterBenchmark((prefix + "exp").c_str(), function, table, &Table::exp, polder::elementary::exp, -5.0,
                    5.0);
  RegisterBenchmark((prefix + "log").c_str(), function, table, &Table::log, polder::elementary::log, 0.01,
                    100.0);
  RegisterBenchmark((prefix + "exact_sum").c_str(), exact_sum, table);
}

}  // namespace

int main(int argc, char** argv) {
  for (const Level level : {Level::base, Level::avx2, Level::avx512}) add_level(level);
  benchmark::RegisterBenchmark("plain_copy", plain_copy);
  benchmark::RegisterBenchmark("scalar/normal", scalar_normal);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
