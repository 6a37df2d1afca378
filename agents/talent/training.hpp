// SPDX-License-Identifier: Apache-2.0
// Lifelong learning: what firms pay for courses of their staff on their own account.
//
//   once a year, in January:  a firm trains when t_i < p(size);   courses_i = c wage_i staff_i v_i
//
// t_i inclination of the firm, drawn once; p share of firms that train by size class; c cost of courses by
// labour cost of firms that train; v_i log-normal with mean 1. The money is part of inputs in the accounts,
// and what it teaches is the constant `training` of `absorption`; so courses change nothing by themselves.
// They matter when a scheme pays for training: part of what it pays for takes the place of them (the form
// `talent`, `replaces`), teaches nothing new and is windfall.
// source: CVTS of Eurostat and CBS, 2015 and 2020 (recalled); deadweight of vouchers Hidalgo, Oosterbeek
//   & Webbink 2014 (recalled).
// reads: firm.size_class, staff, wage.
// writes: firm.courses
// ignores: kinds of courses, who is trained, training on the job, funds of sectors
#pragma once
#include <cstdint>

#include "engine/mechanism.hpp"

namespace polder::agents {

const MechanismInfo& training_mechanism();

/// What the courses of a year cost a firm a month; 0 for one that does not train. inclination: 0 to 1
double course_spending(double inclination, double share, double cost, double wages, double variation);

/// Cost of a subsidised training that takes the place of courses. cost, courses_left: EUR; replaces: 0 to 1
double replaced_courses(double cost, double replaces, double courses_left);

}  // namespace polder::agents
