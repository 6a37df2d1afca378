// SPDX-License-Identifier: Apache-2.0
#include "tools/progress.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "tools/terminal.hpp"
#include "tools/text_table.hpp"

namespace polder::tools {

namespace {

constexpr auto between_drawings = std::chrono::milliseconds(250);
constexpr const char* erase_line = "\r\033[K";

}  // namespace

Progress::Progress(Show show, std::uint64_t total) : show_(show), total_(std::max<std::uint64_t>(total, 1)) {}

Progress::~Progress() {
  clear();
}

void Progress::month_done(std::uint64_t agents) {
  agent_months_ += agents;
  ++done_;
  if (show_ == Show::nothing) return;
  const std::unique_lock lock(drawing_, std::try_to_lock);
  if (lock && Clock::now() - last_ >= between_drawings) {
    last_ = Clock::now();
    draw();
  }
}

void Progress::draw() {
  const double passed = seconds();
  const std::uint64_t done = done_, skipped = skipped_;
  const double share = std::min(1.0, static_cast<double>(done) / static_cast<double>(total_));
  const auto run = static_cast<double>(std::max<std::uint64_t>(done - std::min(done, skipped), 1));
  const double left = passed / run * static_cast<double>(total_ - std::min(done, total_));
  warn(fmt::format("{}{:3.0f} %  {} done  {} million agent-months/s  {} left", erase_line, 100 * share,
                   counted(replicates_.load(), "replicate"),
                   show_digits(static_cast<double>(agent_months_) / passed / 1e6, 2), show_duration(left)));
}

void Progress::clear() {
  if (show_ == Show::nothing) return;
  warn(erase_line);
}

double Progress::seconds() const {
  return std::chrono::duration<double>(Clock::now() - begin_).count();
}

}  // namespace polder::tools
