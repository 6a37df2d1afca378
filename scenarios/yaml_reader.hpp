// SPDX-License-Identifier: Apache-2.0
// Text to tree: the only part that knows yaml-cpp. It looks itself for what yaml-cpp 0.7 lets pass: duplicate
// keys, a quote that never closes, a second document, aliases that grow without end, merge keys, tags.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "scenarios/node.hpp"

namespace polder::scenarios {

inline constexpr int deepest_nesting = 64;
/// Values of one file after its aliases are written out.
inline constexpr std::size_t most_nodes = 200'000;

/// The tree of one YAML document. shape: `text` is valid UTF-8 with LF line ends.
/// errors: nothing when the text is no YAML that can be trusted; mistakes that leave the tree usable (a
/// duplicate key) are added as well.
std::optional<Node> parse_yaml(std::string_view text, const std::string& file, Mistakes& mistakes);

}  // namespace polder::scenarios
