// SPDX-License-Identifier: Apache-2.0
// Where samples go. The engine fills them; output/ writes them to HDF5, tests keep them in memory.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/calendar.hpp"
#include "engine/money.hpp"

namespace polder {

/// One axis of categories of the result (sector, region, theme).
struct Axis {
  std::string name;
  std::vector<std::string> labels;
};

/// Description of one indicator's series.
struct SeriesInfo {
  std::string id, unit, long_name, title_en, title_nl, category, indicator_class, definition, formula, source;
  int annex = 0;
  std::vector<std::string> by;  ///< axes; each gets a series of its own beside the overall one
  std::vector<int> samples;     ///< positions in `ExperimentInfo::times` at which it is sampled
};

struct FlowColumn {
  std::string instrument, payer, receiver;
  bool is_instrument = false;
};

struct InstrumentColumn {
  std::string id, title, form, payer;
};

/// A network between agents of which snapshots are kept.
struct NetworkInfo {
  std::string name;
  std::vector<Month> moments;    ///< at whose ends they are taken, ascending
  std::vector<Axis> categories;  ///< of its nodes: kind, and what the scenario has of type, sector, ...
};

/// Room of a snapshot: what is beyond it is left out, and counted.
inline constexpr std::size_t most_nodes = 150, most_ties = 600;

/// A network at one moment: the nodes with most trust (sum of the strengths of their ties, then the lower
/// id), and the strongest ties among them, each ordered by that.
struct NetworkSnapshot {
  std::size_t network = 0, moment = 0;  ///< positions in ArmInfo::networks and NetworkInfo::moments
  std::int32_t num_nodes = 0;           ///< of the whole network: agents that have ties
  std::int32_t num_ties = 0;            ///< of the whole network
  std::vector<std::uint64_t> ids;
  std::vector<double> weights;              ///< real ones that the agent stands for
  std::vector<std::int32_t> degrees;        ///< ties in the whole network
  std::vector<std::int32_t> labels;         ///< (node, category): position among its labels, -1: none
  std::vector<std::int32_t> first, second;  ///< ends of ties, as positions in `ids`
  std::vector<double> strengths;            ///< of ties
  bool operator==(const NetworkSnapshot&) const = default;
};

/// What an arm (a compiled scenario) will produce; the same in every replicate.
struct ArmInfo {
  std::string label;  ///< scenario name
  std::vector<SeriesInfo> series;
  std::vector<FlowColumn> flows;
  std::vector<InstrumentColumn> instruments;
  std::vector<Month> times;  ///< sample months (all indicators' union), each the last month of its period
  std::vector<int> years;    ///< of the yearly flows
  std::vector<Axis> axes;
  std::vector<NetworkInfo> networks;
};

/// All samples of one replicate of one arm.
struct ReplicateResult {
  std::size_t arm = 0;
  std::uint32_t replicate = 0;
  /// value[series][time]: NaN where not sampled; displayed unit of the series.
  std::vector<std::vector<double>> values;
  /// grouped[series][axis of its `by`][time][label]
  std::vector<std::vector<std::vector<std::vector<double>>>> grouped;
  /// flow[year][flow], cents
  std::vector<std::vector<Cents>> flows;
  /// per instrument and year: applications, awards (weighted counts)
  std::vector<std::vector<double>> applications, awards;
  std::vector<std::pair<std::string, double>> founded;      ///< kind, weighted number of founders
  std::vector<std::pair<std::string, std::size_t>> agents;  ///< kind, simulated agents at the end
  std::vector<NetworkSnapshot> networks;                    ///< of the first replicate of an experiment only
  double seconds = 0;
};

/// Receives finished replicates. Called by one thread at a time.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual void commit(const ReplicateResult& result) = 0;
};

}  // namespace polder
