// SPDX-License-Identifier: Apache-2.0
#include "tools/attribution_tally.hpp"

#include <algorithm>
#include <limits>

#include "agents/funding/recipients.hpp"
#include "engine/exact_sum.hpp"
#include "output/result_attribution.hpp"

namespace polder::tools {

namespace {

/// Columns that are R&D and earmarked public money, by kind.
struct Columns {
  const char* kind;
  const char* research;
  std::array<const char*, 2> earmarked;
};
constexpr std::array<Columns, Tally::num_kinds> kinds{
    {{"firm", "rd_spending", {"rd_funded", "tax_credit"}},
     {"institute", "rd_spending", {"rd_funded", "block_funded"}},
     {"financier", "invested", {nullptr, nullptr}}}};

std::span<const double> column(const Program& program, const State& state, KindId kind, const char* name) {
  if (name == nullptr) return {};
  const auto id = program.layout().kinds[index(kind)].find(name);
  if (!id || program.layout().kinds[index(kind)].columns[index(*id)].type != ColumnType::number) return {};
  return state.tables[index(kind)].column<double>(*id);
}

}  // namespace

double change_of_unpaid(double others, double base, double unpaid) {
  return base > 0 ? others / base * unpaid : 0.0;
}

Tally::Tally(const Program& program, std::vector<std::string> members)
    : program_(&program), members_(std::move(members)), closing_(output::yearly_samples(program.arm())) {
  now_.recipients.resize(members_.size());
  awards_.resize(members_.size());
}

void Tally::note(const State& state, std::size_t member) {
  for (const auto& r : agents::recipients(*program_, state, members_[member])) {
    if (r.award != nobody && !awards_[member].emplace(raw(r.award), raw(r.id)).second) continue;
    double& share = now_.recipients[member][raw(r.id)];
    share = std::min(1.0, share + r.share);
  }
}

void Tally::add(const State& state, std::size_t kind) {
  const auto id = program_->layout().find_kind(kinds[kind].kind);
  if (!id) return;
  const Table& table = state.tables[index(*id)];
  const auto research = column(*program_, state, *id, kinds[kind].research);
  std::array<std::span<const double>, 2> earmarked;
  for (std::size_t i = 0; i < earmarked.size(); ++i)
    earmarked[i] = column(*program_, state, *id, kinds[kind].earmarked[i]);
  for (const Row row : table.by_id()) {
    const double spent = research.empty() ? 0.0 : research[row];
    double public_money = 0;
    for (const auto& money : earmarked) public_money += money.empty() ? 0.0 : money[row];
    if (spent == 0 && public_money == 0) continue;
    Activity& activity = now_.agents[kind][raw(table.ids()[row])];
    activity.research += spent * table.weights()[row];
    activity.earmarked += public_money * table.weights()[row];
  }
}

void Tally::month(const State& state) {
  for (std::size_t kind = 0; kind < num_kinds; ++kind) add(state, kind);
  for (std::size_t m = 0; m < members_.size(); ++m) note(state, m);
  const auto& clock = program_->scenario().clock;
  const Month month = clock.start + (static_cast<int>(state.step) - 1 - clock.burn_in);
  const auto& times = program_->arm().times;
  if (periods_.size() >= closing_.size() ||
      times[static_cast<std::size_t>(closing_[periods_.size()])] != month)
    return;
  periods_.push_back(now_);
  for (auto& agents : now_.agents) agents.clear();
}

std::vector<std::vector<double>> Tally::samples(const Tally* whole, std::size_t member) const {
  const auto names = output::attribution_names();
  std::vector<std::vector<double>> rows(
      names.size(),
      std::vector<double>(program_->arm().times.size(), std::numeric_limits<double>::quiet_NaN()));
  for (std::size_t p = 0; p < periods_.size(); ++p) {
    const auto at = static_cast<std::size_t>(closing_[p]);
    std::size_t row = 0;
    for (std::size_t kind = 0; kind < num_kinds; ++kind) {
      ExactSum research, earmarked;
      for (const auto& [id, activity] : periods_[p].agents[kind]) {
        research.add(activity.research);
        earmarked.add(activity.earmarked);
      }
      rows[row++][at] = research.value();
      if (kind < 2) rows[row++][at] = earmarked.value();
    }
    if (whole == nullptr || p >= whole->periods_.size()) continue;
    const Period &with = whole->periods_[p], &without = periods_[p];
    const auto& paid = with.recipients.at(member);
    for (std::size_t kind = 0; kind < num_kinds; ++kind) {
      ExactSum gain, others, earmarked, base, unpaid;
      const auto add_up = [&](const std::unordered_map<std::uint64_t, Activity>& agents, double sign) {
        for (const auto& [id, activity] : agents) {
          const auto recipient = paid.find(id);
          const bool is_paid = recipient != paid.end();
          (is_paid ? gain : others).add(sign * activity.research);
          if (is_paid) earmarked.add(sign * activity.earmarked);
          if (sign > 0) continue;
          if (is_paid)
            unpaid.add((1 - recipient->second) * activity.research);
          else
            base.add(activity.research);
        }
      };
      add_up(with.agents[kind], 1);
      add_up(without.agents[kind], -1);
      const double theirs = change_of_unpaid(others.value(), base.value(), unpaid.value());
      rows[row + kind][at] = gain.value() - theirs;
      rows[row + num_kinds + kind][at] = others.value() + theirs;
      rows[row + 2 * num_kinds + kind][at] = earmarked.value();
    }
  }
  return rows;
}

}  // namespace polder::tools
