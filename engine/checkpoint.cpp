// SPDX-License-Identifier: Apache-2.0
// The state and the samples so far, to an archive and back to the same bits. Rows are kept as they are, holes
// included.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "engine/error.hpp"
#include "engine/program_impl.hpp"

namespace polder {

namespace {

template <class To, class From>
std::vector<To> cast(const std::vector<From>& values) {
  std::vector<To> result;
  result.reserve(values.size());
  for (const auto& v : values) result.push_back(static_cast<To>(v));
  return result;
}

[[noreturn]] void refuse(const std::string& why) {
  throw InputError(
      Mistake{{}, "checkpoint", why, "a checkpoint of this very scenario; start again without it", {}});
}

}  // namespace

/// Reads and writes what tables and ties keep private.
class Archiver {
 public:
  static void save(const Table& table, const KindLayout& kind, const std::string& path,
                   ArchiveWriter& archive) {
    archive.put(path + "/ids", std::span<const std::uint64_t>(cast<std::uint64_t>(table.ids_)));
    archive.put(path + "/alive", std::span<const std::uint8_t>(table.alive_));
    archive.put(path + "/weights", std::span<const double>(table.weights_));
    archive.put(path + "/holes", std::span<const std::uint64_t>(cast<std::uint64_t>(table.holes_)));
    for (std::size_t c = 0; c < kind.columns.size(); ++c) {
      const std::string name = path + "/columns/" + kind.columns[c].name;
      std::visit([&](const auto& values) { put(archive, name, values); }, table.columns_[c]);
    }
  }

  static void restore(Table& table, const KindLayout& kind, const std::string& path,
                      const ArchiveReader& archive) {
    std::vector<std::uint64_t> ids, holes;
    archive.get(path + "/ids", ids);
    archive.get(path + "/alive", table.alive_);
    archive.get(path + "/weights", table.weights_);
    archive.get(path + "/holes", holes);
    table.ids_ = cast<AgentId>(ids);
    table.holes_ = cast<Row>(holes);
    const std::size_t rows = ids.size();
    if (table.alive_.size() != rows || table.weights_.size() != rows) refuse(path + " is damaged");
    for (std::size_t c = 0; c < kind.columns.size(); ++c) {
      const std::string name = path + "/columns/" + kind.columns[c].name;
      if (!archive.has(name)) refuse(name + " is missing");
      std::visit([&](auto& values) { get(archive, name, values); }, table.columns_[c]);
      const std::size_t length = std::visit([](const auto& v) { return v.size(); }, table.columns_[c]);
      if (length != rows * static_cast<std::size_t>(kind.columns[c].size)) refuse(name + " is damaged");
    }
    table.by_id_.clear();
    for (std::size_t r = 0; r < rows; ++r)
      if (table.alive_[r] != 0) table.by_id_.push_back(static_cast<Row>(r));
    std::sort(table.by_id_.begin(), table.by_id_.end(),
              [&](Row a, Row b) { return table.ids_[a] < table.ids_[b]; });
    table.list_keys();
    table.rebuild_index();
    table.refresh_pointers();
  }

  static void save(const Ties& ties, const std::string& path, ArchiveWriter& archive) {
    std::vector<std::uint64_t> a, b;
    std::vector<double> strength;
    std::vector<std::int64_t> since, last;
    for (const Tie& tie : ties.ties_) {
      a.push_back(raw(tie.a));
      b.push_back(raw(tie.b));
      strength.push_back(double{tie.strength});
      since.push_back(tie.since);
      last.push_back(tie.last);
    }
    archive.put(path + "/a", std::span<const std::uint64_t>(a));
    archive.put(path + "/b", std::span<const std::uint64_t>(b));
    archive.put(path + "/strength", std::span<const double>(strength));
    archive.put(path + "/since", std::span<const std::int64_t>(since));
    archive.put(path + "/last", std::span<const std::int64_t>(last));
  }

  static void restore(Ties& ties, const std::string& path, const ArchiveReader& archive) {
    std::vector<std::uint64_t> a, b;
    std::vector<double> strength;
    std::vector<std::int64_t> since, last;
    archive.get(path + "/a", a);
    archive.get(path + "/b", b);
    archive.get(path + "/strength", strength);
    archive.get(path + "/since", since);
    archive.get(path + "/last", last);
    if (b.size() != a.size() || strength.size() != a.size() || since.size() != a.size() ||
        last.size() != a.size()) {
      refuse(path + " is damaged");
    }
    ties.ties_.clear();
    for (std::size_t i = 0; i < a.size(); ++i) {
      ties.ties_.push_back({AgentId{a[i]}, AgentId{b[i]}, static_cast<float>(strength[i]),
                            static_cast<std::int32_t>(since[i]), static_cast<std::int32_t>(last[i])});
    }
  }

