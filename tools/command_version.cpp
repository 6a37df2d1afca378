// SPDX-License-Identifier: Apache-2.0
// `polder version`: what was built, from what, for which machine.
#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "output/provenance.hpp"
#include "tools/command.hpp"
#include "tools/terminal.hpp"

namespace polder::tools {

namespace {

class VersionCommand final : public Command {
 public:
  explicit VersionCommand(CLI::App& app) {
    CLI::App& sub = *app.add_subcommand("version", "Prints the version and how it was built");
    sub.footer("Examples:\n  polder version\n  polder version --json");
    sub.add_flag("--json", json_, "Prints JSON for other programs");
  }

  int run(Arguments) override {
    const output::Provenance build = output::current_provenance();
    if (json_) {
      nlohmann::ordered_json object = {{"version", build.polder_version},
                                       {"commit", build.commit},
                                       {"compiler", build.compiler},
                                       {"flags", build.flags},
                                       {"build_type", build.build_type},
                                       {"platform", build.platform},
                                       {"simd", build.simd}};
      print(object.dump(2) + '\n');
      return exit_done;
    }
    print(fmt::format("polder {} ({})\nbuilt by {} ({}), flags {}\non {}, vector instructions {}\n",
                      build.polder_version, build.commit, build.compiler, build.build_type, build.flags,
                      build.platform, build.simd));
    return exit_done;
  }

 private:
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_version_command(CLI::App& app) {
  return std::make_unique<VersionCommand>(app);
}

}  // namespace polder::tools
