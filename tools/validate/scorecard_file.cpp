// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "output/hdf5_file.hpp"
#include "tools/validate/scorecard.hpp"

namespace polder::tools::validate {

namespace {

using output::hdf5::Dataset;
using output::hdf5::Element;
using output::hdf5::File;
using output::hdf5::Group;

struct TextColumn {
  const char* name;
  const char* long_name;
  std::string ScoreRow::*value;
};
constexpr std::array texts{TextColumn{"group", "part of the model that the fact is about", &ScoreRow::group},
                           TextColumn{"title", "what is measured", &ScoreRow::title},
                           TextColumn{"unit", "unit of simulated, spread, low and high", &ScoreRow::unit},
                           TextColumn{"source", "source of the band", &ScoreRow::source},
                           TextColumn{"note", "what in the model makes it", &ScoreRow::note}};

struct NumberColumn {
  const char* name;
  const char* long_name;
  double ScoreRow::*value;
};
constexpr std::array numbers{NumberColumn{"simulated", "mean over replicates", &ScoreRow::value},
                             NumberColumn{"spread", "standard deviation over replicates", &ScoreRow::spread},
                             NumberColumn{"low", "lower end of the band", &ScoreRow::low},
                             NumberColumn{"high", "upper end of the band", &ScoreRow::high}};

class Columns {
 public:
  Columns(Group group, std::span<const ScoreRow> rows)
      : group_(std::move(group)), rows_(rows), axis_(group_.create("fact", Element::text, {rows.size()})) {
    axis_.write_text(collect([](const ScoreRow& row) { return row.id; }));
    axis_.make_scale("fact");
    axis_.set_attribute("long_name", "stylised fact");
  }
  template <class Value>
  void add_text(const char* name, const char* long_name, Value value) {
    Dataset made = add(name, long_name, Element::text);
    made.write_text(collect(value));
  }
  void add_number(const NumberColumn& column) {
    std::vector<double> values;
    for (const ScoreRow& row : rows_) values.push_back(row.*column.value);
    add(column.name, column.long_name, Element::f64).write(std::span<const double>(values));
  }
  void add_count() {
    std::vector<std::int32_t> values;
    for (const ScoreRow& row : rows_) values.push_back(row.replicates);
    add("replicates", "replicates in which it could be measured", Element::i32)
        .write(std::span<const std::int32_t>(values));
  }

 private:
  template <class Value>
  std::vector<std::string> collect(Value value) const {
    std::vector<std::string> list;
    for (const ScoreRow& row : rows_) list.push_back(value(row));
    return list;
  }
  Dataset add(const char* name, const char* long_name, Element element) {
    Dataset made = group_.create(name, element, {rows_.size()});
    made.attach_scale(0, axis_);
    made.set_attribute("long_name", long_name);
    return made;
  }
  Group group_;
  std::span<const ScoreRow> rows_;
  Dataset axis_;
};

Verdict verdict_of(const std::string& text) {
  for (const Verdict verdict : {Verdict::pass, Verdict::near, Verdict::miss})
    if (text == name(verdict)) return verdict;
  return Verdict::not_measured;
}

}  // namespace

void write_scorecard(const std::string& path, std::span<const ScoreRow> rows) {
  File file = File::open(path, File::Access::write);
  {
    Group group = file.root().create_group("validation");
    group.set_attribute("long_name", "scorecard of stylised facts");
    Dataset json = group.create("json", Element::text, {});
    json.write_text({as_json(rows)});
    json.set_attribute("long_name", "the scorecard as one JSON document");
    Columns columns(std::move(group), rows);
    for (const TextColumn& column : texts)
      columns.add_text(column.name, column.long_name, [&](const ScoreRow& row) { return row.*column.value; });
    for (const NumberColumn& column : numbers) columns.add_number(column);
    columns.add_count();
    columns.add_text("role", "test, or target of calibration or founding", [](const ScoreRow& row) {
      return std::string(row.role == Role::target ? "target" : "test");
    });
    columns.add_text("verdict", "pass, near, miss or not measured",
                     [](const ScoreRow& row) { return std::string(name(row.verdict)); });
  }
  file.close();
}

std::vector<ScoreRow> read_scorecard(const std::string& path) {
  const File file = File::open(path, File::Access::read);
  if (!file.root().has("validation")) return {};
  const Group group = file.root().group("validation");
  const std::vector<std::string> ids = group.dataset("fact").read_text();
  std::vector<ScoreRow> rows(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) rows[i].id = ids[i];
  for (const TextColumn& column : texts) {
    const auto values = group.dataset(column.name).read_text();
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].*column.value = values.at(i);
  }
  for (const NumberColumn& column : numbers) {
    const auto values = group.dataset(column.name).read<double>();
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].*column.value = values.at(i);
  }
  const auto replicates = group.dataset("replicates").read<std::int32_t>();
  const auto roles = group.dataset("role").read_text(), verdicts = group.dataset("verdict").read_text();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].replicates = replicates.at(i);
    rows[i].role = roles.at(i) == "target" ? Role::target : Role::test;
    rows[i].verdict = verdict_of(verdicts.at(i));
  }
  return rows;
}

}  // namespace polder::tools::validate
