// SPDX-License-Identifier: Apache-2.0
// The page of a report: the bundled template with a document in it.
#pragma once
#include <string>
#include <string_view>

#include "tools/report/json.hpp"

namespace polder::tools::report {

/// What output/report/ was bundled into at build time; both empty when Polder was built without npm.
struct Bundle {
  std::string_view page;      ///< HTML with everything inline
  std::string_view pictures;  ///< a program for node that turns a document into SVG files
  std::string_view missing;   ///< why they are empty, in words
};
Bundle bundle();

/// errors: InputError that says what is missing when the bundle is empty.
void require(const Bundle& bundle);

/// JSON that can stand in a script element of an HTML page: no `<` is left in it.
std::string for_script(const Json& document);
std::string for_html(std::string_view text);

/// The whole page. `language`: en or nl.
std::string page(const Bundle& bundle, const Json& document, const std::string& language);

}  // namespace polder::tools::report
