// SPDX-License-Identifier: Apache-2.0
#include "tools/sweep/slurm.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/error.hpp"
#include "scenarios/fields.hpp"
#include "scenarios/file_source.hpp"
#include "scenarios/yaml_reader.hpp"
#include "tools/child_process.hpp"

namespace polder::tools {

namespace {

using scenarios::Fields;
using scenarios::Node;
using enum scenarios::KeyType;

constexpr scenarios::Key slurm_table[] = {
    {"partition", text, false, "partition of the cluster"},
    {"time", text, false, "limit of a task, such as 02:00:00"},
    {"mem", text, false, "memory of a task, such as 4G"},
    {"account", text, false, "account that pays"},
    {"qos", text, false, "quality of service"},
    {"cpus", integer, false, "cores of a task; default 1"},
    {"tasks", integer, false, "tasks of the array"},
    {"modules", other, false, "list of modules to load"},
    {"setup", other, false, "list of lines of shell before the command"},
    {"options", other, false, "list of further options of sbatch"}};
constexpr scenarios::KeyTable slurm_keys{"a file for Slurm", slurm_table};

std::vector<std::string> texts(const Fields& fields, const char* key, Mistakes& mistakes) {
  const Node* node = fields.node(key);
  if (node == nullptr) return {};
  const std::vector<Node> items = node->is_list() ? node->items : std::vector{*node};
  std::vector<std::string> list;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].is_scalar() && !items[i].text.empty() && items[i].text.find('\n') == std::string::npos) {
      list.push_back(items[i].text);
    } else {
      scenarios::refuse_type(items[i], scenarios::item_path(key, i + 1), "a text on one line", mistakes);
    }
  }
  return list;
}

std::uint32_t count(const Fields& fields, const char* key, std::uint32_t missing) {
  const auto value = fields.integer(key);
  constexpr std::uint64_t most = 1'000'000;
  if (!value) return missing;
  if (*value >= 1 && *value <= most) return static_cast<std::uint32_t>(*value);
  fields.refuse(key, fmt::format("a whole number from 1 to {}", most));
  return missing;
}

std::string quoted(const std::string& word) {
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

std::string heading(const SlurmJob& job, const SlurmOptions& options, const char* what,
                    const std::string& log) {
  std::string text =
      "#!/bin/bash\n# Written by polder sweep slurm; sbatch reads the lines that start with #SBATCH.\n";
  const auto add = [&](const char* option, const std::string& value) {
    if (!value.empty()) text += fmt::format("#SBATCH --{}={}\n", option, value);
  };
  add("job-name", job.name + what);
  add("partition", options.partition);
  add("account", options.account);
  add("qos", options.qos);
  add("time", options.time);
  add("mem", options.memory);
  add("output", '"' + log + '"');
  text += "#SBATCH --open-mode=append\n#SBATCH --requeue\n";
  for (const std::string& option : options.options) text += fmt::format("#SBATCH {}\n", option);
  return text;
}

std::string preparation(const SlurmOptions& options) {
  std::string text = "set -eu\n";
  for (const std::string& module : options.modules) text += fmt::format("module load {}\n", quoted(module));
  for (const std::string& line : options.setup) text += line + '\n';
  return text;
}

std::string first_word(const std::string& text) {
  return text.substr(0, text.find_first_of(";\n \t"));
}

std::string sbatch(const std::vector<std::string>& arguments) {
  std::vector<std::string> words{"sbatch", "--parsable"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  const ChildOutcome outcome = run_child(words);
  if (outcome.code != 0)
    throw std::runtime_error(fmt::format("sbatch refused {}: {}", arguments.back(), outcome.err));
  return first_word(outcome.out);
}

}  // namespace

SlurmOptions read_slurm_options(const std::string& path) {
  Mistakes mistakes;
  std::string content, bytes;
  SlurmOptions options;
  if (scenarios::read_text_file(scenarios::DiskSource(), path, {}, {}, content, bytes, mistakes)) {
    if (const auto tree = scenarios::parse_yaml(content, path, mistakes)) {
      const Fields fields(*tree, {}, slurm_keys, mistakes);
      options.partition = fields.text("partition");
      options.time = fields.text("time");
      options.memory = fields.text("mem");
      options.account = fields.text("account");
      options.qos = fields.text("qos");
      options.cpus = count(fields, "cpus", 1);
      options.tasks = count(fields, "tasks", 0);
      options.modules = texts(fields, "modules", mistakes);
      options.setup = texts(fields, "setup", mistakes);
      options.options = texts(fields, "options", mistakes);
    }
  }
  mistakes.throw_if_any();
  return options;
}

std::string array_script(const SlurmJob& job, const SlurmOptions& options) {
  std::string text = heading(job, options, "", job.folder + "/task-%a.log");
  text += fmt::format("#SBATCH --array={}\n#SBATCH --cpus-per-task={}\n#SBATCH --signal=B:TERM@30\n",
                      as_ranges(job.shards), options.cpus);
  text += preparation(options);
  // With exec the signals of Slurm reach polder itself: it ends cleanly, and what it finished is kept.
  text += fmt::format(
      "exec {} sweep run {} --shard \"$SLURM_ARRAY_TASK_ID/{}\" -o {} --threads "
      "\"${{SLURM_CPUS_PER_TASK:-1}}\" "
      "--even-if-running\n",
      quoted(job.polder), quoted(job.plan), job.num_shards, quoted(job.output));
  return text;
}

std::string merge_script(const SlurmJob& job, const SlurmOptions& options) {
  return heading(job, options, "-merge", job.folder + "/merge.log") + preparation(options) +
         fmt::format("exec {} sweep merge {} -o {}\n", quoted(job.polder), quoted(job.plan),
                     quoted(job.output));
}

SlurmSubmission submit(const std::string& array_path, const std::string& merge_path) {
  SlurmSubmission submission;
  submission.array = sbatch({array_path});
  // After any end: what is there is merged, and the file says what is missing.
  submission.merge = sbatch({"--dependency=afterany:" + submission.array, merge_path});
  return submission;
}

std::string as_ranges(const std::vector<std::uint32_t>& numbers) {
  std::vector<std::string> ranges;
  for (std::size_t begin = 0; begin < numbers.size();) {
    std::size_t end = begin;
    while (end + 1 < numbers.size() && numbers[end + 1] == numbers[end] + 1) ++end;
    ranges.push_back(begin == end ? std::to_string(numbers[begin])
                                  : fmt::format("{}-{}", numbers[begin], numbers[end]));
    begin = end + 1;
  }
  return fmt::format("{}", fmt::join(ranges, ","));
}

}  // namespace polder::tools
