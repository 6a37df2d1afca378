// SPDX-License-Identifier: Apache-2.0
// Who comes: people recruited abroad for posts that stay open, and new students.
#include <cmath>

#include "agents/kinds/kinds.hpp"
#include "agents/support/work.hpp"
#include "agents/talent/talent_market.hpp"

namespace polder::agents {

namespace {

constexpr double youngest = 25 * 12,
                 oldest = 40 * 12;  // unit: month; of people recruited abroad (assumption)
constexpr double first_year = 18 * 12, last_year = 20 * 12;  // unit: month; of new students

}  // namespace

std::span<const double> TalentMarket::shares_of(Turn& turn, Handle<double> fields, Row institute) const {
  return turn.read(fields).subspan(institute * num_fields_, num_fields_);
}

double TalentMarket::from_here(std::size_t field, bool phd) const {
  if (taught_[field]) return 0;
  return phd ? phds_from_here_ : researchers_from_here_;
}

bool TalentMarket::arrive(Turn& turn, const Opening& opening, std::uint32_t ordinal, bool phd,
                          double unhelped) const {
  const DrawKey key = turn.key(recruit_);
  const AgentId cause = opening.id;
  const std::uint32_t n = 8 * (ordinal + 1) + (phd ? 4096 : 0);
  const Table& employers = turn.table(opening.institute ? institute_.kind : firm_.kind);
  const double part = person_weight_ / employers.weights()[opening.row];
  const bool founder = !opening.institute && is_founder(turn, opening.row, part);
  const std::uint8_t type = phd                 ? static_cast<std::uint8_t>(ActorType::phd)
                            : opening.institute ? static_cast<std::uint8_t>(ActorType::researcher)
                            : founder           ? static_cast<std::uint8_t>(ActorType::entrepreneur)
                                                : occupation(uniform(key, cause, turn.step(), n));
  const double age = youngest + (oldest - youngest) * uniform(key, cause, turn.step(), n + 2);
  const auto shares =
      opening.institute ? shares_of(turn, fields_, opening.row) : std::span<const double>(firm_fields_);
  const std::size_t field = field_of(shares, uniform(key, cause, turn.step(), n + 3));
  const bool here =
      opening.institute && uniform(key, cause, turn.step(), n + 4) < unhelped * from_here(field, phd);
  const bool eea = uniform(key, cause, turn.step(), n + 1) < eea_share_;
  const Origin origin = here ? Origin::nl : eea ? Origin::eea : Origin::other;
  Entrant person;
  person.kind = person_.kind;
  person.cause = cause;
  person.ordinal = ordinal + (phd ? 4096 : 0);
  person.weight = person_weight_;
  person.values = {number_value(person_.type.column, type),
                   number_value(person_.field.column, static_cast<double>(field)),
                   number_value(person_.region.column, opening.region),
                   number_value(person_.origin.column, static_cast<double>(origin)),
                   number_value(person_.age.column, age),
                   number_value(person_.at_institute.column, opening.institute ? 1 : 0),
                   number_value(person_.experience.column, 0),
                   number_value(person_.tenure.column, 0),
                   number_value(person_.permanent.column, 0),
                   number_value(person_.wage.column, opening.wage * (phd ? 1.0 : experience_pay_.pay(0))),
                   id_value(person_.employer.column, opening.id)};
  turn.enter(recruit_, person);
  employed(turn, opening.institute, phd)[opening.row] += part;
  return !here;
}

void TalentMarket::recruit_abroad(Turn& turn, Market& market) const {
  double arrivals = 0;
  const auto recruit = [&](std::vector<Opening>& openings, double chance, bool phd) {
    for (Opening& opening : openings) {
      if (opening.open <= 0) continue;
      const double u = uniform(turn.key(recruit_), opening.id, turn.step(), phd ? 1 : 0);
      const double helped = chance + (1 - chance) * opening.recruiting;
      const int number = whole_by_lot(opening.open * helped, u);
      for (int i = 0; i < number; ++i)
        if (arrive(turn, opening, static_cast<std::uint32_t>(i), phd, chance / helped))
          arrivals += person_weight_;
      opening.open -= number;
    }
  };
  recruit(market.posts, recruitment_, false);
  recruit(market.phds, phd_recruitment_, true);
  if (arrivals > 0) turn.event(arrivals_event_, arrivals);
}

void TalentMarket::enrol(Turn& turn) const {
  const Table& institutes = turn.table(institute_.kind);
  const DrawKey key = turn.key(enrol_);
  double arrivals = 0;
  for (const Row row : institutes.by_id()) {
    const AgentId id = institutes.ids()[row];
    const double expected = turn.read(students_)[row] / study_months_ / person_weight_;
    const int count = whole_by_lot(expected, uniform(key, id, turn.step()));
    for (int i = 0; i < count; ++i) {
      const auto n = static_cast<std::uint32_t>(4 * (i + 1));
      const bool foreign = uniform(key, id, turn.step(), n) < foreign_students_;
      if (foreign) arrivals += person_weight_;
      const bool eea = uniform(key, id, turn.step(), n + 1) < eea_share_;
      const Origin origin = !foreign ? Origin::nl : eea ? Origin::eea : Origin::other;
      Entrant person;
      person.kind = person_.kind;
      person.cause = id;
      person.ordinal = static_cast<std::uint32_t>(i);
      person.weight = person_weight_;
      person.values = {
          number_value(person_.type.column, static_cast<double>(ActorType::student)),
          number_value(person_.field.column,
                       static_cast<double>(field_of(shares_of(turn, student_fields_, row),
                                                    uniform(key, id, turn.step(), n + 2)))),
          number_value(person_.region.column, turn.read(institute_.region)[row]),
          number_value(person_.origin.column, static_cast<double>(origin)),
          number_value(person_.age.column,
                       first_year + (last_year - first_year) * uniform(key, id, turn.step(), n + 3)),
          number_value(person_.at_institute.column, 0),
          number_value(person_.experience.column, 0),
          number_value(person_.tenure.column, 0),
          number_value(person_.permanent.column, 0),
          id_value(person_.employer.column, nobody)};
      turn.enter(student_, person);
    }
  }
  if (arrivals > 0) turn.event(arrivals_event_, arrivals);
}

}  // namespace polder::agents
