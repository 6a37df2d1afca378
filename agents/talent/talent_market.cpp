// SPDX-License-Identifier: Apache-2.0
#include "agents/talent/talent_market.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "agents/kinds/kinds.hpp"
#include "agents/support/work.hpp"
#include "agents/talent/technical_wages.hpp"
#include "engine/kernels/kernels.hpp"
#include "engine/parallel.hpp"

namespace polder::agents {

namespace {

constexpr double retirement_age = 67 * 12;  // unit: month; rising to 67 by 2024
constexpr double early_career = 60;         // unit: month
constexpr double discovery = 1.0 / 6;       // chance a month to notice that the employer is gone (assumption)
constexpr std::size_t student_type = static_cast<std::size_t>(ActorType::student);
constexpr std::size_t phd_type = static_cast<std::size_t>(ActorType::phd);

Status status_of(std::uint8_t type, AgentId employer) {
  if (type == student_type) return Status::student;
  if (type == phd_type) return Status::phd;
  return employer == nobody ? Status::unemployed : Status::employed;
}

/// Chances of every status, origin and stage of career, found by position.
class ChanceTable {
 public:
  explicit ChanceTable(const CareerHazards& hazards) {
    for (std::size_t s = 0; s < num_statuses; ++s) {
      for (std::size_t o = 0; o < num_origins; ++o) {
        for (std::size_t early = 0; early < 2; ++early)
          table_[index(s, o, early)] =
              chances(hazards, static_cast<Status>(s), static_cast<Origin>(o), early != 0);
      }
    }
    for (std::size_t i = 0; i < table_.size(); ++i) total_[i] = table_[i].total();
    highest_ = *std::max_element(total_.begin(), total_.end());
  }
  static std::size_t index(std::size_t status, std::size_t origin, std::size_t early) {
    return (status * num_origins + std::min(origin, num_origins - 1)) * 2 + early;
  }
  double total(std::size_t at) const { return total_[at]; }
  double highest() const { return highest_; }
  Event decide(std::size_t at, double draw) const { return table_[at].decide(draw); }

