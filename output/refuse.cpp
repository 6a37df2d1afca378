// SPDX-License-Identifier: Apache-2.0
#include "output/refuse.hpp"

#include "engine/error.hpp"

namespace polder::output {

void refuse(const std::string& path, const std::string& place, const std::string& found,
            const std::string& wanted, const std::string& suggestion) {
  Mistake mistake;
  mistake.where.file = path;
  mistake.path = place;
  mistake.found = found;
  mistake.wanted = wanted;
  mistake.suggestion = suggestion;
  throw InputError(std::move(mistake));
}

}  // namespace polder::output
