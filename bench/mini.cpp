// SPDX-License-Identifier: Apache-2.0
// How fast is the mini model written in YAML, compared with the same model as a hand-written loop: one that
// makes the same draws (all indicators must agree to the last bit) and a plain one with a sequential
// generator? And what do two threads give?
#include <benchmark/benchmark.h>

#include <cstddef>
#include <string>
#include <vector>

#include "bench/mini_hand.hpp"
#include "engine/parallel.hpp"
#include "engine/program.hpp"
#include "scenarios/reader.hpp"

namespace {

using polder::Program;
using polder::ReplicateResult;
using polder::ThreadLimit;
using polder::mini::Sample;
using polder::mini::Settings;

Program program_of(const Settings& settings) {
  const std::vector<std::string> sets = {"parameters.firms=" + std::to_string(settings.firms),
                                         "parameters.cost=" + std::to_string(settings.cost),
                                         "parameters.pool=" + std::to_string(settings.pool)};
  const auto scenario = polder::scenarios::read_scenario(POLDER_SOURCE_DIR "/scenarios/mini.yaml", sets, {});
  return compile(scenario, {});
}

/// Do all indicators agree to the last bit in all months?
bool agree(const ReplicateResult& engine, const std::vector<Sample>& hand) {
  for (std::size_t t = 0; t < hand.size(); ++t) {
    const Sample& s = hand[t];
    const double wanted[] = {s.mean_capital, s.total_revenue, s.total_rd,       s.mean_productivity,
                             s.exits,        s.grants,        s.mean_knowledge, s.young_firms};
    for (std::size_t k = 0; k < std::size(wanted); ++k) {
      if (engine.values.at(k).at(t) != wanted[k]) return false;
    }
  }
  return true;
}

void count_firm_months(benchmark::State& state, const Settings& settings, std::size_t replicates = 1) {
  const std::size_t firm_months = settings.firms * settings.months * replicates;
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(firm_months));
}

void yaml(benchmark::State& state, Settings settings, unsigned threads) {
  settings.firms = static_cast<std::size_t>(state.range(0));
  const Program program = program_of(settings);
  const ThreadLimit limit(threads);
  ReplicateResult result;
  for (auto _ : state) result = *run(program, settings.seed, settings.replicate);
  if (!agree(result, polder::mini::same_draws(settings)))
    state.SkipWithError("not the result of the hand-written loop");
  count_firm_months(state, settings);
}

void hand(benchmark::State& state, Settings settings, std::vector<Sample> (*loop)(const Settings&)) {
  settings.firms = static_cast<std::size_t>(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(loop(settings));
  count_firm_months(state, settings);
}

/// 100 replicates, spread over the threads.
void ensemble(benchmark::State& state, unsigned threads) {
  constexpr std::size_t replicates = 100;
  const Settings settings;
  const Program program = program_of(settings);
  const ThreadLimit limit(threads);
  std::vector<ReplicateResult> results(replicates);
  for (auto _ : state) {
    polder::for_each_index(replicates, [&](std::size_t r) {
      const ThreadLimit alone(1);
      results[r] = *run(program, settings.seed, static_cast<std::uint32_t>(r + 1));
    });
  }
  Settings last = settings;
  last.replicate = replicates;
  if (!agree(results.back(), polder::mini::same_draws(last)))
    state.SkipWithError("not the hand-written result");
  count_firm_months(state, settings, replicates);
}

void at_all_sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->Arg(1000)->Arg(100000)->Arg(1000000)->Unit(benchmark::kMillisecond);
}

}  // namespace

int main(int argc, char** argv) {
  using benchmark::RegisterBenchmark;
  const Settings calm;
  Settings harsh;  // firms leave and enter
  harsh.cost = 0.03;
  harsh.pool = 0.001;
  RegisterBenchmark("yaml", yaml, calm, 1U)->Apply(at_all_sizes);
  RegisterBenchmark("hand_same_draws", hand, calm, polder::mini::same_draws)->Apply(at_all_sizes);
  RegisterBenchmark("hand_plain", hand, calm, polder::mini::plain)->Apply(at_all_sizes);
  RegisterBenchmark("harsh/yaml", yaml, harsh, 1U)->Arg(100000)->Unit(benchmark::kMillisecond);
  RegisterBenchmark("harsh/hand_same_draws", hand, harsh, polder::mini::same_draws)
      ->Arg(100000)
      ->Unit(benchmark::kMillisecond);
  RegisterBenchmark("harsh/hand_plain", hand, harsh, polder::mini::plain)
      ->Arg(100000)
      ->Unit(benchmark::kMillisecond);
  for (const unsigned threads : {1U, 2U}) {
    const std::string suffix = "/threads:" + std::to_string(threads);
    RegisterBenchmark(("wall/yaml" + suffix).c_str(), yaml, calm, threads)
        ->Arg(1000000)
        ->UseRealTime()
        ->Unit(benchmark::kMillisecond);
    RegisterBenchmark(("wall/ensemble" + suffix).c_str(), ensemble, threads)
        ->UseRealTime()
        ->Unit(benchmark::kMillisecond);
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
