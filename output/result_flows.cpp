// SPDX-License-Identifier: Apache-2.0
#include "output/result_flows.hpp"

#include <algorithm>

#include "engine/error.hpp"

namespace polder::output {
namespace {

using hdf5::Box;
using hdf5::Element;
using hdf5::Shape;

std::vector<FlowRow> rows_of_full_table(const hdf5::Group& group, const Contents& contents) {
  const hdf5::Dataset amounts = group.dataset("amount");
  const std::vector<std::int32_t> years = group.dataset("year").read<std::int32_t>();
  const Shape shape = amounts.shape();
  std::vector<FlowRow> rows;
  for (std::uint64_t arm = 0; arm < contents.num_arms; ++arm) {
    for (std::uint64_t r = 0; r < contents.num_replicates; ++r) {
      if (!contents.has(arm, r)) continue;
      const auto values = amounts.read<std::int64_t>(Box{{arm, r, 0, 0}, {1, 1, shape.at(2), shape.at(3)}});
      for (std::uint64_t i = 0; i < values.size(); ++i) {
        if (values[i] != 0) rows.push_back({arm, r, years.at(i / shape[3]), i % shape[3], values[i]});
      }
    }
  }
  return rows;
}

std::vector<FlowRow> rows_as_stored(const hdf5::Group& group, std::int32_t first_replicate) {
  std::vector<FlowRow> rows;
  if (!group.has("amount")) return rows;
  const auto arm = group.dataset("arm_index").read<std::int32_t>();
  const auto replicate = group.dataset("replicate").read<std::int32_t>();
  const auto year = group.dataset("year").read<std::int32_t>();
  const auto flow = group.dataset("flow_index").read<std::int32_t>();
  const auto amount = group.dataset("amount").read<std::int64_t>();
  for (std::size_t i = 0; i < amount.size(); ++i) {
    rows.push_back({static_cast<std::size_t>(arm.at(i)),
                    static_cast<std::uint64_t>(replicate.at(i) - first_replicate), year.at(i),
                    static_cast<std::size_t>(flow.at(i)), amount[i]});
  }
  return rows;
}

void write_full_table(hdf5::File& to, const std::vector<FlowRow>& rows, const ResultLayout& layout) {
  hdf5::Dataset amounts = to.root().group("flows").dataset("amount");
  for (const auto& row : rows) {
    const auto year =
        std::lower_bound(layout.years.begin(), layout.years.end(), row.year) - layout.years.begin();
    amounts.write(std::span<const Cents>(&row.amount, 1),
                  Box{{row.arm, row.position, static_cast<std::uint64_t>(year), row.flow}, {1, 1, 1, 1}});
  }
}

void write_rows(hdf5::File& to, const std::vector<FlowRow>& rows, const ExperimentInfo& info,
                const ResultLayout& layout) {
  AxisTable axes = make_axes(info, layout, 1);
  axes["row"] = {AxisSpec::Coordinate::none, rows.size(), {}, {}, {}, {}};
  Shelf shelf(make_group(to, "flows"), axes);
  shelf.add_axis("arm");
  add_flow_texts(shelf, layout.flows);
  if (rows.empty()) return shelf.finish();
  std::vector<std::int32_t> arm, replicate, year, flow;
  std::vector<Cents> amount;
  for (const auto& row : rows) {
    arm.push_back(static_cast<std::int32_t>(row.arm));
    replicate.push_back(static_cast<std::int32_t>(row.position + info.first_replicate + 1));
    year.push_back(row.year);
    flow.push_back(static_cast<std::int32_t>(row.flow));
    amount.push_back(row.amount);
  }
  const hdf5::Storage storage{{std::min<std::uint64_t>(rows.size(), 65536)}, false, true, false};
  const auto add = [&](const char* name, const char* long_name, const std::vector<std::int32_t>& values) {
    shelf.add({"", name, Element::i32, {"row"}, {{"long_name", long_name}, {"units", "1"}}}, storage)
        .write(std::span<const std::int32_t>(values));
  };
  add("arm_index", "position on the axis arm, from 0", arm);
  add("replicate", "replicate", replicate);
  add("year", "calendar year", year);
  add("flow_index", "position on the axis flow (instrument, payer, receiver), from 0", flow);
  shelf
      .add({"",
            "amount",
            Element::i64,
            {"row"},
            {{"long_name", "money moved in the year"}, {"units", "cent"}}},
           storage)
      .write(std::span<const Cents>(amount));
  shelf.finish();
}

}  // namespace

std::vector<FlowColumn> read_flow_columns(const hdf5::File& file) {
  const hdf5::Group root = file.root();
  if (!root.has("flows")) return {};
  const hdf5::Group group = root.group("flows");
  const auto instrument = group.dataset("instrument").read_text();
  const auto payer = group.dataset("payer").read_text();
  const auto receiver = group.dataset("receiver").read_text();
  const auto is_instrument = group.dataset("is_instrument").read<std::int8_t>();
  std::vector<FlowColumn> flows;
  for (std::size_t i = 0; i < instrument.size(); ++i) {
    flows.push_back({instrument[i], payer.at(i), receiver.at(i), is_instrument.at(i) != 0});
  }
  return flows;
}

std::vector<FlowRow> read_flow_rows(const hdf5::File& file, const Contents& contents) {
  const hdf5::Group root = file.root();
  if (!root.has("flows")) return {};
  const hdf5::Group group = root.group("flows");
  if (root.attribute<std::int32_t>("complete") == 0) return rows_of_full_table(group, contents);
  return rows_as_stored(group,
                        static_cast<std::int32_t>(root.attribute<std::int64_t>("first_replicate")) + 1);
}

void copy_flows(const hdf5::File& from, hdf5::File& to, const Contents& contents, const ExperimentInfo& info,
                const ResultLayout& layout, Stage stage) {
  if (layout.flows.empty() || layout.years.empty()) return;
  const std::vector<FlowRow> rows = read_flow_rows(from, contents);
  if (stage == Stage::finished) {
    write_rows(to, rows, info, layout);
  } else {
    write_full_table(to, rows, layout);
  }
}

}  // namespace polder::output
