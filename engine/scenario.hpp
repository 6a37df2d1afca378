// SPDX-License-Identifier: Apache-2.0
// A scenario as plain, comparable data: what the YAML says after `extends`, `use` and `--set` are resolved,
// with formulas still text. Made by scenarios/ (or by hand in a test), turned into a Program by
// engine/compile.hpp.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/calendar.hpp"
#include "engine/error.hpp"

namespace polder {

/// A formula (or a plain value, which is a short formula) and where it stands.
struct FormulaText {
  std::string text;
  Mark mark;         ///< of the first character of the text
  std::string path;  ///< dotted path, for messages
  bool empty() const { return text.empty(); }
  bool operator==(const FormulaText& other) const { return text == other.text; }
};

struct NamedFormula {
  std::string name;
  FormulaText formula;
  Mark mark = {};  ///< of the name
  bool operator==(const NamedFormula& o) const { return name == o.name && formula == o.formula; }
};

struct ParameterSpec {
  std::string name;
  FormulaText value;
  std::string unit;  ///< empty: taken from the value
  FormulaText low, high;
  std::string source, label;
  FormulaText step;  ///< of a slider
  Mark mark;
  bool operator==(const ParameterSpec& o) const {
    return name == o.name && value == o.value && unit == o.unit && low == o.low && high == o.high;
  }
};

enum class ColumnType : std::uint8_t { number, money, integer, flag, category, id, vector };

struct AttributeSpec {
  std::string name;
  ColumnType type = ColumnType::number;
  std::string unit;  ///< of numbers and vectors; money is EUR, per real agent
  int size = 1;      ///< of vectors
  std::vector<std::string>
      labels;  ///< of categories; or the name of a scenario list (sectors, regions, themes) in `label_set`
  std::string label_set;
  std::string target;  ///< kind that an id refers to
  FormulaText start;   ///< founders and entrants; empty: 0, false, first label, nobody
  std::string meaning;
  Mark mark, target_mark = {};
  bool operator==(const AttributeSpec& o) const {
    return name == o.name && type == o.type && unit == o.unit && size == o.size && labels == o.labels &&
           start == o.start;
  }
};

/// A CSV file: header names may carry units as `name [unit]`; `source` columns and lines that start with #
/// are kept apart.
struct DataTable {
  std::string path;      ///< as written in the scenario
  std::string checksum;  ///< 16 hex digits (FNV-1a 64 of the bytes)
  std::string content;   ///< the bytes, embedded in results
  struct Column {
    std::string name, unit;
    std::vector<std::string> cells;
    /// Line and column of the header, then of each cell, for messages; empty in a table made by hand.
    std::vector<std::pair<int, int>> places = {};
    bool operator==(const Column& o) const { return name == o.name && unit == o.unit && cells == o.cells; }
  };
  std::vector<Column> columns;
  std::string file = {};  ///< `path` as seen from where the program runs, for messages
  std::size_t num_rows() const { return columns.empty() ? 0 : columns.front().cells.size(); }
  const Column* find(std::string_view name) const {
    for (const auto& c : columns)
      if (c.name == name) return &c;
    return nullptr;
  }
  /// Where the header (row 0) or the cell of a row (from 1) stands.
  Mark mark(const Column& column, std::size_t row) const {
    const auto [line, character] =
        row < column.places.size() ? column.places[row] : std::pair{static_cast<int>(row) + 1, 0};
    return {file.empty() ? path : file, line, character};
  }
  bool operator==(const DataTable& o) const { return checksum == o.checksum && columns == o.columns; }
};

struct KindSpec {
  std::string name;
  bool scaled = false;  ///< true: founders are multiplied by `scale` and carry weight 1/scale
  FormulaText count;    ///< founders at scale 1 (without a data file)
  std::string data;  ///< name of a DataTable: one founding cell a row; column `count` (default 1), others set
                     ///< attributes; a column `weight` = 1 in a scaled kind keeps that cell at 1:1
  std::vector<AttributeSpec> attributes;
  Mark mark;
  bool operator==(const KindSpec& o) const {
    return name == o.name && scaled == o.scaled && count == o.count && data == o.data &&
           attributes == o.attributes;
  }
};

/// A key of a mechanism or an instrument with its value or list of values; nested maps are flattened to
/// dotted keys.
struct Setting {
  std::string key;
  std::vector<FormulaText> values;
  bool is_list = false;
  Mark mark;
  bool operator==(const Setting& o) const {
    return key == o.key && values == o.values && is_list == o.is_list;
  }
};
using Settings = std::vector<Setting>;
inline const Setting* find_setting(const Settings& settings, std::string_view key) {
  for (const auto& s : settings)
    if (s.key == key) return &s;
  return nullptr;
}

struct MechanismSpec {
  std::string name;
  Settings settings;
  Mark mark;
  bool operator==(const MechanismSpec& o) const { return name == o.name && settings == o.settings; }
};

struct InstrumentSpec {
  std::string id, title, title_nl, payer, form, source;
  Month start, end, announced;  ///< inclusive window; announced defaults to start
  Settings settings;  ///< everything else, dotted: budget.total, eligible, request, allocation.method, ...
  Mark mark;
  bool operator==(const InstrumentSpec& o) const {
    return id == o.id && payer == o.payer && form == o.form && start == o.start && end == o.end &&
           announced == o.announced && settings == o.settings;
  }
};

/// One line of a rule's `do`.
struct Action {
  enum class Verb : std::uint8_t { set, add, multiply, maximum, learn, tie, transfer, enter, exit };
  Verb verb = Verb::set;
  /// set, add, multiply, maximum: attribute (or partner.attribute) = formula; enter: start values of the
  /// entrant.
  std::vector<NamedFormula> assignments;
  std::string from, to;  ///< learn, transfer: self, partner or (transfer) a named account
  std::string
      name;  ///< learn: attribute; tie: network; transfer: purpose; enter: kind; exit: self or partner
  FormulaText amount;  ///< learn, tie: strength; transfer: amount of money per real agent
  Mark mark;
  std::string path;                    ///< `rules.x.do[2]`, for messages
  Mark from_mark, to_mark, name_mark;  ///< of the values of `from`, `to` and the key that `name` stands for
  bool operator==(const Action& o) const {
    return verb == o.verb && assignments == o.assignments && from == o.from && to == o.to && name == o.name &&
           amount == o.amount;
  }
};

struct MatchSpec {
  std::string with;        ///< kind
  FormulaText count;       ///< partners a month (default 1; constant)
  FormulaText weight;      ///< over self and partner; empty: uniform
  FormulaText where;       ///< candidates must satisfy it
  FormulaText candidates;  ///< sampled candidates when weighted (default: all up to 64, else 64)
  std::string network;     ///< candidates are my neighbours in this network
  Mark mark, with_mark = {}, network_mark = {};
  bool operator==(const MatchSpec& o) const {
    return with == o.with && count == o.count && weight == o.weight && where == o.where &&
           network == o.network;
  }
};

/// Pooled funding: applications are ranked and payers pay in turn from a monthly budget.
struct FundSpec {
  std::string from;     ///< kind of the payers
  FormulaText request;  ///< amount an applicant asks for
  FormulaText budget;   ///< each payer's budget a month (over the payer's attributes)
  FormulaText rank;     ///< highest first, ties by id
  Mark mark, from_mark = {};
  bool operator==(const FundSpec& o) const {
    return from == o.from && request == o.request && budget == o.budget && rank == o.rank;
  }
};

struct RuleSpec {
  std::string id, title, family, who;
  int every = 1;                      ///< months
  FormulaText when, chance, require;  ///< eligibility, chance, and a condition on the pair after matching
  std::vector<NamedFormula> let;      ///< local values, in order
  std::optional<MatchSpec> match;
  std::optional<FundSpec> fund;
  std::vector<Action> actions;
  std::vector<std::string> after;
  Mark mark, who_mark = {};
  bool operator==(const RuleSpec& o) const {
    return id == o.id && who == o.who && every == o.every && when == o.when && chance == o.chance &&
           require == o.require && let == o.let && match == o.match && fund == o.fund &&
           actions == o.actions && after == o.after;
  }
};

struct IndicatorSpec {
  /// Value at the sample, or aggregates averaged or added up over the months since the last one.
  enum class Period : std::uint8_t { end, mean, sum };
  std::string id;
  int annex = 0;  ///< number in the strategy's annex, 0: none
  std::string category, indicator_class, title_en, title_nl, definition, unit, source;
  FormulaText value;
  std::vector<std::string> by;  ///< category attributes of the aggregated kinds, for example sector, region
  int every = 12;               ///< months
  Period period = Period::end;
  Mark mark;
  bool operator==(const IndicatorSpec& o) const {
    return id == o.id && value == o.value && unit == o.unit && by == o.by && every == o.every &&
           period == o.period;
  }
};

struct ControlSpec {
  std::string parameter, label;
  FormulaText low, high, step;
  bool operator==(const ControlSpec&) const = default;
};

struct NetworkSpec {
  std::string name;
  FormulaText decay;  ///< monthly loss of strength, for example `2 % /month`
  bool operator==(const NetworkSpec&) const = default;
};

struct ClockSpec {
  Month start, end;  ///< inclusive
  int burn_in = 0;   ///< months before start
  bool operator==(const ClockSpec&) const = default;
};

/// One file that the scenario was made of, embedded in results.
struct SourceFile {
  std::string path, checksum, content;
  bool operator==(const SourceFile& o) const { return checksum == o.checksum; }
};

struct Scenario {
  int format = 1;
  std::string name, title, title_nl, description;
  ClockSpec clock;
  double scale = 1.0;
  std::uint64_t seed = 1;
  /// Lists of labels with an optional data file: sectors, regions, themes and the user's own.
  struct LabelSet {
    std::string name;
    std::vector<std::string> labels;
    std::string data;  ///< DataTable whose first column holds the labels, empty: given inline
    bool operator==(const LabelSet&) const = default;
  };
  std::vector<LabelSet> label_sets;
  std::vector<ParameterSpec> parameters;
  std::vector<KindSpec> kinds;
  std::vector<NetworkSpec> networks;
  std::vector<std::string> accounts;  ///< named accounts beside those of the mechanisms
  std::vector<MechanismSpec> mechanisms;
  std::vector<InstrumentSpec> instruments;
  std::vector<RuleSpec> rules;
  std::vector<IndicatorSpec> indicators;
  std::vector<ControlSpec> controls;
  std::map<std::string, std::string> lesson;  ///< en, nl
  std::vector<DataTable> data;
  std::vector<SourceFile> files;
  std::string resolved;  ///< the merged YAML text, written by the reader
  bool operator==(const Scenario& o) const {
    return format == o.format && name == o.name && clock == o.clock && scale == o.scale && seed == o.seed &&
           label_sets == o.label_sets && parameters == o.parameters && kinds == o.kinds &&
           networks == o.networks && accounts == o.accounts && mechanisms == o.mechanisms &&
           instruments == o.instruments && rules == o.rules && indicators == o.indicators && data == o.data;
  }
  const DataTable* find_data(std::string_view path) const {
    for (const auto& d : data)
      if (d.path == path) return &d;
    return nullptr;
  }
};

}  // namespace polder
