// SPDX-License-Identifier: Apache-2.0
// How many researchers would found a firm: more where colleagues did and incubators have room.
//
//   example' = example + (12 spin_offs 1000 / researchers - example) / memory
//   logit i* = logit i0 + b (clamp(example / e0, 0, 3) - 1) + c ln(1 + room / r0)
//   i'       = i + (i* - i) / adjustment                     write: institute.entrepreneurial_intent
//
// i0 share willing without incubators and with the usual example, e0 usual spin-offs a year by 1,000
// researchers, room places of incubators in the province by 1,000 researchers there (with their activity),
// r0 room that counts [1]. More who are willing make more spin-offs (`technology_transfer`), not better
// ones.
// source: colleagues who disclose and found (Stuart & Ding 2006; Bercovitz & Feldman 2008, recalled);
//   levels: assumption.
// ignores: differences between persons, fields and chairs; teaching of entrepreneurship
#pragma once
#include "engine/mechanism.hpp"

namespace polder::agents {

const MechanismInfo& entrepreneurial_intent_mechanism();

/// Share of researchers willing to found a firm in the long run. base: above 0, below 1; example: by the
/// usual one; room: by what counts. range: 0 to 1; rises with each argument and strength
double willing_share(double base, double example, double example_strength, double room, double room_strength);

}  // namespace polder::agents
