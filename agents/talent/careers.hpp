// SPDX-License-Identifier: Apache-2.0
// What can happen to a person in a month, as competing chances that one draw decides.
//
//   student:    graduates g, drops out d
//   PhD:        completes c, quits q
//   employed:   looks for a job m, is laid off f, leaves technical work l, emigrates e(origin, experience)
//   unemployed: leaves l, emigrates e, else looks for work
//
// Foreign graduates stay a first month with chance s1(origin) and leave with hazard h(origin) in the first
// five years: s1 exp(-5 h) is the share still here after five years.
// source: scenarios/data/README.md, 4, and calibration.csv: stay rates 0.55 after one and 0.30 after five
// years (EEA 0.20, others about twice that), PhDs 0.38; looking for a job: calibrated to
// 11 % a year who change (CBS, highly educated); 4,781 of 36,472 PhDs a year.
#pragma once
#include <array>
#include <cstdint>

namespace polder::agents {

enum class Origin : std::uint8_t { nl, eea, other };
inline constexpr std::size_t num_origins = 3;

/// unit: 1/month, hazards as the parameters give them
struct CareerHazards {
  double graduation = 0, drop_out = 0, completion = 0, quitting = 0, job_change = 0, layoff = 0, leaving = 0;
  std::array<double, num_origins> emigration{};        ///< of people with five years of experience or more
  std::array<double, num_origins> early_emigration{};  ///< of graduates in their first five years
};

enum class Event : std::uint8_t {
  none,
  graduate,
  drop_out,
  complete,
  quit,
  change_job,
  lay_off,
  leave,
  emigrate
};
enum class Status : std::uint8_t { student, phd, employed, unemployed };
inline constexpr std::size_t num_statuses = 4;

/// Cumulative chances of up to four events of one status.
struct Chances {
  std::array<Event, 4> events{};
  std::array<double, 4> upper{};  ///< a draw below upper[i] and not below upper[i - 1] means events[i]
  double total() const { return upper.back(); }
  Event decide(double draw) const;
};

/// range: all hazards at least 0; the chances are 1 - exp(-sum), split in proportion to the hazards.
Chances chances(const CareerHazards& hazards, Status status, Origin origin, bool early);

}  // namespace polder::agents
