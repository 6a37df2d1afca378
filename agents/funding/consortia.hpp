// SPDX-License-Identifier: Apache-2.0
// How applicants of a call find each other and become consortia.
//
// Who coordinates is drawn, by chance places / (places + others), others the mean number of further members,
// so that one who joins elsewhere changes nobody's role (law 3). A coordinator first asks previous partners
// (strongest tie first), then their previous partners, then strangers among 16
// drawn candidates, half of them institutes and half firms while there are enough of both:
//
//   attraction = likeness / (1 + km / 50 km),   likeness = 1 / (1 + |k_i - k_j|), doubled within one theme
//   chance of set-up = 1 / (1 + effort (1 - b) (n - 1) / trust),   trust = 1 + mean tie strength to the
//   coordinator
//
// A large institute is many groups, each of which may coordinate and knows its own part of the partners; a
// simulated firm is as many real ones as it stands for, each of which may coordinate, has places of its own
// and knows all its partners. So a consortium stands for one real consortium at every scale.
// k: profile, n: members, b: part of the effort that brokers take over.
// source: previous partners first, their partners next, then anyone: INFSO-SKIN (Ahrweiler et al. 2015);
//   trust: NEMO (Scholz et al. 2010); set-up effort and the functional forms: assumption
#pragma once
#include <span>
#include <vector>

#include "agents/geography.hpp"
#include "engine/draw.hpp"
#include "engine/ties.hpp"

namespace polder::agents {

/// An eligible agent that may lead or join consortia.
struct Candidate {
  AgentId id = nobody;
  std::uint8_t region = 0, theme = 0;
  std::span<const double> knowledge;
  bool institute = false;  ///< of many groups: takes part in any number of proposals
  double organised = 0;    ///< share of its set-up effort as coordinator that brokers take over
  int groups = 1;          ///< that may each coordinate a proposal: of an institute, or real firms
};

struct ConsortiumRules {
  int min_members = 1, max_members = 1;
  double setup_effort = 0.1;  ///< per further member; assumption
  int places = 2;             ///< proposals a real firm may take part in (NEMO: 2 open proposals)
};

struct Consortium {
  std::vector<std::size_t> members;  ///< positions of the candidates, coordinator first
  double trust = 1;
  std::uint32_t group = 0;  ///< of the coordinator
};

/// Chance that a consortium of n members is set up. range: 0 to 1, falls with n and effort, rises with trust.
double setup_chance(double effort, std::size_t members, double trust);
/// The group of `self` that knows this partner: an institute's partners fall to its groups at random, for
/// good. 0 for a firm.
std::uint32_t group_of(const Candidate& self, AgentId partner);
/// How much a candidate attracts a coordinator. range: 0 to 2
double attraction(const Candidate& a, const Candidate& b, double km);

/// Members from abroad at the standard normal quantile z: log-normal with this mean and standard deviation,
/// two at least, since a framework programme asks for three countries. 0 when the mean is 0.
int members_abroad(double mean, double spread, double z);

/// Consortia in a random order of coordinators. candidates: sorted by id. A candidate that is added changes
/// only the search of coordinators whose random neighbourhood it falls into.
std::vector<Consortium> form_consortia(std::span<const Candidate> candidates, const ConsortiumRules& rules,
                                       const Ties& ties, const Geography& map, DrawKey key,
                                       std::uint32_t step);

}  // namespace polder::agents
