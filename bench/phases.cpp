// SPDX-License-Identifier: Apache-2.0
// Where does a month of the Dutch ecosystem go, how far is each phase from copying the bytes it touches, and
// what do more threads give it? Prints a Markdown table. The indicators of both runs must agree to the last
// bit.
//
//   bench_phases [SCALE [MONTHS [THREADS]]]      (0.1, 60 and 2 when left out; MONTHS with the burn-in)
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <exception>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "agents/registry.hpp"
#include "engine/parallel.hpp"
#include "engine/program_impl.hpp"
#include "engine/step.hpp"
#include "scenarios/reader.hpp"

namespace {

using namespace polder;
using Key = std::pair<KindId, ColumnId>;

constexpr const char* sampling = "sampling";
constexpr const char* end_of_month = "end of the month";
constexpr const char* copies = "copies of the month's start";

/// Columns and networks that a phase touches, each once.
struct Touched {
  std::set<Key> columns;
  std::set<std::size_t> networks;
};

struct Cost {
  double processor = 0;     ///< seconds on one thread
  double wall = 0;          ///< by the clock on one thread
  double wall_threads = 0;  ///< by the clock on several
  double copying = 0;       ///< seconds to copy what it touches, on one thread
  double bytes = 0;
};

double processor_time() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}
double clock_time() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void add_code(const expression::Code& code, Touched& touched) {
  for (const auto& read : code.reads) touched.columns.emplace(read.kind, read.column);
  for (const auto& aggregate : code.aggregates) add_code(aggregate.code, touched);
}

std::map<std::string, Touched> touched_by_phase(const Program& program, const Catalogue& catalogue) {
  const auto& impl = program.impl();
  std::map<std::string, Touched> phases;
  for (const auto& batch : impl.batches) {
    Touched& touched = phases[impl.parts[batch.front()].name];
    for (const std::size_t part : batch) {
      for (const auto& t : impl.part_infos[part].touches) touched.columns.emplace(t.kind, t.column);
      for (const auto& mechanism : catalogue.mechanisms) {
        if (impl.parts[part].mechanism == nullptr || mechanism.name != impl.parts[part].name) continue;
        for (const std::string name : mechanism.networks) {
          const auto& all = impl.layout.networks;
          if (const auto at = std::find(all.begin(), all.end(), name); at != all.end())
            touched.networks.insert(static_cast<std::size_t>(at - all.begin()));
        }
      }
    }
  }
  for (const auto& request : impl.requests) {
    add_code(request.aggregate->code, phases[sampling]);
    if (request.axis) phases[sampling].columns.emplace(request.aggregate->kind, *request.axis);
  }
  for (std::size_t n = 0; n < impl.layout.networks.size(); ++n) phases[end_of_month].networks.insert(n);
  for (const auto& columns : impl.schedule.copies)
    phases[copies].columns.insert(columns.begin(), columns.end());
  return phases;
}

/// Copies everything a phase touches once; returns the number of bytes.
std::size_t copy(const Touched& touched, const State& state, std::vector<char>& to) {
  std::size_t bytes = 0;
  const auto move = [&](const void* from, std::size_t n) {
    if (n == 0) return;
    if (to.size() < n) to.resize(n);
    std::memcpy(to.data(), from, n);
    bytes += n;
  };
  for (const auto& [kind, column] : touched.columns) {
    std::visit([&](const auto& values) { move(values.data(), values.size() * sizeof(values[0])); },
               state.tables[index(kind)].raw_column(column));
  }
  for (const std::size_t network : touched.networks) {
    const auto ties = state.networks[network].all();
    move(ties.data(), ties.size_bytes());
  }
  return bytes;
}

class Measurement {
 public:
  Measurement(const Program& program, const Catalogue& catalogue)
      : program_(program), touched_(touched_by_phase(program, catalogue)) {}

