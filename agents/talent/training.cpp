// SPDX-License-Identifier: Apache-2.0
#include "agents/talent/training.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include "agents/kinds/kinds.hpp"
#include "engine/kernels/kernels.hpp"
#include "engine/parallel.hpp"

namespace polder::agents {

double course_spending(double inclination, double share, double cost, double wages, double variation) {
  return inclination < share ? cost * std::max(0.0, wages) * variation : 0.0;
}

double replaced_courses(double cost, double replaces, double courses_left) {
  return std::clamp(cost * replaces, 0.0, std::max(0.0, courses_left));
}

namespace {

class Training final : public Mechanism {
 public:
  explicit Training(Setup& setup);
  void found(Turn& turn) const override { choose(turn); }
  void step(Turn& turn) const override {
    if (turn.month().month() == 1) choose(turn);
  }

 private:
  void choose(Turn& turn) const;

  KindId firm_;
  Handle<std::uint8_t> size_class_;
  Handle<double> staff_, wage_, courses_;
  std::array<double, 4> share_;
  double cost_, spread_;
  Purpose inclination_, vary_;
};

Training::Training(Setup& s)
    : firm_(s.kind("firm")),
      size_class_(s.column<std::uint8_t>("firm", "size_class")),
      staff_(s.column<double>("firm", "staff")),
      wage_(s.column<double>("firm", "wage")),
      courses_(s.column<double>("firm", "courses")),
      share_{s.parameter("share_micro"), s.parameter("share_small"), s.parameter("share_medium"),
             s.parameter("share_large")},
      cost_(s.parameter("cost")),
      spread_(s.parameter("spread")),
      inclination_(s.purpose("inclination")),
      vary_(s.purpose("vary")) {}

void Training::choose(Turn& turn) const {
  const Table& firms = turn.table(firm_);
  const auto size = turn.read(size_class_);
  const auto staff = turn.read(staff_), wage = turn.read(wage_);
  const auto courses = turn.write(courses_);
  const auto inclination = static_cast<std::uint64_t>(turn.key(inclination_)),
             vary = static_cast<std::uint64_t>(turn.key(vary_));
  const auto& kernel = kernels::active();
  turn.for_each_block(firm_, [&](Block block) {
    std::array<double, block_rows> own, variation;
    const std::uint64_t* ids = firms.id_bits() + block.first;
    kernel.uniform(own.data(), inclination, 0, 0, ids, block.size());
    kernel.normal(variation.data(), vary, turn.step(), 0, ids, block.size());
    for (std::size_t i = 0; i < block.size(); ++i)
      variation[i] = spread_ * variation[i] - 0.5 * spread_ * spread_;
    kernel.exp(variation.data(), variation.data(), block.size());
    for (Row row = block.first; row < block.last; ++row) {
      const std::size_t i = row - block.first;
      const double share = share_[std::min<std::size_t>(size[row], share_.size() - 1)];
      courses[row] =
          course_spending(own[i], share, cost_, wage[row] * staff[row], own[i] < share ? variation[i] : 0.0);
    }
  });
}

}  // namespace

const MechanismInfo& training_mechanism() {
  using enum Access;
  static const MechanismInfo info{
      .name = "training",
      .family = "talent",
      .sentence =
          "Firms pay for courses of their staff; schemes that pay for training take the place of a part",
      .equation = "courses = c wage staff v for the share p(size) of firms that train",
      .source = "CVTS of Eurostat and CBS, 2015 and 2020 (recalled); Hidalgo, Oosterbeek & Webbink 2014",
      .ignores = "kinds of courses, who is trained, training on the job, funds of sectors",
      .fields = {{"share_micro", "1", "40 %", "0 %", "100 %", "firms of 2 to 9 persons that pay for courses",
                  "assumption: not in the survey"},
                 {"share_small", "1", "80 %", "0 %", "100 %",
                  "firms of 10 to 49 persons that pay for courses", "CVTS, recalled"},
                 {"share_medium", "1", "92 %", "0 %", "100 %",
                  "firms of 50 to 249 persons that pay for courses", "CVTS, recalled"},
                 {"share_large", "1", "98 %", "0 %", "100 %",
                  "firms of 250 and more persons that pay for courses", "CVTS, recalled"},
                 {"cost", "1", "1.7 %", "0 %", "20 %", "cost of courses by labour cost of firms that train",
                  "CVTS: 1.5 to 2 %, recalled"},
                 {"spread", "1", "0.8", "0", "3", "standard deviation of its logarithm", "assumption"}},
      .columns = {{"firm", "size_class", read},
                  {"firm", "staff", read},
                  {"firm", "wage", read},
                  {"firm", "courses", write}},
      .flows = {},
      .networks = {},
      .events = {},
      .after = {},
      .make = [](Setup& setup) -> std::unique_ptr<Mechanism> { return std::make_unique<Training>(setup); }};
  return info;
}

}  // namespace polder::agents
