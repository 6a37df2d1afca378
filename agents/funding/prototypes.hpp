// SPDX-License-Identifier: Apache-2.0
// A first public award lets a young venture build a prototype, and that tells investors what it is worth.
//
//   building   venture up to `last_level` and before a series A whose firm runs an award of its own (one
//              member), not below `least`
//   works      with chance b a month, once a venture:  investors get a signal with `outside_noise`
//              (`venture_rounds`), good or bad
//
// The award itself says nothing to investors, and a second one, or one after a series A, builds no first
// prototype.
// source: early grants about double the chance of venture capital, through prototypes and not through
//   certification; large second grants have no effect (Howell 2017). b, levels: assumption
// reads: project.coordinator, members, award, months_left; venture.trl, stage
// writes: venture.prototype
// ignores: prototypes paid from own money, which milestones stand for
#pragma once
#include "agents/kinds/kinds.hpp"
#include "engine/mechanism.hpp"

namespace polder::agents {

const MechanismInfo& prototypes_mechanism();

/// Whether a venture may build its first prototype. done: 0 until it works
bool may_build(std::int64_t level, double last_level, VentureStage stage, double done);

}  // namespace polder::agents