 private:
  template <class T>
  static void put(ArchiveWriter& archive, const std::string& name, const std::vector<T>& values) {
    if constexpr (std::is_same_v<T, AgentId>)
      archive.put(name, std::span<const std::uint64_t>(cast<std::uint64_t>(values)));
    else
      archive.put(name, std::span<const T>(values));
  }
  template <class T>
  static void get(const ArchiveReader& archive, const std::string& name, std::vector<T>& values) {
    if constexpr (std::is_same_v<T, AgentId>) {
      std::vector<std::uint64_t> bits;
      archive.get(name, bits);
      values = cast<AgentId>(bits);
    } else {
      archive.get(name, values);
    }
  }
};

namespace {

/// Ragged samples as one array, in a fixed order.
template <class Visit>
void visit_samples(ReplicateResult& samples, Visit visit) {
  for (auto& series : samples.values)
    for (auto& v : series) visit(v);
  for (auto& series : samples.grouped)
    for (auto& axis : series)
      for (auto& time : axis)
        for (auto& v : time) visit(v);
  for (auto& instrument : samples.applications)
    for (auto& v : instrument) visit(v);
  for (auto& instrument : samples.awards)
    for (auto& v : instrument) visit(v);
}

std::string folder_of_snapshot(std::size_t i) {
  return fmt::format("samples/networks/{}/", i);
}

constexpr const char* num_snapshots_name = "samples/num_networks";

void save_snapshots(const std::vector<NetworkSnapshot>& snapshots, ArchiveWriter& archive) {
  const auto put_whole = [&](const std::string& name, const std::vector<std::int32_t>& values) {
    archive.put(name, std::span<const std::int64_t>(cast<std::int64_t>(values)));
  };
  const std::uint64_t count = snapshots.size();
  archive.put(num_snapshots_name, std::span<const std::uint64_t>(&count, 1));
  for (std::size_t i = 0; i < snapshots.size(); ++i) {
    const NetworkSnapshot& one = snapshots[i];
    const std::string path = folder_of_snapshot(i);
    put_whole(path + "size", {static_cast<std::int32_t>(one.network), static_cast<std::int32_t>(one.moment),
                              one.num_nodes, one.num_ties});
    archive.put(path + "ids", std::span<const std::uint64_t>(one.ids));
    archive.put(path + "weights", std::span<const double>(one.weights));
    put_whole(path + "degrees", one.degrees);
    put_whole(path + "labels", one.labels);
    put_whole(path + "first", one.first);
    put_whole(path + "second", one.second);
    archive.put(path + "strengths", std::span<const double>(one.strengths));
  }
}

std::vector<NetworkSnapshot> restore_snapshots(const ArchiveReader& archive) {
  const auto get_whole = [&](const std::string& name) {
    std::vector<std::int64_t> values;
    archive.get(name, values);
    return cast<std::int32_t>(values);
  };
  std::vector<std::uint64_t> count;
  archive.get(num_snapshots_name, count);
  if (count.size() != 1) refuse(std::string(num_snapshots_name) + " is damaged");
  std::vector<NetworkSnapshot> snapshots;
  for (std::size_t i = 0; i < count[0]; ++i) {
    NetworkSnapshot& one = snapshots.emplace_back();
    const std::string path = folder_of_snapshot(i);
    const std::vector<std::int32_t> size = get_whole(path + "size");
    if (size.size() != 4) refuse(path + " is damaged");
    one.network = static_cast<std::size_t>(size[0]);
    one.moment = static_cast<std::size_t>(size[1]);
    one.num_nodes = size[2];
    one.num_ties = size[3];
    archive.get(path + "ids", one.ids);
    archive.get(path + "weights", one.weights);
    one.degrees = get_whole(path + "degrees");
    one.labels = get_whole(path + "labels");
    one.first = get_whole(path + "first");
    one.second = get_whole(path + "second");
    archive.get(path + "strengths", one.strengths);
    const std::size_t nodes = one.ids.size(), ties = one.first.size();
    if (one.weights.size() != nodes || one.degrees.size() != nodes || one.second.size() != ties ||
        one.strengths.size() != ties)
      refuse(path + " is damaged");
  }
  return snapshots;
}

}  // namespace

void save(const Program& program, const State& state, const ReplicateResult& samples,
          ArchiveWriter& archive) {
  const auto& impl = program.impl();
  archive.put_text("scenario", impl.scenario.name);
  archive.put("clock", std::span<const std::uint64_t>(
                           std::vector<std::uint64_t>{state.seed, state.replicate, state.step}));
  for (std::size_t k = 0; k < state.tables.size(); ++k) {
    Archiver::save(state.tables[k], impl.layout.kinds[k], "kinds/" + impl.layout.kinds[k].name, archive);
  }
  for (std::size_t n = 0; n < state.networks.size(); ++n)
    Archiver::save(state.networks[n], "networks/" + impl.layout.networks[n], archive);
  archive.put("ledger/named", std::span<const std::int64_t>(state.ledger.named));
  archive.put("ledger/year_flows", std::span<const std::int64_t>(state.ledger.year_flows));
  archive.put("events", std::span<const double>(state.events));
  archive.put("event_sums", std::span<const double>(state.event_sums));
  archive.put("sample_sums", std::span<const double>(state.sample_sums));
  std::vector<double> values;
  auto copy = samples;
  visit_samples(copy, [&](double& v) { values.push_back(v); });
  archive.put("samples/values", std::span<const double>(values));
  std::vector<std::int64_t> flows;
  for (const auto& year : samples.flows) flows.insert(flows.end(), year.begin(), year.end());
  archive.put("samples/flows", std::span<const std::int64_t>(flows));
  save_snapshots(samples.networks, archive);
}

void restore(const Program& program, const ArchiveReader& archive, State& state, ReplicateResult& samples) {
  const auto& impl = program.impl();
  if (archive.get_text("scenario") != impl.scenario.name)
    refuse(fmt::format("scenario {}", archive.get_text("scenario")));
  std::vector<std::uint64_t> clock;
  archive.get("clock", clock);
  if (clock.size() != 3 || clock[2] > impl.num_steps) refuse("clock");
  state = State{};
  state.seed = clock[0];
  state.replicate = static_cast<std::uint32_t>(clock[1]);
  state.step = static_cast<std::uint32_t>(clock[2]);
  for (const auto& kind : impl.layout.kinds) {
    Archiver::restore(state.tables.emplace_back(kind), kind, "kinds/" + kind.name, archive);
  }
  for (const auto& network : impl.layout.networks)
    Archiver::restore(state.networks.emplace_back(), "networks/" + network, archive);
  const auto expect = [&](const auto& values, std::size_t size, const char* name) {
    if (values.size() != size) refuse(std::string(name) + " is damaged or of another scenario");
  };
  archive.get("ledger/named", state.ledger.named);
  archive.get("ledger/year_flows", state.ledger.year_flows);
  archive.get("events", state.events);
  archive.get("event_sums", state.event_sums);
  archive.get("sample_sums", state.sample_sums);
  expect(state.ledger.named, impl.named_accounts.size(), "ledger/named");
  expect(state.ledger.year_flows, impl.flows.size(), "ledger/year_flows");
  expect(state.events, impl.layout.events.size(), "events");
  expect(state.event_sums, impl.layout.events.size(), "event_sums");
  expect(state.sample_sums, impl.num_sample_sums, "sample_sums");
  samples = Recorder(program).result();
  samples.replicate = state.replicate;
  std::vector<double> values;
  archive.get("samples/values", values);
  std::size_t count = 0;
  visit_samples(samples, [&](double&) { ++count; });
  expect(values, count, "samples/values");
  std::size_t next = 0;
  visit_samples(samples, [&](double& v) { v = values[next++]; });
  std::vector<std::int64_t> flows;
  archive.get("samples/flows", flows);
  expect(flows, samples.flows.size() * impl.flows.size(), "samples/flows");
  next = 0;
  for (auto& year : samples.flows)
    for (auto& cents : year) cents = flows[next++];
  samples.networks = restore_snapshots(archive);
}

void permute_rows(State& state, std::uint64_t shuffle_seed) {
  for (Table& table : state.tables) {
    std::vector<Row> rows(table.num_rows());
    for (std::size_t r = 0; r < rows.size(); ++r) rows[r] = static_cast<Row>(r);
    std::sort(rows.begin(), rows.end(),
              [&](Row a, Row b) { return combine(shuffle_seed, a) < combine(shuffle_seed, b); });
    table.permute(rows);
  }
}

}  // namespace polder
