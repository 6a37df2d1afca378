// SPDX-License-Identifier: Apache-2.0
// `polder schema`: the JSON Schema of scenario files.
#include <CLI/CLI.hpp>

#include "agents/registry.hpp"
#include "scenarios/schema.hpp"
#include "tools/command.hpp"
#include "tools/terminal.hpp"

namespace polder::tools {

namespace {

constexpr const char* schema_examples =
    "Examples:\n"
    "  polder schema > scenario.schema.json\n"
    "An editor that knows YAML schemas completes and checks a scenario that begins with\n"
    "  # yaml-language-server: $schema=scenario.schema.json";

class SchemaCommand final : public Command {
 public:
  explicit SchemaCommand(CLI::App& app) {
    app.add_subcommand("schema", "Prints the JSON Schema of scenario files, for editors")
        ->footer(schema_examples);
  }

  int run(Arguments) override {
    print(scenarios::json_schema(agents::catalogue()) + '\n');
    return exit_done;
  }
};

}  // namespace

std::unique_ptr<Command> make_schema_command(CLI::App& app) {
  return std::make_unique<SchemaCommand>(app);
}

}  // namespace polder::tools
