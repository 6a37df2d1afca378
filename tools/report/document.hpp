// SPDX-License-Identifier: Apache-2.0
// All that a report shows, as one JSON document; the page and the pictures are made of it alone.
#pragma once
#include "output/result_reader.hpp"
#include "tools/report/json.hpp"

namespace polder::tools::report {

/// Version of the document's layout, which page and command share.
inline constexpr int document_format = 1;

/// A document that another part of Polder left in a file, as JSON text in `/<group>/json`; null without.
Json left_in(const std::string& path, const char* group);

/// errors: InputError when the result holds nothing that a report could show.
Json document(const output::ResultReader& result);

}  // namespace polder::tools::report
