// SPDX-License-Identifier: Apache-2.0
// What the subcommands have in common: a shape and exit codes.
#pragma once
#include <memory>
#include <span>

namespace CLI {
class App;
}

namespace polder::tools {

/// Exit codes: 0 done, 1 a mistake in the input, 2 a bug; 128 + signal when stopped after a clean checkpoint.
inline constexpr int exit_done = 0;
inline constexpr int exit_input = 1;
inline constexpr int exit_bug = 2;

/// The command line as typed, for provenance.
using Arguments = std::span<const char* const>;

/// One subcommand. Its constructor declares the options, which the parser fills before `run`.
class Command {
 public:
  virtual ~Command() = default;
  /// Returns the exit code. errors: InputError, RunError and std::exception are reported by main.
  virtual int run(Arguments arguments) = 0;
};

std::unique_ptr<Command> make_run_command(CLI::App& app);
std::unique_ptr<Command> make_whatif_command(CLI::App& app);
std::unique_ptr<Command> make_sweep_command(CLI::App& app);
std::unique_ptr<Command> make_compare_command(CLI::App& app);
std::unique_ptr<Command> make_report_command(CLI::App& app);
std::unique_ptr<Command> make_analyze_command(CLI::App& app);
std::unique_ptr<Command> make_describe_command(CLI::App& app);
std::unique_ptr<Command> make_schema_command(CLI::App& app);
std::unique_ptr<Command> make_check_command(CLI::App& app);
std::unique_ptr<Command> make_version_command(CLI::App& app);

}  // namespace polder::tools
