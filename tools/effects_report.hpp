// SPDX-License-Identifier: Apache-2.0
// What policies add, as a table for people and as JSON: paired differences by indicator and year, and what a
// public euro brings about.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "output/effects.hpp"
#include "output/result_reader.hpp"

namespace polder::tools {

/// Effects stay marked where the false-discovery rate over all that are shown is at most this.
inline constexpr double false_discovery_rate = 0.05;

struct EffectRow {
  std::string indicator, title, unit;
  int annex = 0;
  Month month;                      ///< of the sample: the last one in the year
  double baseline = 0, policy = 0;  ///< means over the pairs
  output::PairedEffect effect;
  double adjusted_p = output::not_known;  ///< Benjamini and Hochberg over all rows of the report
  bool marked() const { return adjusted_p <= false_discovery_rate; }
};

/// What the extra public money of a policy does, summed over all years of the run (undiscounted).
struct PerEuro {
  output::PairedEffect outlay;      ///< extra public outlay on instruments, EUR
  output::Ratio private_rd;         ///< R&D that firms pay themselves, added per euro
  output::Ratio additionality;      ///< R&D performed, whoever pays, added per euro
  output::Ratio firms, institutes;  ///< the part of it that firms, and that institutes perform
  output::Ratio constant_pay;       ///< additionality, had pay of technical staff stayed as in the baseline
  bool has_private = false, has_total = false, has_parts = false, has_pay = false;
};

struct PolicyEffects {
  std::string baseline, policy;
  std::size_t pairs = 0;
  std::vector<EffectRow> rows;
  std::optional<PerEuro> per_euro;
};

struct EffectsReport {
  std::vector<PolicyEffects> policies;
  double scale = 1;
  std::size_t num_values = 0, num_different = 0;  ///< committed values compared, over all times
  std::string rule;  ///< the sequential rule that ended the sampling, empty: a fixed number
};

/// What to compare. Empty: every indicator; three years spread over the run.
struct EffectsChoice {
  std::vector<std::string> indicators;
  std::vector<int> years;
};

/// Ids of the indicators that the sums per euro are made of (unit: money a year).
inline constexpr const char* private_rd_id = "private_rd";
inline constexpr const char* total_rd_id = "total_rd";
inline constexpr const char* firms_rd_id = "business_rd";
inline constexpr const char* real_rd_id = "real_rd";  ///< R&D of firms at the pay of the start

/// One arm of one result.
struct ArmOf {
  const output::ResultReader* result = nullptr;
  std::size_t arm = 0;
};

/// Compares each policy with its baseline. Pairs are replicates of one number that both have.
/// errors: InputError for an unknown indicator or a year without samples, or when scales or seeds differ.
EffectsReport compare_arms(const std::vector<std::pair<ArmOf, ArmOf>>& pairs, const EffectsChoice& choice);

/// As tables. all_command: the command that shows every indicator; when it is given and a policy changes more
/// than a dozen, only R&D and those whose difference stands out most clearly are shown, and the text says so.
std::string as_text(const EffectsReport& report, const std::string& all_command = {});
std::string as_json(const EffectsReport& report);

}  // namespace polder::tools
