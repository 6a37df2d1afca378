// SPDX-License-Identifier: Apache-2.0
#include "tools/validate/observation.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>

namespace polder::tools::validate {

namespace {

/// A column by its name; without it (a mechanism that the scenario does not use) all values are 0.
template <class T>
class Field {
 public:
  Field(const Program& program, const char* kind, const char* column) {
    const auto found = program.layout().find_kind(kind);
    if (!found) return;
    kind_ = *found;
    column_ = program.layout().kinds[index(kind_)].find(column);
  }
  explicit operator bool() const { return column_.has_value(); }
  T at(const State& state, Row row) const {
    return column_ ? state.tables[index(kind_)].column<T>(*column_)[row] : T{};
  }

 private:
  KindId kind_{};
  std::optional<ColumnId> column_;
};
using Number = Field<double>;
using Code = Field<std::uint8_t>;

/// Code of one label of a category; 255 when there is none.
std::uint8_t code_of(const Program& program, const char* kind, const char* column, std::string_view label) {
  const auto found = program.layout().find_kind(kind);
  const auto at = found ? program.layout().kinds[index(*found)].find(column) : std::nullopt;
  const Labels* labels = at ? program.layout().kinds[index(*found)].columns[index(*at)].labels : nullptr;
  const auto code = labels != nullptr ? labels->find(label) : std::nullopt;
  return code ? static_cast<std::uint8_t>(*code) : std::uint8_t{255};
}

const Table* table_of(const Program& program, const State& state, const char* kind) {
  const auto found = program.layout().find_kind(kind);
  return found ? &state.tables[index(*found)] : nullptr;
}

const Ties* network_of(const Program& program, const State& state, std::string_view name) {
  const auto& names = program.layout().networks;
  const auto at = std::find(names.begin(), names.end(), name);
  return at == names.end() ? nullptr : &state.networks[static_cast<std::size_t>(at - names.begin())];
}

void add_to(std::vector<double>& sums, std::uint8_t place, double value) {
  if (sums.size() <= place) sums.resize(place + std::size_t{1}, 0);
  sums[place] += value;
}

}  // namespace

Observation pooled_ventures(std::span<const Observation> replicates) {
  Observation all;
  if (replicates.empty()) return all;
  all.months = replicates.front().months;
  for (const Observation& one : replicates) {
    all.ventures.insert(all.ventures.end(), one.ventures.begin(), one.ventures.end());
    all.funds.insert(all.funds.end(), one.funds.begin(), one.funds.end());
  }
  return all;
}

void FirmTotals::add(const Program& program, const State& state) {
  const Table* table = table_of(program, state, "firm");
  if (table == nullptr) return;
  const Number spending(program, "firm", "rd_spending"), funded(program, "firm", "rd_funded"),
      credit(program, "firm", "tax_credit");
  for (const Row row : table->by_id()) {
    const double weight = table->weights()[row];
    rd += weight * spending.at(state, row);
    tax_credit += weight * credit.at(state, row);
    if (spending.at(state, row) <= 0) continue;
    Research& firm = firms[table->ids()[row]];
    firm.funded += weight * funded.at(state, row);
    firm.own += weight * (spending.at(state, row) - funded.at(state, row) - credit.at(state, row));
  }
}

double own_rd_of_recipients(const FirmTotals& with, const FirmTotals& without) {
  double added = 0, granted = 0;
  for (const auto& [id, firm] : with.firms) {
    if (firm.funded <= 0) continue;
    const auto same = without.firms.find(id);
    added += firm.own - (same != without.firms.end() ? same->second.own : 0);
    granted += firm.funded;
  }
  return granted > 0 ? added / granted : std::numeric_limits<double>::quiet_NaN();
}

Observer::Observer(const Program& program) : program_(&program) {}

void Observer::see(const State& state) {
  see_firms(state);
  see_institutes(state);
  see_ventures(state);
  see_funds(state);
  see_people(state);
  see_projects(state);
  const std::uint32_t done = state.step - program_->burn_in();
  const Month now = program_->scenario().clock.start + (static_cast<int>(done) - 1);
  year_.year = now.year();
  if (now.month() == 12) close_year(state);
  ++seen_.months;
}

void Observer::see_firms(const State& state) {
  const Table* table = table_of(*program_, state, "firm");
  if (table == nullptr) return;
  const Program& p = *program_;
  const Number rd(p, "firm", "rd_spending"), credit(p, "firm", "tax_credit"), patents(p, "firm", "patents");
  const Code region(p, "firm", "region"), type(p, "firm", "type");
  const std::uint8_t startup = code_of(p, "firm", "type", "startup");
  for (const Row row : table->by_id()) {
    const auto [entry, fresh] = firms_.try_emplace(table->ids()[row]);
    FirmTrack& track = entry->second;
    if (fresh)
      track.first = seen_.months, track.born = seen_.months > 0, track.weight = table->weights()[row];
    track.last = seen_.months;
    if (fresh) track.startup = type.at(state, row) == startup;
    track.year.rd += rd.at(state, row);
    track.year.tax_credit += credit.at(state, row);
    track.year.patents += patents.at(state, row);
    const double weight = table->weights()[row];
    add_to(year_.region_rd, region.at(state, row), weight * rd.at(state, row));
    add_to(year_.region_patents, region.at(state, row), weight * patents.at(state, row));
  }
}

void Observer::see_institutes(const State& state) {
  const Table* table = table_of(*program_, state, "institute");
  if (table == nullptr) return;
  const Number rd(*program_, "institute", "rd_spending"), patents(*program_, "institute", "patents");
  const Code region(*program_, "institute", "region");
  for (const Row row : table->by_id()) {
    const double weight = table->weights()[row];
    add_to(year_.region_rd, region.at(state, row), weight * rd.at(state, row));
    add_to(year_.region_patents, region.at(state, row), weight * patents.at(state, row));
  }
}

void Observer::close_year(const State& state) {
  const Program& p = *program_;
  const Number age(p, "firm", "age"), staff(p, "firm", "staff"), sales(p, "firm", "sales"),
      value_added(p, "firm", "value_added");
  const Code sector(p, "firm", "sector"), performer(p, "firm", "rd_performer"), size(p, "firm", "size_class");
  const std::uint8_t micro = code_of(p, "firm", "size_class", "micro"),
                     small = code_of(p, "firm", "size_class", "small"),
                     large = code_of(p, "firm", "size_class", "large");
  if (const Table* table = table_of(p, state, "firm"))
    for (const Row row : table->by_id()) {
      FirmYear firm = firms_.at(table->ids()[row]).year;
      firm.id = table->ids()[row];
      firm.weight = table->weights()[row];
      firm.age = age.at(state, row), firm.staff = staff.at(state, row), firm.sales = sales.at(state, row);
      firm.productivity = firm.staff > 0 ? value_added.at(state, row) / firm.staff : 0;
      firm.sector = sector.at(state, row);
      firm.performer = performer.at(state, row) != 0;
      firm.small = size.at(state, row) == micro || size.at(state, row) == small;
      firm.large = size.at(state, row) == large;
      year_.firms.push_back(firm);
    }
  for (auto& [id, track] : firms_) track.year = {};
  seen_.years.push_back(std::move(year_));
  year_ = {};
}

void Observer::see_ventures(const State& state) {
  const Table* table = table_of(*program_, state, "venture");
  if (table == nullptr) return;
  const Program& p = *program_;
  const Number raised(p, "venture", "raised"), paid(p, "firm", "investors_paid");
  const Field<AgentId> firm(p, "venture", "firm"), lead(p, "venture", "lead");
  const Code stage(p, "venture", "stage"), fund_type(p, "financier", "type");
  const std::uint8_t foreign = code_of(p, "financier", "type", "foreign_fund");
  const auto kind = p.layout().find_kind("venture");
  const auto stage_column = p.layout().kinds[index(*kind)].find("stage");
  const Labels* stages =
      stage_column ? p.layout().kinds[index(*kind)].columns[index(*stage_column)].labels : nullptr;
  const Table* funds = table_of(p, state, "financier");
  for (const Row row : table->by_id()) {
    const auto [entry, fresh] = ventures_.try_emplace(table->ids()[row], seen_.ventures.size());
    if (fresh) {
      VentureLife life;
      life.firm = firm.at(state, row), life.weight = table->weights()[row];
      life.first = seen_.months, life.entered = seen_.months > 0;
      // What founders raised before is known as a sum only.
      life.raised = seen_.months > 0 ? 0 : raised.at(state, row);
      seen_.ventures.push_back(life);
    }
    VentureLife& life = seen_.ventures[entry->second];
    const double size = raised.at(state, row) - life.raised;
    if (size > 0 && stages != nullptr) {
      const Row at = funds != nullptr ? funds->find(lead.at(state, row)) : no_row;
      life.rounds.push_back({seen_.months, stages->items[stage.at(state, row)], size,
                             at != no_row && fund_type.at(state, at) == foreign});
    }
    life.last = seen_.months, life.raised = raised.at(state, row);
  }
  const Table* firms = table_of(p, state, "firm");
  for (auto& [id, position] : ventures_) {
    VentureLife& life = seen_.ventures[position];
    if (life.ended || life.last == seen_.months) continue;
    life.ended = true;
    const Row at = firms != nullptr ? firms->find(life.firm) : no_row;
    life.proceeds = at != no_row ? paid.at(state, at) : 0;  // a firm that closed is gone
  }
}

void Observer::see_funds(const State& state) {
  const Table* table = table_of(*program_, state, "financier");
  if (table == nullptr) return;
  constexpr double longest_life = 180;  // months; longer: evergreen
  const Number life(*program_, "financier", "life"), invested(*program_, "financier", "invested"),
      proceeds(*program_, "financier", "proceeds");
  if (!life) return;
  for (const Row row : table->by_id()) {
    if (life.at(state, row) > longest_life) continue;
    FundLife& fund = funds_[table->ids()[row]];
    fund.invested += invested.at(state, row);
    fund.proceeds += proceeds.at(state, row);
  }
}

void Observer::see_people(const State& state) {
  const auto& events = program_->layout().events;
  const auto graduated = std::find(events.begin(), events.end(), "foreign_graduates");
  if (graduated != events.end())
    seen_.all_foreign_graduates += state.events[static_cast<std::size_t>(graduated - events.begin())];
  const Table* table = table_of(*program_, state, "person");
  if (table == nullptr) return;
  const Code type(*program_, "person", "type"), origin(*program_, "person", "origin");
  const std::uint8_t student = code_of(*program_, "person", "type", "student"),
                     home = code_of(*program_, "person", "origin", "nl");
  if (!type || !origin) return;
  for (const Row row : table->by_id()) {
    if (origin.at(state, row) == home) continue;
    const bool studies = type.at(state, row) == student;
    const auto [entry, fresh] = people_.try_emplace(table->ids()[row]);
    PersonTrack& track = entry->second;
    if (!fresh && track.student && !studies && !track.graduate)
      track.graduate = true, track.graduated = seen_.months, track.weight = table->weights()[row];
    track.student = studies;
    track.last = seen_.months;
  }
}

/// The coordinator stands in the project's row, the other members in its ties.
void Observer::see_projects(const State& state) {
  const Table* table = table_of(*program_, state, "project");
  const Ties* ties = network_of(*program_, state, "projects");
  if (table == nullptr || ties == nullptr) return;
  const Field<AgentId> coordinator(*program_, "project", "coordinator");
  const Field<std::int64_t> abroad(*program_, "project", "members_abroad");
  std::vector<AgentId> members;
  for (const Row row : table->by_id()) {
    const AgentId id = table->ids()[row];
    if (!projects_.insert(id).second) continue;
    const auto others = static_cast<double>(abroad.at(state, row));
    if (others <= 0) continue;  // not of a framework programme
    members.assign(1, coordinator.at(state, row));
    for (const Tie& tie : ties->of(id)) members.push_back(tie.b);
    seen_.consortia.push_back({static_cast<double>(members.size()) + others, table->weights()[row]});
    for (std::size_t a = 0; a < members.size(); ++a)
      for (std::size_t b = 0; b < a; ++b)
        seen_.project_ties.push_back({members[a], members[b], seen_.months});
  }
}

Observation Observer::finish(const State& last) && {
  for (const auto& [id, track] : firms_)
    if (track.born)
      (track.startup ? seen_.startups : seen_.employers)
          .push_back({static_cast<double>(track.last - track.first + 1), track.weight,
                      track.last + 1 < seen_.months});
  for (const auto& [id, fund] : funds_) seen_.funds.push_back(fund);
  for (const auto& [id, track] : people_)
    if (track.graduate)
      seen_.foreign_graduates.push_back({static_cast<double>(track.last - track.graduated + 1), track.weight,
                                         track.last + 1 < seen_.months});
  if (const Ties* ties = network_of(*program_, last, "alliances"))
    for (const Tie& tie : ties->all())
      if (tie.a < tie.b) seen_.alliances.emplace_back(tie.a, tie.b);
  return std::move(seen_);
}

}  // namespace polder::tools::validate
