// SPDX-License-Identifier: Apache-2.0
// What openness of science brings and costs: more firms learn from open results, fewer of them can be
// licensed.
//
//   reach(o)           = (1 + a o) / (1 + a o0)       of the knowledge of an institute, see
//   knowledge_spillover appropriability(o) = (1 - b o) / (1 - b o0)       of its licences, see
//   technology_transfer
//
// o openness of the institute, the share of its articles that are open [0 to 1]; o0 the usual one, at which
// both are 1; a what open articles reach more than closed ones; b licences lost when all is open. Openness is
// a state that rules of a scenario move (`scenarios/policies/open-science.yaml`). source: patents cite
// articles under a mandate of open access 12 to 27 % more (Bryan & Ozcan 2021), open articles
//   are cited 18 % more (Piwowar et al. 2018), both recalled; that openness costs appropriability: the
//   strategy, challenge 7; b: assumption
#pragma once

namespace polder::agents {

/// range: above 0; rises with openness, 1 at the usual one. gain: 0 and above
inline double open_reach(double openness, double usual, double gain) {
  return (1 + gain * openness) / (1 + gain * usual);
}

/// range: 0 and above; falls with openness, 1 at the usual one. loss: 0 to below 1
inline double appropriability(double openness, double usual, double loss) {
  return (1 - loss * openness) / (1 - loss * usual);
}

}  // namespace polder::agents
