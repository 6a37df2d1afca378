// SPDX-License-Identifier: Apache-2.0
#include "tools/report/tables.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>

#include <fmt/format.h>

#include "engine/money.hpp"
#include "output/result_csv.hpp"
#include "tools/report/files.hpp"
#include "tools/report/moments.hpp"

namespace polder::tools::report {

namespace {

using output::ResultReader;

std::string cell(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

/// Empty where unknown.
std::string cell(double value) {
  return std::isnan(value) ? std::string() : fmt::format("{}", value);
}

void indicators_table(const ResultReader& result, std::ostream& out) {
  out << "indicator,annex,title_en,title_nl,category,class,unit,definition,formula,source\n";
  for (const SeriesInfo& s : result.indicators())
    out << fmt::format("{},{},{},{},{},{},{},{},{},{}\n", cell(s.id),
                       s.annex == 0 ? "" : std::to_string(s.annex), cell(s.title_en), cell(s.title_nl),
                       cell(s.category), cell(s.indicator_class), cell(s.unit), cell(s.definition),
                       cell(s.formula), cell(s.source));
}

void levels_table(const ResultReader& result, std::ostream& out) {
  out << "arm,month,indicator,unit,class,mean,low_10,high_90,runs\n";
  for (const SeriesInfo& s : result.indicators()) {
    const output::Array array = result.series(s.id);
    const Trajectories values(array);
    for (std::size_t arm = 0; arm < result.arms().size(); ++arm)
      for (std::size_t t = 0; t < values.num_times(); ++t) {
        const std::vector<double> runs = values.at_time(arm, t);
        const output::MeanInterval mean = output::mean_interval(runs);
        if (mean.count == 0) continue;
        out << fmt::format("{},{},{},{},{},{},{},{},{}\n", cell(result.arms()[arm]),
                           to_string(result.times()[t]), cell(s.id), cell(s.unit), cell(s.indicator_class),
                           cell(mean.mean), cell(quantile(runs, 0.1)), cell(quantile(runs, 0.9)), mean.count);
      }
  }
}

/// The end of a row of effects: level of the baseline, paired difference and what is known about it.
std::string effect_cells(const Comparison& at) {
  return fmt::format("{},{},{},{},{},{},{}", cell(at.baseline), cell(at.effect.mean), cell(at.effect.low),
                     cell(at.effect.high), cell(at.effect.standard_error), cell(at.effect.p_value),
                     at.effect.pairs);
}
constexpr const char* effect_header = "baseline,difference,low_95,high_95,standard_error,p_value,pairs\n";

void effects_table(const ResultReader& result, std::ostream& out) {
  out << "policy,month,indicator,unit,class," << effect_header;
  for (const SeriesInfo& s : result.indicators()) {
    const output::Array array = result.series(s.id);
    const Trajectories values(array);
    for (std::size_t arm = 1; arm < result.arms().size(); ++arm)
      for (std::size_t t = 0; t < values.num_times(); ++t) {
        const Comparison at = compare(values, arm, {false, 0, 0, {t}});
        if (at.effect.pairs == 0) continue;
        out << fmt::format("{},{},{},{},{},{}\n", cell(result.arms()[arm]), to_string(result.times()[t]),
                           cell(s.id), cell(s.unit), cell(s.indicator_class), effect_cells(at));
      }
  }
}

void effects_by_label_table(const ResultReader& result, std::ostream& out) {
  out << "policy,month,indicator,unit,class,axis,label," << effect_header;
  for (const SeriesInfo& s : result.indicators())
    for (const Axis& axis : result.axes()) {
      if (std::find(s.by.begin(), s.by.end(), axis.name) == s.by.end()) continue;
      const output::Array array = result.grouped(s.id, axis.name);
      for (std::size_t arm = 1; arm < result.arms().size(); ++arm)
        for (std::size_t t = 0; t < result.times().size(); ++t)
          for (std::size_t l = 0; l < axis.labels.size(); ++l) {
            const Comparison at = compare(Trajectories(array, l), arm, {false, 0, 0, {t}});
            if (at.effect.pairs == 0) continue;
            out << fmt::format("{},{},{},{},{},{},{},{}\n", cell(result.arms()[arm]),
                               to_string(result.times()[t]), cell(s.id), cell(s.unit),
                               cell(s.indicator_class), cell(axis.name), cell(axis.labels[l]),
                               effect_cells(at));
          }
    }
}

void flows_table(const ResultReader& result, std::ostream& out) {
  out << "arm,replicate,year,instrument,is_instrument,payer,receiver,euros\n";
  const std::vector<FlowColumn> columns = result.flow_columns();
  for (const output::FlowRow& row : result.flow_rows()) {
    const FlowColumn& flow = columns.at(row.flow);
    out << fmt::format("{},{},{},{},{},{},{},{}\n", cell(result.arms()[row.arm]),
                       row.position + result.first_replicate() + 1, row.year, cell(flow.instrument),
                       flow.is_instrument ? 1 : 0, cell(flow.payer), cell(flow.receiver),
                       to_euros(row.amount));
  }
}

void instruments_table(const ResultReader& result, std::ostream& out) {
  out << "arm,replicate,year,instrument,form,payer,outlay_euros,applications,awards\n";
  const auto instruments = result.instruments();
  if (instruments.empty()) return;
  const output::Array outlay = result.instrument_table("outlay"),
                      applications = result.instrument_table("applications"),
                      awards = result.instrument_table("awards");
  std::size_t place = 0;
  for (const std::string& arm : result.arms())
    for (std::size_t r = 0; r < result.num_replicates(); ++r)
      for (const int year : result.years())
        for (const InstrumentColumn& instrument : instruments) {
          const double paid = outlay.values[place], asked = applications.values[place],
                       awarded = awards.values[place];
          ++place;
          if (std::isnan(paid)) continue;
          out << fmt::format("{},{},{},{},{},{},{},{},{}\n", cell(arm), r + result.first_replicate() + 1,
                             year, cell(instrument.id), cell(instrument.form), cell(instrument.payer),
                             cell(paid), cell(asked), cell(awarded));
        }
}

/// Arm, network and month at the beginning of a row of a snapshot.
std::string snapshot_cells(const ResultReader& result, const std::vector<NetworkInfo>& networks,
                           std::size_t arm, const NetworkSnapshot& one) {
  const NetworkInfo& network = networks.at(one.network);
  return fmt::format("{},{},{},{}", cell(result.arms()[arm]), result.first_replicate() + 1,
                     to_string(network.moments.at(one.moment)), cell(network.name));
}

void network_nodes_table(const ResultReader& result, std::ostream& out) {
  static constexpr const char* columns[] = {"kind", "type", "sector", "theme", "region"};
  out << "arm,replicate,month,network,node,kind,type,sector,theme,region,weight,degree\n";
  const std::vector<NetworkInfo> networks = result.networks();
  for (const auto& [arm, one] : result.snapshots()) {
    const auto& categories = networks.at(one.network).categories;
    for (std::size_t n = 0; n < one.ids.size(); ++n) {
      out << fmt::format("{},{:016x}", snapshot_cells(result, networks, arm, one), one.ids[n]);
      for (const char* column : columns) {
        out << ',';
        for (std::size_t c = 0; c < categories.size(); ++c) {
          const std::int32_t code = one.labels[n * categories.size() + c];
          if (categories[c].name == column && code >= 0)
            out << cell(categories[c].labels.at(static_cast<std::size_t>(code)));
        }
      }
      out << fmt::format(",{},{}\n", cell(one.weights[n]), one.degrees[n]);
    }
  }
}

void network_ties_table(const ResultReader& result, std::ostream& out) {
  out << "arm,replicate,month,network,first,second,strength\n";
  const std::vector<NetworkInfo> networks = result.networks();
  for (const auto& [arm, one] : result.snapshots())
    for (std::size_t t = 0; t < one.first.size(); ++t)
      out << fmt::format("{},{:016x},{:016x},{}\n", snapshot_cells(result, networks, arm, one),
                         one.ids[static_cast<std::size_t>(one.first[t])],
                         one.ids[static_cast<std::size_t>(one.second[t])], cell(one.strengths[t]));
}

}  // namespace

std::vector<std::string> write_tables(const ResultReader& result, const std::string& folder) {
  using Writer = void (*)(const ResultReader&, std::ostream&);
  static constexpr std::pair<const char*, Writer> tables[] = {
      {"indicators.csv", indicators_table},
      {"values.csv", output::write_tidy_csv},
      {"levels.csv", levels_table},
      {"effects.csv", effects_table},
      {"flows.csv", flows_table},
      {"effects_by_label.csv", effects_by_label_table},
      {"instruments.csv", instruments_table},
      {"network_nodes.csv", network_nodes_table},
      {"network_ties.csv", network_ties_table}};
  make_folder(folder);
  std::vector<std::string> names;
  for (const auto& [name, write] : tables) {
    write_file(folder + "/" + name, [&, write = write](std::ostream& out) { write(result, out); });
    names.emplace_back(name);
  }
  return names;
}

}  // namespace polder::tools::report
