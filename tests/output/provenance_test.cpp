// SPDX-License-Identifier: Apache-2.0
#include "output/provenance.hpp"

#include <gtest/gtest.h>

#include <array>

namespace polder::output::provenance_test {
namespace {

TEST(Provenance, knows_its_build_and_machine) {
  const Provenance p = current_provenance();
  for (const auto& [name, text] : fields(p)) {
    if (name != "command_line") {
      EXPECT_FALSE(text.empty()) << name;
    }
  }
  EXPECT_NE(p.platform.find("Linux"), std::string::npos);
  EXPECT_NE(p.flags.find("-ffp-contract=off"), std::string::npos);
  EXPECT_EQ(p.created.size(), std::string("2024-01-01T00:00:00Z").size());
}

TEST(Provenance, keeps_no_folders_of_the_machine) {
  const std::array<const char*, 8> arguments = {"/home/somebody/bin/polder",
                                                "run",
                                                "scenarios/nl-2020.yaml",
                                                "-o",
                                                "/home/somebody/out.h5",
                                                "--output=/tmp/x.h5",
                                                "--set",
                                                "a=1 %"};
  EXPECT_EQ(command_line(arguments),
            "polder run scenarios/nl-2020.yaml -o out.h5 --output=x.h5 --set 'a=1 %'");
  for (const auto& [name, text] : fields(current_provenance(arguments))) {
    EXPECT_EQ(text.find("/home"), std::string::npos) << name;
  }
}

TEST(Provenance, quotes_arguments_as_a_shell_reads_them) {
  const std::array<const char*, 3> arguments = {"polder", "", "it's"};
  EXPECT_EQ(command_line(arguments), "polder '' 'it'\\''s'");
}

}  // namespace
}  // namespace polder::output::provenance_test