 private:
  std::array<Chances, num_statuses * num_origins * 2> table_{};
  std::array<double, num_statuses * num_origins * 2> total_{};
  double highest_ = 0;
};

/// Posts nobody fills, in simulated people; below 0 when there are more people than posts. present: people
/// employed by one real employer
int open_posts(double jobs, double people, double threshold, double present) {
  return posts_for(jobs, people, threshold) - static_cast<int>(whole(present * people));
}

}  // namespace

int posts_for(double jobs, double people, double threshold) {
  return whole_by_lot(jobs * people, threshold);
}

double posts_for_money(double money, double labour_share, double wage) {
  return std::max(0.0, money) * labour_share / wage;
}

double project_money_after(double mean, double money) {
  return mean + (money - mean) / 12;
}

std::size_t field_of(std::span<const double> shares, double draw) {
  const double total = std::accumulate(shares.begin(), shares.end(), 0.0);
  if (total <= 0) return static_cast<std::size_t>(draw * static_cast<double>(shares.size()));
  double left = draw * total;
  std::size_t field = 0;
  while (field + 1 < shares.size() && left >= shares[field]) left -= shares[field++];
  return field;
}

double field_fit(std::span<const double> shares, std::span<const double> others, std::size_t field) {
  const auto strength = [&](std::size_t f) { return others[f] > 0 ? shares[f] / others[f] : 0.0; };
  double most = 0;
  for (std::size_t f = 0; f < shares.size(); ++f) most = std::max(most, strength(f));
  return most > 0 && field < shares.size() ? strength(field) / most : 1.0;
}

double TalentMarket::threshold(AgentId id, std::uint64_t salt) const {
  return to_unit(mix64(raw(id) ^ salt));
}

double TalentMarket::firm_jobs(double staff, double research) const {
  return people_per_fte_ * research + technical_share_ * std::max(0.0, staff - research);
}

double TalentMarket::project_posts(Turn& turn, Row institute) const {
  const double usual = turn.write(usual_projects_)[institute] * turn.read(researchers_)[institute];
  return posts_for_money(turn.write(project_money_)[institute] - usual, project_labour_, institute_wage_);
}

bool TalentMarket::is_founder(Turn& turn, Row firm, double part) const {
  if (turn.read(firm_type_)[firm] != static_cast<std::uint8_t>(ActorType::startup)) return false;
  if (turn.write(firm_.technical_staff)[firm] >= part / 2) return false;
  // A person who stands for more people than the startup for startups is the entrepreneur of some of them.
  const auto salt = static_cast<std::uint64_t>(turn.key(founder_));
  return threshold(turn.table(firm_.kind).ids()[firm], salt) * part < 1;
}

TalentMarket::Offers TalentMarket::openings(Turn& turn) const {
  enum Quantity : std::uint8_t { posts, pay_for_posts, num_quantities };
  constexpr double detail = 1000;  // of posts, in whole numbers
  const Table& firms = turn.table(firm_.kind);
  const auto salt = static_cast<std::uint64_t>(turn.key(threshold_));
  const auto staff = turn.read(staff_), research = turn.read(rd_staff_), wage = turn.read(wage_);
  const auto present = turn.write(firm_.technical_staff);
  const auto vacancies = turn.write(firm_.vacancies);
  const auto region = turn.read(firm_.region);
  const auto recruiting = turn.read(firm_.recruiting);
  const double pay = common(turn.table(industry_), turn.read(pay_));
  const auto weights = firms.weights();
  const auto ids = firms.ids();
  std::vector<std::vector<Opening>> blocks(num_blocks(firms.num_rows()));
  LabelSums sums(blocks.size(), 1, num_quantities);
  turn.for_each_block(firm_.kind, [&](Block block) {
    const auto sum = sums.of_block(block.number);
    for (Row row = block.first; row < block.last; ++row) {
      if (weights[row] <= 0) continue;
      const double people = weights[row] / person_weight_;
      const double jobs = firm_jobs(staff[row], research[row]);
      sum[posts] += whole(detail * weights[row] * jobs);
      sum[pay_for_posts] += whole(detail * weights[row] * jobs * wage[row]);
      const int open = open_posts(jobs, people, threshold(ids[row], salt), present[row]);
      vacancies[row] = open > 0 ? whole(open / people) : 0;
      if (open > 0)
        blocks[block.number].push_back(
            {ids[row], row, region[row], false, open, pay * wage[row], recruiting[row], 0});
    }
  });
  Offers offers{{},
                pay * static_cast<double>(sums.total(0, pay_for_posts)) /
                    std::max(1.0, static_cast<double>(sums.total(0, posts)))};
  std::vector<Opening>& list = offers.list;
  for (const auto& block : blocks) list.insert(list.end(), block.begin(), block.end());
  const Table& institutes = turn.table(institute_.kind);
  const double institute_wage = institute_wage_ * common(turn.table(industry_), turn.write(institute_pay_));
  for (const Row row : institutes.by_id()) {
    const double people = institutes.weights()[row] / person_weight_;
    const AgentId id = institutes.ids()[row];
    double& money = turn.write(project_money_)[row];
    money = project_money_after(money, turn.read(rd_funded_)[row]);
    const double jobs =
        turn.read(researchers_)[row] + turn.read(funded_posts_)[row] + project_posts(turn, row);
    const int open =
        open_posts(jobs, people, threshold(id, salt), turn.write(institute_.technical_staff)[row]);
    if (open > 0)
      list.push_back({id, row, turn.read(institute_.region)[row], true, open, institute_wage,
                      turn.read(institute_.recruiting)[row], turn.read(permanent_offer_)[row]});
  }
  std::sort(list.begin(), list.end(),
            [](const Opening& a, const Opening& b) { return raw(a.id) < raw(b.id); });
  for (Opening& opening : list) opening.pay_value = pay_value(opening.wage, wage_weight_);
  return offers;
}

std::vector<Opening> TalentMarket::phd_openings(Turn& turn) const {
  const Table& institutes = turn.table(institute_.kind);
  const auto salt = static_cast<std::uint64_t>(turn.key(threshold_)) + 1;
  const double wage = phd_wage_ * common(turn.table(industry_), turn.write(institute_pay_));
  std::vector<Opening> list;
  for (const Row row : institutes.by_id()) {
    const double people = institutes.weights()[row] / person_weight_;
    const AgentId id = institutes.ids()[row];
    const int open =
        open_posts(turn.read(phds_)[row], people, threshold(id, salt), turn.write(phd_staff_)[row]);
    if (open > 0)
      list.push_back({id, row, turn.read(institute_.region)[row], true, open, wage,
                      turn.read(institute_.recruiting)[row], 0});
  }
  return list;
}

void TalentMarket::raise_pay(Turn& turn, double mean_pay) const {
  const Table& industries = turn.table(industry_);
  const auto general_pay = turn.write(general_pay_), institutes = turn.write(institute_pay_);
  if (mean_pay <= 0 || industries.num_agents() == 0) return;
  const double before = common(industries, general_pay);
  const double general = before > 0 ? mean_pay / before : 1.0;
  for (const Row row : industries.by_id()) general_pay[row] = mean_pay, institutes[row] *= general;
  const auto wage = turn.write(person_.wage), experience = turn.write(person_.experience);
  turn.for_each_block(person_.kind, [&](Block block) {
    raise_wages(wage.subspan(block.first, block.size()), experience.subspan(block.first, block.size()),
                experience_pay_, general);
  });
}

std::vector<TalentMarket::Moment> TalentMarket::moments(Turn& turn) const {
  const Table& people = turn.table(person_.kind);
  const Table& firms = turn.table(firm_.kind);
  const auto type = turn.write(person_.type), at_institute = turn.write(person_.at_institute);
  const auto origin = turn.read(person_.origin);
  const auto age = turn.write(person_.age), experience = turn.write(person_.experience),
             tenure = turn.write(person_.tenure);
  const auto employer = turn.write(person_.employer);
  const auto alive = people.alive();
  const ChanceTable table(hazards_);
  const auto& kernels = kernels::active();
  const auto key = static_cast<std::uint64_t>(turn.key(month_));
  const DrawKey order = turn.key(order_);
  std::vector<std::vector<Moment>> blocks(num_blocks(people.num_rows()));
  turn.for_each_block(person_.kind, [&](Block block) {
    std::array<double, block_rows> draws;
    kernels.uniform(draws.data(), key, turn.step(), 0, people.id_bits() + block.first, block.size());
    for (const auto column : {age, experience, tenure})
      kernels.add_constant(column.data() + block.first, column.data() + block.first, 1.0, block.size());
    std::vector<Row> checking;
    const auto happens = [&](Row row, Event event, bool retires, bool lost) {
      blocks[block.number].push_back(
          {draw_words(order, people.ids()[row], turn.step())[0], row, event, retires, lost});
    };
    // Nothing happens to most people, and their draw says so already: they are left out without a branch.
    std::array<Row, block_rows> concerned;
    std::size_t number = 0;
    const std::span<const AgentId> works_for = employer;
    const std::span<const std::uint8_t> is = type, lives = alive;
    const std::span<const double> months = age;
    const double rare = table.highest();
    for (Row row = block.first; row < block.last; ++row) {
      const double u = draws[row - block.first];
      const int busy =
          int{works_for[row] != nobody} | int{is[row] == student_type} | int{is[row] == phd_type};
      const int quiet = busy & int{u >= rare} & int{u <= 1 - discovery} & int{months[row] < retirement_age};
      concerned[number] = row;
      number += static_cast<std::size_t>(int{lives[row] != 0} & (quiet ^ 1));
    }
    for (const Row row : std::span(concerned).first(number)) {
      const double u = draws[row - block.first];
      const bool retires = age[row] >= retirement_age;
      const Status status = status_of(type[row], employer[row]);
      const std::size_t at =
          ChanceTable::index(static_cast<std::size_t>(status), origin[row], experience[row] < early_career);
      const bool checks = status == Status::employed && !at_institute[row] && u > 1 - discovery;
      if (u >= table.total(at) && status != Status::unemployed && !retires && !checks) continue;
      if (checks && !retires) {
        checking.push_back(row);
      } else {
        happens(row, table.decide(at, u), retires, false);
      }
    }
    std::vector<AgentId> employers;
    for (const Row row : checking) employers.push_back(employer[row]);
    std::vector<Row> found(employers.size());
    firms.find_all(employers, found);
    for (std::size_t i = 0; i < checking.size(); ++i)
      if (found[i] == no_row) happens(checking[i], Event::none, false, true);
  });
  std::vector<Moment> list;
  for (const auto& block : blocks) list.insert(list.end(), block.begin(), block.end());
  const auto ids = people.ids();
  std::sort(list.begin(), list.end(), [&](const Moment& a, const Moment& b) {
    return a.order != b.order ? a.order < b.order : raw(ids[a.row]) < raw(ids[b.row]);
  });
  return list;
}

void TalentMarket::publish_vacancies(Turn& turn, const Market& market) const {
  const auto firm_vacancies = turn.write(firm_.vacancies),
             institute_vacancies = turn.write(institute_.vacancies);
  std::fill(institute_vacancies.begin(), institute_vacancies.end(), 0);
  for (const Opening& o : market.posts) {
    const KindId kind = o.institute ? institute_.kind : firm_.kind;
    const double people = turn.table(kind).weights()[o.row] / person_weight_;
    (o.institute ? institute_vacancies : firm_vacancies)[o.row] = whole(o.open / people);
  }
  for (const Opening& o : market.phds) institute_vacancies[o.row] += whole(o.open * person_weight_);
}

void TalentMarket::step(Turn& turn) const {
  auto [posts, mean_pay] = openings(turn);
  raise_pay(turn, mean_pay);
  auto phds = phd_openings(turn);
  const std::uint64_t salt = combine(static_cast<std::uint64_t>(turn.key(look_)), turn.step());
  OpeningRing ring(posts, num_regions_, salt), phd_ring(phds, num_regions_, salt + 1);
  std::vector<std::uint64_t> employers;
  for (const Opening& opening : posts) employers.push_back(raw(opening.id));
  Market market{std::move(posts), std::move(phds), std::move(ring), std::move(phd_ring),
                IdIndex(std::move(employers))};
  const std::vector<Moment> list = moments(turn);
  const auto employer = turn.write(person_.employer);
  const auto type = turn.write(person_.type), region = turn.write(person_.region),
             at_institute = turn.write(person_.at_institute), permanent = turn.write(person_.permanent);
  const auto origin = turn.read(person_.origin);
  const auto tenure = turn.write(person_.tenure), wage = turn.write(person_.wage);
  const auto former = turn.write(person_.former_employer);
  const Table& people = turn.table(person_.kind);
  constexpr std::size_t ahead = 8;  // they stand anywhere, so their memory is asked for before their turn
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i + ahead < list.size()) {
      const Row next = list[i + ahead].row;
      for (const auto& column : {type, region, at_institute, permanent}) __builtin_prefetch(&column[next]);
      __builtin_prefetch(&employer[next]);
      __builtin_prefetch(&origin[next]);
      __builtin_prefetch(&tenure[next]);
      __builtin_prefetch(&wage[next]);
      __builtin_prefetch(&former[next]);
      __builtin_prefetch(&people.weights()[next]);
      __builtin_prefetch(&people.ids()[next]);
    }
    live(turn, list[i], market);
  }
  recruit_abroad(turn, market);
  enrol(turn);
  publish_vacancies(turn, market);
}

}  // namespace polder::agents
