// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/projects.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "agents/support/meetings.hpp"
#include "engine/near_search.hpp"

namespace polder::agents {

int period_of(int month, const Payout& payout) {
  const int periods = static_cast<int>(payout.tranches.size());
  return std::min(periods - 1, month * periods / payout.months);
}

int period_start(int period, const Payout& payout) {
  const int periods = static_cast<int>(payout.tranches.size());
  return (period * payout.months + periods - 1) / periods;
}

std::vector<Cents> tranche_amounts(Cents award, const Payout& payout) {
  std::vector<Cents> parts(payout.tranches.size());
  split(award, payout.tranches, parts);
  return parts;
}

namespace {

__extension__ using Wide = unsigned __int128;

}  // namespace

TrancheTable::TrancheTable(std::vector<double> shares) : shares_(std::move(shares)) {
  double largest = *std::max_element(shares_.begin(), shares_.end());
  if (!(largest > 0)) shares_.assign(shares_.size(), largest = 1);  // a mistake is on its way to the user
  const int shift = 61 - std::ilogb(largest);                       // as `split` scales weights
  for (const double share : shares_) {
    whole_.push_back(share > 0 ? static_cast<std::uint64_t>(std::scalbn(share, shift)) : 0U);
    sum_ += whole_.back();
  }
  for (const std::uint64_t w : whole_) parts_.push_back(static_cast<double>(w) / static_cast<double>(sum_));
}

/// Rounded down, and one cent more for those of largest remainder until nothing is left. A quotient is
/// guessed in doubles and set right by its remainder: no division of wide numbers.
Cents TrancheTable::amount(Cents award, std::size_t tranche) const {
  constexpr std::size_t most = 16;
  constexpr Cents exact = Cents{1} << 50;  // below, a guess is wrong by one at most
  if (whole_.size() > most || award >= exact || award < 0) {
    std::vector<Cents> parts(shares_.size());
    split(award, shares_, parts);
    return parts[tranche];
  }
  const auto amount = static_cast<std::uint64_t>(award);
  std::array<Wide, most> remainders;
  std::uint64_t left = amount, own = 0;
  for (std::size_t i = 0; i < whole_.size(); ++i) {
    const Wide product = Wide{amount} * whole_[i];
    auto part = static_cast<std::uint64_t>(static_cast<double>(amount) * parts_[i]);
    if (sum_ * part > product)
      --part;
    else if (product - sum_ * part >= sum_)
      ++part;
    remainders[i] = product - sum_ * part;
    left -= part;
    if (i == tranche) own = part;
  }
  std::uint64_t before = 0;  // tranches that get a cent sooner
  for (std::size_t i = 0; i < whole_.size(); ++i)
    before += remainders[i] > remainders[tranche] || (remainders[i] == remainders[tranche] && i < tranche);
  return static_cast<Cents>(own + (before < left ? 1U : 0U));
}

Recipient find_recipient(Turn& turn, const Columns& columns, AgentId id) {
  // Institutes first: their few are looked up in no time.
  if (const Row row = turn.table(columns.institute.kind).find(id); row != no_row)
    return {id, &columns.institute, row, false};
  if (const Row row = turn.table(columns.firm.kind).find(id); row != no_row)
    return {id, &columns.firm, row, true};
  return {id, nullptr, no_row, true};
}

void Projects::start(Purse& purse, const NewProject& project, std::uint32_t ordinal) const {
  Turn& turn = purse.turn();
  Entrant entrant;
  entrant.kind = columns_->project;
  entrant.cause = project.members.front();
  entrant.ordinal = ordinal;
  const double award = to_euros(project.award);
  entrant.values = {id_value(columns_->project_instrument.column, purse.id()),
                    id_value(columns_->coordinator.column, project.members.front()),
                    number_value(columns_->members.column, static_cast<double>(project.members.size())),
                    number_value(columns_->units.column, project.units),
                    number_value(columns_->members_abroad.column, project.abroad),
                    number_value(columns_->award.column, award),
                    number_value(columns_->quality.column, project.quality),
                    number_value(columns_->months_left.column, payout_.months),
                    number_value(columns_->duration.column, payout_.months)};
  const AgentId id = turn.enter(purpose_, entrant);
  std::vector<Share> members;
  for (std::size_t m = 0; m < project.members.size(); ++m) {
    members.push_back({find_recipient(turn, *columns_, project.members[m]), project.shares[m]});
    if (m > 0)
      turn.tie(columns_->membership, id, project.members[m], static_cast<float>(100 * project.shares[m]));
  }
  meet(turn, id, project.units, members, trust::accepted);
}

struct Projects::Books {
  struct Side {
    std::span<double> funded;
    std::span<const double> weights;
  };
  explicit Books(Turn& t, const Columns& c)
      : turn(t),
        ids(t.table(c.project).ids()),
        instrument(t.write(c.project_instrument)),
        coordinator(t.write(c.coordinator)),
        months_left(t.write(c.months_left)),
        award(t.write(c.award)),
        firms{t.write(c.firm.rd_funded), t.table(c.firm.kind).weights()},
        institutes{t.write(c.institute.rd_funded), t.table(c.institute.kind).weights()} {}
  Turn& turn;
  std::span<const AgentId> ids;
  std::span<AgentId> instrument, coordinator;
  std::span<double> months_left, award;
  Side firms, institutes;
  std::vector<Row> projects;        ///< of the instrument, in id order
  std::vector<AgentId> members;     ///< of one project after the other, its coordinator first
  std::vector<float> strengths;     ///< of their ties to it
  std::vector<Row> firms_of;        ///< their rows, no_row when they are no firms
  std::vector<std::size_t> firsts;  ///< places in `members` where projects begin, and the end
  std::vector<Share> shares;        ///< of the project at hand
};

/// Who is in the projects of one instrument, which follow in id order. Firms are looked up together: their
/// memory is asked for ahead.
void Projects::list_members(Books& books) const {
  std::vector<AgentId> ids;
  const auto ties = books.turn.ties(columns_->membership).all();
  std::size_t at = 0;
  for (const Row project : books.projects) {
    const AgentId id = books.ids[project];
    books.firsts.push_back(ids.size());
    ids.push_back(books.coordinator[project]);
    books.strengths.push_back(0);
    at = place_from(ties, at, [id](const Tie& tie) { return tie.a < id; });
    for (; at < ties.size() && ties[at].a == id; ++at) {
      ids.push_back(ties[at].b);
      books.strengths.push_back(ties[at].strength);
    }
  }
  books.firsts.push_back(ids.size());
  books.firms_of.resize(ids.size());
  books.turn.table(columns_->firm.kind).find_all(ids, books.firms_of);
  books.members = std::move(ids);
}

void Projects::find_shares(Books& books, std::size_t number) const {
  auto& list = books.shares;
  const auto member = [&](std::size_t at) {
    const AgentId who = books.members[at];
    const Row firm = books.firms_of[at];
    return firm != no_row ? Recipient{who, &columns_->firm, firm, true}
                          : find_recipient(books.turn, *columns_, who);
  };
  const std::size_t first = books.firsts[number];
  list.assign(1, {member(first), 1.0});
  for (std::size_t at = first + 1; at < books.firsts[number + 1]; ++at) {
    const Recipient other = member(at);
    if (other.row == no_row) continue;
    list.push_back({other, std::min(list.front().share, static_cast<double>(books.strengths[at]) / 100)});
    list.front().share -= list.back().share;
  }
}

void Projects::pay(Purse& purse, Row project, std::span<const Share> shares, Cents amount) const {
  std::vector<double> weights;
  for (const Share& s : shares) weights.push_back(s.share);
  std::vector<Cents> parts(shares.size());
  split(amount, weights, parts);
  for (std::size_t m = 0; m < shares.size(); ++m)
    purse.pay(shares[m].member.is_firm ? flows_.firm : flows_.institute, shares[m].member.row, parts[m]);
  purse.turn().write(columns_->project_paid)[project] += to_euros(amount);
}

/// Pairs that get a tie of the project are the same throughout it.
void Projects::meet(Turn& turn, AgentId project, double units, std::span<const Share> members,
                    float change) const {
  if (!payout_.builds_trust) return;
  const DrawKey key = turn.key(purpose_);
  const auto weight = [&](const Recipient& r) { return turn.table(r.columns->kind).weights()[r.row]; };
  for (std::size_t m = 1; m < members.size(); ++m) {
    for (std::size_t n = 0; n < m; ++n) {
      const Recipient &a = members[n].member, &b = members[m].member;
      const AgentId pair{combine(raw(project), combine(raw(a.id), raw(b.id)))};
      if (makes_tie(units, weight(a), weight(b), uniform(key, pair, 0, 1)))
        turn.tie(columns_->collaboration, a.id, b.id, change);
    }
  }
}

void Projects::run_one(Purse& purse, Books& books, std::size_t number, bool reuse) const {
  Turn& turn = purse.turn();
  const Row project = books.projects[number];
  double& left = books.months_left[project];
  const double units = turn.write(columns_->units)[project];
  const Cents award = to_cents(books.award[project]);
  const int month = payout_.months - static_cast<int>(left);
  find_shares(books, number);
  const std::span<const Share> members = books.shares;
  if (members.front().member.row == no_row) {  // the coordinator has left: what is not yet paid lapses
    purse.release(award - to_cents(turn.write(columns_->project_paid)[project]), reuse);
    turn.exit(columns_->project, project);
    return;
  }
  const int period = period_of(month, payout_);
  const int first = period_start(period, payout_), next = period_start(period + 1, payout_);
  const Cents tranche = tranches_.amount(award, static_cast<std::size_t>(period));
  if (month == first) pay(purse, project, members, tranche);
  const double monthly = payout_.cost_by_award * to_euros(tranche) / (next - first);
  for (const Share& s : members) {
    const Books::Side& side = s.member.is_firm ? books.firms : books.institutes;
    side.funded[s.member.row] += monthly * s.share / side.weights[s.member.row];
  }
  left -= 1;
  if (month > 0 && month % 12 == 0) meet(turn, books.ids[project], units, members, trust::yearly_meeting);
  if (left > 0.5) return;
  const double chance = turn.write(columns_->quality)[project];
  const AgentId id = books.ids[project];
  meet(turn, id, units, members,
       uniform(turn.key(purpose_), id, turn.step()) < chance ? trust::good_end : trust::bad_end);
  turn.exit(columns_->project, project);
}

void Projects::run(Purse& purse, bool reuse) const {
  const AgentId mine = purse.id();
  Books books(purse.turn(), *columns_);
  for (const Row row : purse.turn().table(columns_->project).by_id())
    if (books.instrument[row] == mine) books.projects.push_back(row);
  list_members(books);
  for (std::size_t n = 0; n < books.projects.size(); ++n) run_one(purse, books, n, reuse);
}

}  // namespace polder::agents
