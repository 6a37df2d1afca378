// SPDX-License-Identifier: Apache-2.0
#include "tools/network_snapshots.hpp"

#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "agents/registry.hpp"
#include "engine/archive.hpp"
#include "output/result_reader.hpp"
#include "scenarios/reader.hpp"
#include "tests/tools/command_line.hpp"

namespace {

using namespace polder;
using namespace polder::tools;
using polder::testing::Scratch;
using ::testing::ElementsAre;

constexpr const char* clubs = R"yaml(
polder: 1
name: clubs
clock: {start: 2020-01, end: 2020-12, burn_in: 3 months}
regions: [north, south]
actors:
  club:
    found: {count: 400}
    attributes:
      region: {labels: regions, start: south}
networks:
  - matches: {decay: 1 % /month}
rules:
  - id: meet
    family: knowledge
    who: club
    chance: 0.5
    match: {with: club}
    do:
      - tie: {network: matches, strength: 0.5}
)yaml";

class NetworkSnapshots : public ::testing::Test {
 protected:
  NetworkSnapshots() : program(compile(scenarios::read_text(clubs, {}, {}, catalogue), catalogue)) {
    state = found(program, 3, 0);
    while (state.step < program.num_steps()) step(program, state);
  }
  NetworkSnapshot snapshot() const { return take_snapshots(program, state, Moment::end).at(0); }

  const Catalogue catalogue = agents::catalogue();
  const Program program;
  State state;
};

TEST_F(NetworkSnapshots, describes_when_and_by_what_labels) {
  const NetworkInfo info = describe_networks(program).at(0);
  EXPECT_EQ(info.name, "matches");
  EXPECT_THAT(info.moments, ElementsAre(Month::of(2019, 12), Month::of(2020, 12)));
  ASSERT_EQ(info.categories.size(), 2);
  EXPECT_THAT(info.categories[0].labels, ElementsAre("club"));
  EXPECT_THAT(info.categories[1].labels, ElementsAre("north", "south"));
}

TEST_F(NetworkSnapshots, keeps_those_with_most_trust_and_the_strongest_ties_and_counts_the_rest) {
  const NetworkSnapshot one = snapshot();
  const Ties& ties = state.networks.at(0);
  std::map<AgentId, double> trust;
  for (const Tie& tie : ties.all()) trust[tie.a] += static_cast<double>(tie.strength);
  EXPECT_EQ(one.num_nodes, trust.size());
  EXPECT_EQ(one.num_ties, ties.num_ties());
  ASSERT_GT(trust.size(), most_nodes);
  ASSERT_EQ(one.ids.size(), most_nodes);
  for (std::size_t i = 0; i < one.ids.size(); ++i) {
    const AgentId id{one.ids[i]};
    EXPECT_EQ(one.degrees[i], ties.of(id).size());
    if (i > 0) {
      EXPECT_LE(trust.at(id), trust.at(AgentId{one.ids[i - 1]}));
    }
  }
  std::size_t among = 0;
  const std::set<std::uint64_t> kept(one.ids.begin(), one.ids.end());
  for (const Tie& tie : ties.all())
    among += tie.a < tie.b && kept.contains(raw(tie.a)) && kept.contains(raw(tie.b));
  EXPECT_EQ(one.first.size(), std::min(among, most_ties));
  for (std::size_t i = 0; i < one.first.size(); ++i) {
    const Tie* tie = ties.find(AgentId{one.ids[static_cast<std::size_t>(one.first[i])]},
                               AgentId{one.ids[static_cast<std::size_t>(one.second[i])]});
    ASSERT_NE(tie, nullptr);
    EXPECT_EQ(one.strengths[i], static_cast<double>(tie->strength));
    if (i > 0) {
      EXPECT_LE(one.strengths[i], one.strengths[i - 1]);
    }
  }
  for (const auto& [id, sum] : trust)
    if (!kept.contains(raw(id))) {
      EXPECT_LE(sum, trust.at(AgentId{one.ids.back()}));
    }
}

TEST_F(NetworkSnapshots, do_not_depend_on_the_order_of_rows) {
  const NetworkSnapshot before = snapshot();
  permute_rows(state, 11);
  EXPECT_EQ(snapshot(), before);
}

TEST_F(NetworkSnapshots, survive_a_checkpoint) {
  ReplicateResult samples = Recorder(program).result(), again;
  samples.networks = take_snapshots(program, state, Moment::start);
  MemoryArchive archive;
  save(program, state, samples, archive);
  State restored;
  restore(program, archive, restored, again);
  EXPECT_EQ(again.networks, samples.networks);
}

TEST(Whatif, keeps_the_network_before_and_after_of_every_arm) {
  const Scratch scratch;
  const std::string path = scratch / "a.h5";
  using polder::testing::scenario;
  ASSERT_EQ(polder::testing::polder({"whatif", scenario("small.yaml"), scenario("more-courses.yaml"),
                                     "--replicates", "2", "-o", path})
                .code,
            0);
  const output::ResultReader result(path);
  const auto snapshots = result.snapshots();
  ASSERT_EQ(snapshots.size(), 4);
  EXPECT_EQ(snapshots[0].second, snapshots[2].second) << "both arms start from one state";
  EXPECT_NE(snapshots[0].second, snapshots[1].second);
  EXPECT_GT(snapshots[1].second.num_ties, snapshots[0].second.num_ties);
}

}  // namespace
