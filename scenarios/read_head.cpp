// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "scenarios/sections.hpp"

namespace polder::scenarios {

namespace {

constexpr std::uint64_t known_format = 1;

}  // namespace

void read_head(const Fields& file, Reading& reading) {
  Scenario& scenario = reading.scenario;
  const auto format = file.integer("polder");
  if (format && *format != known_format)
    file.refuse("polder", fmt::format("format {}; this program reads no other", known_format));
  scenario.name = file.word("name");
  const Title title = file.title("title");
  scenario.title = title.en;
  scenario.title_nl = title.nl;
  scenario.description = file.text("description");
  if (const auto scale = file.number("scale")) {
    if (*scale > 0 && *scale <= 1) {
      scenario.scale = *scale;
    } else {
      file.refuse("scale", "above 0 and at most 1: simulated agents per real one");
    }
  }
  if (const auto seed = file.integer("seed")) scenario.seed = *seed;
  if (const Node* lesson = file.node("lesson")) {
    const Fields texts(*lesson, "lesson", lesson_keys(), reading.mistakes);
    for (const char* language : {"en", "nl"})
      if (texts.has(language)) scenario.lesson[language] = texts.text(language);
  }
}

void read_clock(const Fields& file, Reading& reading) {
  const Node* node = file.node("clock");
  if (!node) return;
  const Fields clock(*node, "clock", clock_keys(), reading.mistakes);
  const auto start = clock.month("start");
  const auto end = clock.month("end");
  const auto length = clock.duration("length");
  const auto burn_in = clock.duration("burn_in");
  ClockSpec& spec = reading.scenario.clock;
  if (clock.has("end") && clock.has("length")) clock.refuse("length", "give 'end' or 'length', not both");
  if (node->is_map() && !clock.has("end") && !clock.has("length"))
    reading.mistakes.add(node->mark, "clock", {},
                         "the key 'end' is missing: last month of the run (or give 'length')");
  if (length && *length < 1) clock.refuse("length", "at least 1 month");
  if (start) spec.start = *start;
  if (start && end && *end < *start)
    clock.refuse("end", fmt::format("not before the start, {}", to_string(*start)));
  if (end) spec.end = *end;
  if (start && length && !end) spec.end = *start + (*length - 1);
  if (burn_in) spec.burn_in = *burn_in;
}

}  // namespace polder::scenarios
