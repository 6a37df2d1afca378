// SPDX-License-Identifier: Apache-2.0
#include "tools/report/page.hpp"

#include "engine/error.hpp"

namespace polder::tools::report {

namespace {

constexpr std::string_view language_mark = "@LANGUAGE@";
constexpr std::string_view title_mark = "@TITLE@";
constexpr std::string_view document_mark = "@DOCUMENT@";

void put(std::string& text, std::string_view mark, std::string_view value) {
  const std::size_t at = text.find(mark);
  EXPECTS(at != std::string::npos);
  text.replace(at, mark.size(), value);
}

}  // namespace

void require(const Bundle& bundle) {
  if (!bundle.page.empty()) return;
  throw InputError(Mistake{{},
                           "polder report",
                           std::string(bundle.missing),
                           "a build with Node.js and npm: install them (`tools/install_packages.sh build`), "
                           "configure and build again. `--format csv` works without them",
                           {}});
}

std::string for_script(const Json& document) {
  const std::string text = document.dump(-1, ' ', false, Json::error_handler_t::replace);
  std::string safe;
  safe.reserve(text.size());
  for (const char c : text) {  // `<` stands in JSON only within texts
    if (c == '<') {
      safe += "\\u003c";
    } else {
      safe += c;
    }
  }
  return safe;
}

std::string for_html(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

std::string page(const Bundle& bundle, const Json& document, const std::string& language) {
  require(bundle);
  std::string text(bundle.page);
  put(text, language_mark, language);
  put(text, title_mark, for_html(document.at("title").get<std::string>()));
  put(text, document_mark, for_script(document));
  return text;
}

}  // namespace polder::tools::report
