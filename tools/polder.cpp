// SPDX-License-Identifier: Apache-2.0
// The command: finds the subcommand, carries it out, and turns what went wrong into a message and an exit
// code.
#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "engine/error.hpp"
#include "tools/command.hpp"
#include "tools/stop.hpp"
#include "tools/terminal.hpp"

namespace polder::tools {

namespace {

constexpr const char* about =
    "Polder: agent-based simulation of research-and-innovation ecosystems.\n"
    "A scenario is run with and without a policy; the difference, with its uncertainty, is what the policy "
    "makes.";

constexpr const char* examples =
    "Examples:\n"
    "  polder run scenarios/nl-2020.yaml --scale 0.01 -o nl.h5\n"
    "  polder whatif scenarios/nl-2020.yaml scenarios/policies/growth-fund-photonics.yaml --replicates 20\n"
    "  polder check my-policy.yaml\n"
    "  polder describe mechanism rd_investment\n"
    "`polder SUBCOMMAND --help` tells more.";

using Maker = std::unique_ptr<Command> (*)(CLI::App&);
constexpr std::array makers{Maker{make_run_command}, make_whatif_command,   make_sweep_command,
                            make_compare_command,    make_analyze_command,  make_report_command,
                            make_describe_command,   make_schema_command,   make_check_command,
                            make_validate_command,   make_hindcast_command, make_version_command};

/// The subcommand that was reached, with its full name.
std::pair<const CLI::App*, std::string> chosen_command(const CLI::App& app) {
  const CLI::App* chosen = &app;
  std::string name = app.get_name();
  for (auto inner = chosen->get_subcommands(); !inner.empty(); inner = chosen->get_subcommands()) {
    chosen = inner.front();
    name += ' ' + chosen->get_name();
  }
  return {chosen, name};
}

/// The mistyped first word, with what may have been meant.
void explain_unknown(const CLI::App& app, int argc, char** argv) {
  const std::string word = argc > 1 ? argv[1] : "";
  if (word.empty() || word.front() == '-') return;
  std::vector<std::string> names;
  for (const CLI::App* sub : app.get_subcommands({})) names.push_back(sub->get_name());
  for (const std::string& name : names)
    if (name == word) return;
  throw InputError(Mistake{
      {}, "polder", word, fmt::format("a subcommand: {}", fmt::join(names, ", ")), nearest(word, names)});
}

/// `. Did you mean '--scale'?` for the first word that is no option but nearly one; else nothing.
std::string nearest_option(const CLI::App& command, int argc, char** argv) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  for (int a = 1; a < argc; ++a) {
    const std::string word = std::string(argv[a]).substr(0, std::string(argv[a]).find('='));
    if (!word.starts_with("--") || std::find(names.begin(), names.end(), word) != names.end()) continue;
    if (const std::string near = nearest(word, names); !near.empty())
      return fmt::format(". Did you mean '{}'?", near);
  }
  return {};
}

int carry_out(int argc, char** argv) {
  CLI::App app(about, "polder");
  app.footer(examples);
  app.require_subcommand(0, 1);
  app.get_formatter()->column_width(34);
  std::vector<std::unique_ptr<Command>> commands;
  for (const Maker make : makers) commands.push_back(make(app));
  const auto subcommands = app.get_subcommands({});
  explain_unknown(app, argc, argv);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success&) {  // --help
    const auto [command, name] = chosen_command(app);
    const std::size_t before = name.rfind(' ');
    print(command->help(before == std::string::npos ? "" : name.substr(0, before)));
    return exit_done;
  } catch (const CLI::ParseError& error) {
    const auto [command, name] = chosen_command(app);
    const bool is_extra = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr;
    warn(fmt::format("{}: {}{}\n`{} --help` shows what it understands.\n", name, error.what(),
                     is_extra ? nearest_option(*command, argc, argv) : std::string(), name));
    return exit_input;
  }
  for (std::size_t c = 0; c < commands.size(); ++c)
    if (subcommands[c]->parsed()) return commands[c]->run(Arguments(argv, static_cast<std::size_t>(argc)));
  print(app.help());
  return exit_done;
}

/// Every month needs the same scratch again: memory that is given back to the system costs a page fault a
/// page when it returns. Large arrays do go back, since holes of their size would add up.
void keep_freed_memory() {
#ifdef __GLIBC__
  constexpr int mebibyte = 1 << 20;
  mallopt(M_MMAP_THRESHOLD, mebibyte);
  mallopt(M_TRIM_THRESHOLD, 64 * mebibyte);
  mallopt(M_TOP_PAD, 4 * mebibyte);
#endif
}

/// Whether this machine knows the instructions that the program was built with (POLDER_ARCH).
bool runs_here() {
#if defined(__AVX512F__)
  return __builtin_cpu_supports("avx512f") != 0;
#elif defined(__AVX2__)
  return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi2") != 0 &&
         __builtin_cpu_supports("fma") != 0;
#else
  return true;
#endif
}

}  // namespace

}  // namespace polder::tools

int main(int argc, char** argv) {
  using namespace polder::tools;
  if (!runs_here()) {
    std::fputs(
        "This polder was built for newer processors than this one: build it here, or with -DPOLDER_ARCH= for "
        "every x86-64.\n",
        stderr);
    return exit_input;
  }
  keep_freed_memory();
  listen_for_stop();
  try {
    return carry_out(argc, argv);
  } catch (const polder::InputError& error) {
    warn(fmt::format("{}\n", error.what()));
    return exit_input;
  } catch (const polder::RunError& error) {
    warn(fmt::format("The run stopped: {}\n", error.what()));
    return exit_input;
  } catch (const std::bad_alloc&) {
    warn("There is not enough memory; a smaller --scale or fewer --threads need less.\n");
    return exit_input;
  } catch (const std::runtime_error& error) {  // a full disk, a file that may not be written
    warn(fmt::format("{}\n", error.what()));
    return exit_input;
  } catch (const std::exception& error) {
    warn(fmt::format("This should not have happened, please report it: {}\n", error.what()));
    return exit_bug;
  }
}
