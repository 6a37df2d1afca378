// SPDX-License-Identifier: Apache-2.0
// Pages about what scenarios can use, made from the same tables as the code (mechanisms, kinds, forms,
// functions) and from a scenario (instruments, indicators).
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/mechanism.hpp"
#include "engine/scenario.hpp"
#include "tools/document.hpp"

namespace polder::tools {

enum class Language : unsigned char { en, nl };

/// What can be described, as a name and a sentence; `describe` lists them.
struct Topic {
  std::string name, sentence, group;
  std::string source = {};  ///< of a mechanism
};

std::vector<Topic> mechanism_topics(const Catalogue& catalogue);
std::vector<Topic> kind_topics(const Catalogue& catalogue);
std::vector<Topic> form_topics(const Catalogue& catalogue);
std::vector<Topic> function_topics();
std::vector<Topic> instrument_topics(const Scenario& scenario, Language language);
/// Names are ids; the annex number stands in `group`.
std::vector<Topic> indicator_topics(const Scenario& scenario, Language language);

Document describe(const MechanismInfo& mechanism);
Document describe(const KindInfo& kind);
Document describe(const FormInfo& form);
Document describe(const InstrumentSpec& instrument, Language language);
Document describe(const IndicatorSpec& indicator, Language language);
/// errors: InputError when there is no such function.
Document describe_function(std::string_view name);

}  // namespace polder::tools
