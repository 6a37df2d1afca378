// SPDX-License-Identifier: Apache-2.0
// The stylised facts that a credible baseline shows: what is measured, the band of the evidence, its source.
#pragma once
#include <span>
#include <string>

#include "tools/validate/observation.hpp"

namespace polder::tools::validate {

/// Whether a fact says something about the model: only tests count.
enum class Role : unsigned char {
  test,   ///< came out of the model
  target  ///< founded on, calibrated to, or a parameter: it shows that the model keeps it, no more
};

struct Fact {
  const char* id;
  const char* group;  ///< firms, research, networks, ventures, talent, policy
  const char* title;  ///< what is measured, and how
  const char* unit;
  double low, high;  ///< the band, in `unit`
  Role role;
  const char* source;                     ///< author, year; `assumption` where the band is ours
  const char* note;                       ///< what in the model makes it, or keeps it from it
  double (*measure)(const Observation&);  ///< null: the model has no state for it, as the note says
};

/// All of them, by group. source: data/README.md and the sources named in each
std::span<const Fact> facts();

}  // namespace polder::tools::validate
