// SPDX-License-Identifier: Apache-2.0
#include "tools/analysis_report.hpp"

#include <cmath>
#include <limits>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "tools/text_table.hpp"

namespace polder::tools {

namespace {

using Json = nlohmann::ordered_json;

double number(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_number() ? found->get<double>()
                                                   : std::numeric_limits<double>::quiet_NaN();
}

std::string text(const Json& json, const char* key) {
  return json.value(key, "");
}

/// The words of one language.
class Words {
 public:
  explicit Words(Language language) : dutch_(language == Language::dutch) {}
  const char* operator()(const char* english, const char* dutch) const { return dutch_ ? dutch : english; }

 private:
  bool dutch_;
};

std::string percent(double share) {
  return std::isnan(share) ? "-" : fmt::format("{:.0f} %", 100 * share);
}

std::string with_interval(const Json& estimate) {
  const double value = number(estimate, "value"), low = number(estimate, "low"),
               high = number(estimate, "high");
  if (std::isnan(value)) return "-";
  return std::isnan(low) ? fmt::format("{:.2f}", value)
                         : fmt::format("{:.2f} [{:.2f}, {:.2f}]", value, low, high);
}

/// `3.2 MEUR`, and nothing but the number where there is no unit.
std::string with_unit(const std::string& number, const std::string& unit) {
  return unit.empty() || unit == "1" ? number : number + ' ' + unit;
}

/// The values of a parameter at which the sign of an effect changes.
std::string crossing_text(const Json& analysis, const Json& flip) {
  std::string unit;
  for (const Json& parameter : analysis["parameters"])
    if (text(parameter, "name") == text(flip, "parameter")) unit = text(parameter, "unit");
  std::vector<std::string> values;
  for (const Json& value : flip["crossings"]) {
    if (!value.is_number()) continue;
    const double x = value.get<double>();
    const NumberFormat format = choose_format(x, 0.01 * std::abs(x), unit);
    values.push_back(with_unit(show(x, format), format.unit));
  }
  return values.empty() ? std::string("-") : fmt::format("{}", fmt::join(values, ", "));
}

/// Shown where one is enough: its indices do not depend on the mean, and stay between 0 and 1 most often.
/// source: Martinez 2011; Baudin et al. 2016
constexpr std::string_view best_estimator = "martinez";

/// Columns that exist for this outcome, one row a parameter.
std::string parameter_table(const Json& analysis, const Json& outcome, const NumberFormat& format,
                            const Words& words, Estimators estimators) {
  std::vector<TextTable::Column> columns{{words("Parameter", "Parameter")}};
  std::vector<std::vector<std::string>> cells;
  for (const Json& parameter : analysis["parameters"]) cells.push_back({text(parameter, "name")});
  const auto add = [&](const std::string& title, const Json& list, auto&& cell) {
    columns.push_back({title, Align::right});
    for (auto& row : cells) {
      std::string shown = "-";
      for (const Json& entry : list)
        if (text(entry, "parameter") == row.front()) shown = cell(entry);
      row.push_back(shown);
    }
  };
  if (outcome.contains("sobol"))
    for (const Json& estimate : outcome["sobol"]) {
      const std::string name = text(estimate, "estimator");
      if (estimators == Estimators::best && name != best_estimator) continue;
      add("S " + name, estimate["indices"], [](const Json& e) { return with_interval(e["first"]); });
      add("ST " + name, estimate["indices"], [](const Json& e) { return with_interval(e["total"]); });
    }
  if (outcome.contains("morris")) {
    const Json& effects = outcome["morris"]["effects"];
    add("mu", effects, [&](const Json& e) { return show(number(e["mu"], "value"), format, Sign::always); });
    add("mu*", effects, [&](const Json& e) { return show(number(e["mu_star"], "value"), format); });
    add("sigma", effects, [&](const Json& e) { return show(number(e, "sigma"), format); });
    add(words("above noise", "boven ruis"), effects, [&](const Json& e) -> std::string {
      return e["above_noise"].is_null()     ? "-"
             : e["above_noise"].get<bool>() ? words("yes", "ja")
                                            : words("no", "nee");
    });
  }
  if (outcome.contains("metamodel") && !outcome.contains("sobol")) {
    const Json& indices = outcome["metamodel"]["sobol"];
    add(words("S metamodel", "S metamodel"), indices,
        [](const Json& e) { return with_interval(e["first"]); });
    add(words("ST metamodel", "ST metamodel"), indices,
        [](const Json& e) { return with_interval(e["total"]); });
  }
  if (outcome.contains("correlations"))
    add("PRCC", outcome["correlations"], [](const Json& e) { return with_interval(e["prcc"]); });
  if (outcome.contains("decision") && outcome["decision"].contains("parameters"))
    add(words("sign flips at", "teken wisselt bij"), outcome["decision"]["parameters"],
        [&](const Json& e) { return crossing_text(analysis, e); });
  TextTable table(columns);
  for (auto& row : cells) table.add(row);
  return table.text(2);
}

std::string outcome_text(const Json& analysis, const Json& outcome, const Words& words,
                         Estimators estimators) {
  const bool effect = text(outcome, "of") == "effect";
  const Json& variance = outcome["variance"];
  const double total = number(variance, "total"), parameter = number(variance, "parameter");
  const double deviation = std::sqrt(std::isnan(total) ? parameter : total);
  const NumberFormat format = choose_format(number(outcome, "mean"), deviation, text(outcome, "unit"));
  std::string out = effect ? fmt::format(fmt::runtime(words("{} in {}: effect of {} against {}\n",
                                                            "{} in {}: effect van {} tegenover {}\n")),
                                         text(outcome, "indicator"), outcome["year"].get<int>(),
                                         text(outcome, "arm"), text(outcome, "against"))
                           : fmt::format("{} {} {}, {}\n", text(outcome, "indicator"), words("in", "in"),
                                         outcome["year"].get<int>(), text(outcome, "arm"));
  const Json& quantiles = outcome["quantiles"];
  out += fmt::format(fmt::runtime(words("  mean {}; 90 % of the points between {} and {}\n",
                                        "  gemiddeld {}; 90 % van de punten tussen {} en {}\n")),
                     with_unit(show(number(outcome, "mean"), format), format.unit),
                     show(number(quantiles, "p05"), format), show(number(quantiles, "p95"), format));
  out +=
      fmt::format(fmt::runtime(words("  variance of a run: {} by parameters, {} by replicates\n",
                                     "  variantie van een run: {} door parameters, {} door herhalingen\n")),
                  percent(number(variance, "share_parameter")), percent(number(variance, "share_replicate")));
  if (outcome.contains("decision")) {
    const Json& decision = outcome["decision"];
    out += fmt::format(
        fmt::runtime(words("  positive: probability {} by the metamodel; {} of points, {} of runs\n",
                           "  positief: kans {} volgens het metamodel; {} van de punten, {} van de runs\n")),
        percent(number(decision, "probability_positive")), percent(number(decision, "points_positive")),
        percent(number(decision, "runs_positive")));
  }
  if (outcome.contains("metamodel")) {
    const Json& model = outcome["metamodel"];
    out += fmt::format(
        fmt::runtime(words("  metamodel: {}, Q2 {:.2f} on left-out points ({:.2f} without their noise)\n",
                           "  metamodel: {}, Q2 {:.2f} op weggelaten punten ({:.2f} zonder hun ruis)\n")),
        text(model, "kind"), number(model, "q2"), number(model, "q2_without_noise"));
  }
  if (outcome.contains("correlations") || outcome.contains("morris") || outcome.contains("sobol"))
    out += parameter_table(analysis, outcome, format, words, estimators);
  return out;
}

std::string budget_text(const Json& budgets, const Words& words) {
  TextTable table({{words("Uncertainty of a run", "Onzekerheid van een run")},
                   {words("Year", "Jaar")},
                   {words("Mean", "Gemiddelde"), Align::right},
                   {words("Std. dev.", "Std. afw."), Align::right},
                   {words("Unit", "Eenheid")},
                   {words("parameter", "parameter"), Align::right},
                   {words("scenario", "scenario"), Align::right},
                   {words("scenario x parameter", "scenario x parameter"), Align::right},
                   {words("replicate", "herhaling"), Align::right}});
  for (const Json& budget : budgets) {
    const double deviation = number(budget, "standard_deviation");
    const NumberFormat format = choose_format(number(budget, "mean"), deviation, text(budget, "unit"));
    std::vector<std::string> cells{text(budget, "indicator"), std::to_string(budget["year"].get<int>()),
                                   show(number(budget, "mean"), format), show(deviation, format),
                                   format.unit == "1" ? "" : format.unit};
    for (const Json& row : budget["rows"]) cells.push_back(percent(number(row, "share")));
    table.add(std::move(cells));
  }
  return table.text();
}

std::string quoted(const std::string& field) {
  if (field.find_first_of(",\"\n") == std::string::npos) return field;
  std::string out = "\"";
  for (const char c : field) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

/// Rows of one outcome or budget.
class CsvRows {
 public:
  CsvRows(std::string& out, std::string head) : out_(out), head_(std::move(head)) {}
  void add(const std::string& parameter, const std::string& statistic, const Json& value,
           const Json& low = {}, const Json& high = {}) {
    if (!value.is_number()) return;
    const auto cell = [](const Json& json) { return json.is_number() ? json.dump() : std::string(); };
    out_ += fmt::format("{},{},{},{},{},{}\n", head_, quoted(parameter), statistic, cell(value), cell(low),
                        cell(high));
  }
  void add(const std::string& parameter, const std::string& statistic, const Json& estimate,
           const char* key) {
    if (estimate.contains(key))
      add(parameter, statistic, estimate[key]["value"], estimate[key]["low"], estimate[key]["high"]);
  }

 private:
  std::string& out_;
  std::string head_;
};

void add_parameters(CsvRows& rows, const Json& outcome) {
  if (outcome.contains("sobol"))
    for (const Json& estimate : outcome["sobol"])
      for (const Json& index : estimate["indices"]) {
        rows.add(text(index, "parameter"), "sobol_first_" + text(estimate, "estimator"), index, "first");
        rows.add(text(index, "parameter"), "sobol_total_" + text(estimate, "estimator"), index, "total");
      }
  if (outcome.contains("morris"))
    for (const Json& effect : outcome["morris"]["effects"]) {
      rows.add(text(effect, "parameter"), "morris_mu", effect, "mu");
      rows.add(text(effect, "parameter"), "morris_mu_star", effect, "mu_star");
      rows.add(text(effect, "parameter"), "morris_sigma", effect["sigma"]);
    }
  if (outcome.contains("correlations"))
    for (const Json& correlation : outcome["correlations"]) {
      rows.add(text(correlation, "parameter"), "spearman", correlation, "spearman");
      rows.add(text(correlation, "parameter"), "prcc", correlation, "prcc");
    }
  if (outcome.contains("metamodel"))
    for (const Json& index : outcome["metamodel"]["sobol"]) {
      rows.add(text(index, "parameter"), "metamodel_sobol_first", index, "first");
      rows.add(text(index, "parameter"), "metamodel_sobol_total", index, "total");
    }
  if (outcome.contains("decision") && outcome["decision"].contains("parameters"))
    for (const Json& parameter : outcome["decision"]["parameters"])
      for (const Json& value : parameter["crossings"])
        rows.add(text(parameter, "parameter"), "sign_flips_at", value);
}

}  // namespace

std::string analysis_text(const Json& analysis, Language language, Estimators estimators) {
  const Words words(language);
  const Json& design = analysis["design"];
  std::string out = fmt::format(fmt::runtime(words("{}: {} points, {} replicates, arms {}\n",
                                                   "{}: {} punten, {} herhalingen, armen {}\n")),
                                text(design, "method"), design["points"].get<std::size_t>(),
                                design["replicates"].get<std::size_t>(),
                                fmt::join(analysis["arms"].get<std::vector<std::string>>(), ", "));
  for (const Json& outcome : analysis["outcomes"])
    out += '\n' + outcome_text(analysis, outcome, words, estimators);
  out += '\n' + budget_text(analysis["budget"], words);
  out += '\n' + wrap(words("S and ST: first and total Sobol' indices with 95 % intervals (--all-estimators: "
                           "two more), noise of "
                           "replicates taken out. PRCC: partial rank "
                           "correlation. Sign flips: value at which the predicted effect is 0, the other "
                           "parameters at their means. The "
                           "budget splits the variance of one run of a random point and replicate in an arm "
                           "chosen with equal chances.",
                           "S en ST: eerste en totale Sobol'-indices met 95 %-intervallen (--all-estimators: "
                           "nog twee), zonder de ruis "
                           "van herhalingen. PRCC: "
                           "partiele rangcorrelatie. Teken wisselt: waarde waarbij het voorspelde effect 0 "
                           "is, de andere parameters op "
                           "hun gemiddelde. De onzekerheid is de variantie van een run op een willekeurig "
                           "punt en herhaling, elke arm "
                           "even waarschijnlijk."),
                     0);
  const Json& missing = analysis["missing"];
  for (const Json& warning : analysis["warnings"]) out += wrap("! " + warning.get<std::string>(), 0);
  for (const Json& named : missing["named"]) out += "    " + named.get<std::string>() + '\n';
  if (missing["more"].get<std::size_t>() > 0)
    out += fmt::format(fmt::runtime(words("    and {} more\n", "    en nog {}\n")),
                       missing["more"].get<std::size_t>());
  return out;
}

std::string analysis_csv(const Json& analysis) {
  std::string out = "indicator,year,of,arm,unit,parameter,statistic,value,low,high\n";
  for (const Json& outcome : analysis["outcomes"]) {
    CsvRows rows(
        out, fmt::format("{},{},{},{},{}", quoted(text(outcome, "indicator")), outcome["year"].get<int>(),
                         text(outcome, "of"), quoted(text(outcome, "arm")), quoted(text(outcome, "unit"))));
    rows.add("", "mean", outcome["mean"]);
    for (const auto& [name, value] : outcome["variance"].items()) rows.add("", "variance_" + name, value);
    if (outcome.contains("decision"))
      rows.add("", "probability_positive", outcome["decision"]["probability_positive"]);
    if (outcome.contains("metamodel")) rows.add("", "metamodel_q2", outcome["metamodel"]["q2"]);
    add_parameters(rows, outcome);
  }
  for (const Json& budget : analysis["budget"]) {
    CsvRows rows(out, fmt::format("{},{},budget,,{}", quoted(text(budget, "indicator")),
                                  budget["year"].get<int>(), quoted(text(budget, "unit"))));
    for (const Json& row : budget["rows"]) rows.add("", "variance_" + text(row, "source"), row["variance"]);
  }
  return out;
}

}  // namespace polder::tools
