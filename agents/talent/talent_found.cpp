// SPDX-License-Identifier: Apache-2.0
// Who works where at the start: people take the posts of their region in random order, then those anywhere.
#include <algorithm>
#include <cmath>

#include "agents/kinds/kinds.hpp"
#include "agents/talent/talent_market.hpp"

namespace polder::agents {

void TalentMarket::take_post(Turn& turn, Row person, const Post& post, bool institute) const {
  const Table& employers = turn.table(institute ? institute_.kind : firm_.kind);
  const double part = turn.table(person_.kind).weights()[person] / employers.weights()[post.row];
  const bool phd = turn.write(person_.type)[person] == static_cast<std::uint8_t>(ActorType::phd);
  turn.write(person_.employer)[person] = employers.ids()[post.row];
  if (!institute && is_founder(turn, post.row, part))
    turn.write(person_.type)[person] = static_cast<std::uint8_t>(ActorType::entrepreneur);
  const double offered = phd ? phd_wage_ : institute ? institute_wage_ : turn.read(wage_)[post.row];
  turn.write(person_.wage)[person] =
      offered * (phd ? 1.0 : experience_pay_.pay(turn.write(person_.experience)[person]));
  employed(turn, institute, phd)[post.row] += part;
}

void TalentMarket::settle(Turn& turn, const std::vector<Row>& people, PostsByRegion posts,
                          bool institute) const {
  const auto region = turn.write(person_.region);
  for (auto& list : posts)
    std::sort(list.begin(), list.end(), [](const Post& a, const Post& b) { return a.order > b.order; });
  std::vector<Row> left;
  for (const Row person : people) {
    auto& list = posts[std::min<std::size_t>(region[person], posts.size() - 1)];
    if (list.empty()) {
      left.push_back(person);
      continue;
    }
    take_post(turn, person, list.back(), institute);
    list.pop_back();
  }
  std::vector<Post> anywhere;
  for (const auto& list : posts) anywhere.insert(anywhere.end(), list.begin(), list.end());
  std::sort(anywhere.begin(), anywhere.end(), [](const Post& a, const Post& b) { return a.order < b.order; });
  for (std::size_t i = 0; i < std::min(left.size(), anywhere.size()); ++i)
    take_post(turn, left[i], anywhere[i], institute);
}

void TalentMarket::found(Turn& turn) const {
  const Table& people = turn.table(person_.kind);
  const auto type = turn.write(person_.type), at_institute = turn.write(person_.at_institute);
  std::vector<Row> workers, researchers, candidates;
  for (const Row row : people.by_id()) {
    if (type[row] == static_cast<std::uint8_t>(ActorType::student)) continue;
    if (type[row] == static_cast<std::uint8_t>(ActorType::phd)) {
      candidates.push_back(row);
    } else {
      (at_institute[row] ? researchers : workers).push_back(row);
    }
  }
  const auto salt = static_cast<std::uint64_t>(turn.key(threshold_));
  const auto add_posts = [&](const Table& employers, Row row, std::uint8_t region, double jobs,
                             std::uint64_t with, PostsByRegion& list) {
    const AgentId id = employers.ids()[row];
    const int posts = posts_for(jobs, employers.weights()[row] / person_weight_, threshold(id, with));
    auto& here = list[std::min<std::size_t>(region, list.size() - 1)];
    for (int j = 0; j < posts; ++j)
      here.push_back({combine(raw(id), with + static_cast<std::uint64_t>(j)), row});
  };
  PostsByRegion firm_posts(num_regions_), research_posts(num_regions_), phd_posts(num_regions_);
  const Table& firms = turn.table(firm_.kind);
  const auto staff = turn.read(staff_), research = turn.read(rd_staff_);
  for (const Row row : firms.by_id())
    add_posts(firms, row, turn.read(firm_.region)[row], firm_jobs(staff[row], research[row]), salt,
              firm_posts);
  const Table& institutes = turn.table(institute_.kind);
  for (const Row row : institutes.by_id()) {
    const double projects = std::max(0.0, turn.read(rd_spending_)[row] - turn.read(research_budget_)[row]);
    turn.write(project_money_)[row] = projects;
    turn.write(usual_projects_)[row] = projects / std::max(1.0, turn.read(researchers_)[row]);
    const std::uint8_t region = turn.read(institute_.region)[row];
    add_posts(institutes, row, region, turn.read(researchers_)[row], salt, research_posts);
    add_posts(institutes, row, region, turn.read(phds_)[row], salt + 1, phd_posts);
  }
  settle(turn, workers, std::move(firm_posts), false);
  settle(turn, researchers, std::move(research_posts), true);
  settle(turn, candidates, std::move(phd_posts), true);
}

}  // namespace polder::agents
