// SPDX-License-Identifier: Apache-2.0
// Products of regulated themes need clearance before they reach the market: assessors have a queue, may
// refuse, and until then investors face rules that are not settled.
//
//   T       ~ Gamma(k, t / k)                        months of assessment, k whole
//   served  first come, first served: (staff + extra) cases products at a time; clearance' = clearance -
//   share refused with chance r: redesign for R months, then an assessment of half the length blocked =
//   readiness is `gate_level`, not cleared, not in a sandbox V       = v (dialogue ? a : 1) (sandbox ? b : 1)
//   until cleared, then 0
//
// Early dialogue: a share e of innovators starts at `dialogue_level`; the assessment runs in parallel to
// their development up to the part `parallel`, and their chance of refusal is cut. Sandbox: who waits longest
// gets one of the slots for `sandbox_term` months, may go on meanwhile (permission), gives investors data at
// the end (signal), saves part of the assessment and of the chance of refusal. Harmonised rules save part of
// T. V enters the investors' value (valuation.hpp), blocked holds a venture at its level (venture_rounds). t,
// k mean and shape of T [month], r chance, v variance of the log-value, a and b what is left of it.
// source: gamma times and a chance of refusal: assumption; sandboxes Cornelli et al. 2020 (information
// asymmetry and regulatory
//   cost); levels and lengths by theme: assumption
// reads: ventures (theme, trl, firm), cash, regulators (time, cost, staff, what instruments set)
// writes: ventures' clearance, blocked, regulatory_variance, sandbox, trial_data; regulators' counts
// ignores: judgement of risks and benefits, appeals, products of firms that are no ventures, other countries
#pragma once
#include "engine/mechanism.hpp"

namespace polder::agents {

const MechanismInfo& clearance_mechanism();

/// A draw of Gamma(shape, mean / shape) for whole shapes: the sum of exponentials. unit: that of mean
double gamma_time(double mean, int shape, DrawKey key, AgentId id, std::uint32_t round);

/// Chance that an assessment ends in a refusal; cuts: parts that remain after dialogue and sandbox. range: 0
/// to 1
double refusal_chance(double base, double after_dialogue, double after_sandbox);

/// Products served when `free` places are left for an applicant that stands for `weight`. range: 0 to 1
double served_share(double free, double weight);

/// Places for agents that stand for `weight` each, rounded without bias: a multiple of it. draw: in (0, 1)
double whole_places(double places, double weight, double draw);

/// Assessments not used this month that applicants of weight above one may use later: the real ones behind
/// them would have come one by one. unit: of free; time: mean months of an assessment. range: 0 to (weight -
/// 1) time
double kept_for_later(double free, double weight, double time);

/// Months of assessment after a month; in dialogue it never falls below the part that needs the finished
/// product.
double clearance_after(double left, double progress, double floor);

}  // namespace polder::agents