  void run(std::uint32_t months, unsigned threads) {
    State one = found(program_, program_.scenario().seed, 0), many = one;
    Recorder first(program_), second(program_);
    for (std::uint32_t month = 0; month < std::min(months, program_.num_steps()); ++month) {
      for (const Table& table : one.tables) agent_months_ += static_cast<double>(table.num_agents());
      {
        const ThreadLimit limit(1);
        advance(one, first, &Cost::wall);
      }
      {
        const ThreadLimit limit(threads);
        advance(many, second, &Cost::wall_threads);
      }
      for (auto& [phase, touched] : touched_) {
        const double begin = processor_time();
        costs_[phase].bytes += static_cast<double>(copy(touched, one, scratch_));
        costs_[phase].copying += processor_time() - begin;
      }
    }
    agents_ = 0;
    for (const Table& table : one.tables) agents_ += table.num_agents();
    same_ = same(first.result(), second.result());
  }

  void print(unsigned threads, std::uint32_t months) const {
    std::vector<std::pair<std::string, Cost>> rows(costs_.begin(), costs_.end());
    std::sort(rows.begin(), rows.end(),
              [](const auto& a, const auto& b) { return a.second.processor > b.second.processor; });
    Cost total;
    for (const auto& [phase, cost] : rows) {
      total.processor += cost.processor;
      total.wall += cost.wall;
      total.wall_threads += cost.wall_threads;
    }
    fmt::print(
        "{} agents at the end, {:.2f} million agent-months in {:.2f} s of processor time on one thread: "
        "{:.2f} "
        "million a second.\n\n",
        agents_, agent_months_ / 1e6, total.processor, agent_months_ / 1e6 / total.processor);
    fmt::print("| phase | ms a month | share | MB it touches | times a copy of them | {} threads |\n",
               threads);
    fmt::print("| --- | ---: | ---: | ---: | ---: | ---: |\n");
    for (const auto& [phase, cost] : rows) {
      fmt::print("| {} | {:.3f} | {:.1f} % | {:.2f} | {} | {:.2f} |\n", phase, 1e3 * cost.processor / months,
                 100 * cost.processor / total.processor, cost.bytes / 1e6 / months,
                 cost.copying > 0 ? fmt::format("{:.0f}", cost.processor / cost.copying) : "",
                 cost.wall / cost.wall_threads);
    }
    fmt::print("| all | {:.3f} | 100 % | | | {:.2f} |\n", 1e3 * total.processor / months,
               total.wall / total.wall_threads);
  }

  bool same_result() const { return same_; }

 private:
  void advance(State& state, Recorder& recorder, double Cost::*wall) {
    double processor = processor_time(), clock = clock_time();
    const auto after = [&](const std::string& phase) {
      Cost& cost = costs_[phase];
      if (wall == &Cost::wall) cost.processor += processor_time() - processor;
      cost.*wall += clock_time() - clock;
      processor = processor_time();
      clock = clock_time();
    };
    step_watched(program_, state, after);
    recorder.sample(state);
    after(sampling);
  }

  static bool same(const ReplicateResult& a, const ReplicateResult& b) {
    const auto equal = [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); };
    for (std::size_t s = 0; s < a.values.size(); ++s)
      if (!std::equal(a.values[s].begin(), a.values[s].end(), b.values[s].begin(), equal)) return false;
    return a.flows == b.flows;
  }

  const Program& program_;
  std::map<std::string, Touched> touched_;
  std::map<std::string, Cost> costs_;
  std::vector<char> scratch_;
  double agent_months_ = 0;
  std::size_t agents_ = 0;
  bool same_ = false;
};

int measure(int argc, char** argv) {
  const std::string scale = argc > 1 ? argv[1] : "0.1";
  const auto months = static_cast<std::uint32_t>(argc > 2 ? std::atoi(argv[2]) : 60);
  const auto threads = static_cast<unsigned>(argc > 3 ? std::atoi(argv[3]) : 2);
  const Catalogue catalogue = agents::catalogue();
  const Scenario scenario =
      scenarios::read_scenario(POLDER_SOURCE_DIR "/scenarios/nl-2020.yaml", {"scale=" + scale}, catalogue);
  const Program program = compile(scenario, catalogue);
  Measurement measurement(program, catalogue);
  measurement.run(months, threads);
  measurement.print(threads, std::min(months, program.num_steps()));
  if (measurement.same_result()) return 0;
  fmt::print("The indicators on one thread and on {} differ.\n", threads);
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return measure(argc, argv);
  } catch (const std::exception& error) {
    std::fputs(error.what(), stderr);
    return 1;
  }
}
