// SPDX-License-Identifier: Apache-2.0
#include "tools/sweep/plan.hpp"

#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/error.hpp"
#include "engine/ids.hpp"

namespace polder::tools {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr int plan_format = 1;

void complete(SweepPlan& plan) {
  for (const std::vector<double>& point : plan.points) plan.keys.push_back(point_key(point));
  plan.sharing = sharing_of(*plan.study);
  std::string text = fmt::format("{} {} {}", plan.study->fingerprint, plan.replicates(), plan.design);
  for (const std::uint64_t key : plan.keys) text += fmt::format(" {:x}", key);
  plan.checksum = fmt::format("{:016x}", hash_name(text));
}

[[noreturn]] void refuse_plan(const std::string& path, const std::string& place, const std::string& found,
                              const std::string& wanted) {
  throw InputError(Mistake{{path, 0, 0}, place, found, wanted, {}});
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) refuse_plan(path, {}, {}, "cannot be read");
  return text.str();
}

bool is_plan(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  char first = 0;
  return file.get(first) && first == '{';
}

SweepPlan plan_of(const Json& json, const std::string& path, const Catalogue& catalogue) {
  if (json.at("polder_plan") != plan_format)
    refuse_plan(path, "polder_plan", json.at("polder_plan").dump(),
                fmt::format("{}, the format of this program", plan_format));
  const fs::path experiment = fs::path(path).parent_path() / json.at("experiment").get<std::string>();
  SweepPlan plan;
  plan.study = std::make_unique<Study>(open_study(experiment.string(), catalogue));
  if (json.at("study") != plan.study->fingerprint)
    refuse_plan(
        path, "study", json.at("study").get<std::string>(),
        fmt::format(
            "{}: the scenarios (or what varies and what is kept) are another version than the one this "
            "plan was made for. Plan again, or bring the files of that version back",
            plan.study->fingerprint));
  plan.study->info.replicates = json.at("replicates").get<std::uint32_t>();
  plan.points = json.at("points").get<std::vector<std::vector<double>>>();
  plan.design = json.at("design").dump();
  for (const std::vector<double>& point : plan.points)
    if (point.size() != plan.study->parameters.size())
      refuse_plan(path, "points", {}, "one value a parameter in every point");
  complete(plan);
  if (json.at("checksum") != plan.checksum || plan.points.empty() || plan.replicates() == 0)
    refuse_plan(path, "checksum", json.at("checksum").get<std::string>(),
                "a plan as it was written; plan again");
  return plan;
}

}  // namespace

Shard parse_shard(const std::string& text) {
  Shard shard;
  const char* last = text.data() + text.size();
  const auto [slash, failed] = std::from_chars(text.data(), last, shard.k);
  const bool divided = failed == std::errc{} && slash != last && *slash == '/';
  const auto [end, failed_too] =
      divided ? std::from_chars(slash + 1, last, shard.n) : std::from_chars_result{slash, failed};
  if (!divided || failed_too != std::errc{} || end != last || shard.k < 1 || shard.n < 1 || shard.k > shard.n)
    throw InputError(Mistake{{}, "--shard", text, "part k of n, such as 3/8; k goes from 1 to n", {}});
  return shard;
}

SweepPlan plan_experiment(const std::string& path, const PlanChoice& choice, const Catalogue& catalogue) {
  SweepPlan plan;
  plan.study = std::make_unique<Study>(open_study(path, catalogue));
  if (choice.replicates > 0) plan.study->info.replicates = choice.replicates;
  if (choice.size > 0) plan.study->spec.design.size = choice.size;
  Design design = make_design(*plan.study);
  plan.points = std::move(design.points);
  plan.design = std::move(design.json);
  complete(plan);
  return plan;
}

std::string as_plan_file(const SweepPlan& plan, const std::string& path) {
  const fs::path folder = fs::absolute(fs::path(path)).parent_path();
  Json parameters = Json::array();
  for (const SweptParameter& parameter : plan.study->parameters)
    parameters.push_back({{"name", parameter.name},
                          {"unit", to_string(parameter.dimension)},
                          {"distribution", parameter.text}});
  const Json head = {
      {"polder_plan", plan_format},
      {"name", plan.study->spec.name},
      {"experiment",
       fs::absolute(plan.study->spec.file).lexically_normal().lexically_relative(folder).generic_string()},
      {"study", plan.study->fingerprint},
      {"checksum", plan.checksum},
      {"replicates", plan.replicates()},
      {"runs", plan.num_runs()},
      {"parameters", parameters},
      {"design", Json::parse(plan.design)}};
  std::string text = head.dump(1);
  text.erase(text.rfind('\n'));  // one point a line behind it
  text += ",\n \"points\": [\n";
  for (std::size_t i = 0; i < plan.points.size(); ++i)
    text += fmt::format("  {}{}\n", Json(plan.points[i]).dump(), i + 1 < plan.points.size() ? "," : "");
  return text + " ]\n}\n";
}

SweepPlan read_plan(const std::string& path, const Catalogue& catalogue) {
  try {
    return plan_of(Json::parse(read_file(path)), path, catalogue);
  } catch (const Json::exception& error) {
    refuse_plan(path, {}, error.what(), "a plan as polder sweep plan writes it; plan again");
  }
}

SweepPlan open_plan(const std::string& path, const PlanChoice& choice, const Catalogue& catalogue) {
  if (!is_plan(path)) return plan_experiment(path, choice, catalogue);
  if (choice.replicates > 0 || choice.size > 0)
    throw InputError(Mistake{{path, 0, 0},
                             choice.size > 0 ? "--size" : "--replicates",
                             {},
                             "an experiment, not a plan: a plan says how many there are; plan again",
                             {}});
  return read_plan(path, catalogue);
}

std::vector<SweepTask> tasks_of(const SweepPlan& plan) {
  std::vector<std::size_t> points;
  std::set<std::uint64_t> seen;
  for (std::size_t p = 0; p < plan.points.size(); ++p)
    if (seen.insert(plan.keys[p]).second) points.push_back(p);
  std::vector<SweepTask> tasks;
  tasks.reserve(points.size() * plan.replicates());
  if (plan.sharing.any()) {
    for (std::uint32_t r = 0; r < plan.replicates(); ++r)
      for (const std::size_t p : points) tasks.push_back({p, r});
  } else {
    for (const std::size_t p : points)
      for (std::uint32_t r = 0; r < plan.replicates(); ++r) tasks.push_back({p, r});
  }
  return tasks;
}

std::vector<SweepTask> tasks_of(const SweepPlan& plan, const Shard& shard) {
  const std::vector<SweepTask> all = tasks_of(plan);
  if (shard.n > all.size())
    throw InputError(Mistake{{},
                             "--shard",
                             fmt::format("{}/{}", shard.k, shard.n),
                             fmt::format("at most {} parts: the plan has {} runs", all.size(), all.size()),
                             {}});
  const auto edge = [&](std::uint64_t k) { return static_cast<std::ptrdiff_t>(all.size() * k / shard.n); };
  return {all.begin() + edge(shard.k - 1), all.begin() + edge(shard.k)};
}

}  // namespace polder::tools
