// SPDX-License-Identifier: Apache-2.0
// The program: one JSON request on standard input, one JSON answer on standard output.
#include <cstdio>
#include <exception>
#include <iostream>
#include <iterator>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <openturns/PlatformInfo.hxx>

#include "engine/error.hpp"
#include "tools/analysis/analysis.hpp"
#include "tools/analysis/design.hpp"

namespace polder::analysis {

namespace {

using Json = nlohmann::ordered_json;

constexpr int done = 0, wrong_input = 1, bug = 2;

constexpr const char* help =
    "polder-analysis design  < request.json    the points of a design\n"
    "polder-analysis analyze < request.json    the analysis of a merged sweep\n"
    "polder-analysis version\n"
    "`polder sweep` and `polder analyze` call it; requests and answers: tools/analysis/README.md\n";

Json read_request() {
  const std::string text{std::istreambuf_iterator<char>(std::cin), {}};
  try {
    return Json::parse(text);
  } catch (const Json::exception& error) {
    throw InputError(
        Mistake{{}, "request", text.empty() ? "nothing" : error.what(), "JSON on standard input", {}});
  }
}

int answer(const Json& json) {
  const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
  if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0)
    return done;
  fmt::print(stderr, "The answer could not be written.\n");
  return wrong_input;
}

int carry_out(const std::string& verb) {
  if (verb == "design") return answer(design_answer(read_design_request(read_request())));
  if (verb == "analyze") return answer(analyze(read_analysis_request(read_request())));
  if (verb == "version") return answer({{"openturns", OT::PlatformInfo::GetVersion()}});
  fmt::print(verb == "--help" ? stdout : stderr, "{}", help);
  return verb == "--help" ? done : wrong_input;
}

}  // namespace

}  // namespace polder::analysis

int main(int argc, char** argv) {
  using namespace polder::analysis;
  try {
    return carry_out(argc == 2 ? argv[1] : "");
  } catch (const polder::InputError& error) {
    fmt::print(stderr, "{}\n", error.what());
    return wrong_input;
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "There is not enough memory for this.\n");
    return wrong_input;
  } catch (const std::runtime_error& error) {  // a full disk, a file that cannot be written
    fmt::print(stderr, "{}\n", error.what());
    return wrong_input;
  } catch (const std::exception& error) {
    fmt::print(stderr, "This should not have happened, please report it: {}\n", error.what());
    return bug;
  }
}
