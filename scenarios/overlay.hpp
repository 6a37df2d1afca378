// SPDX-License-Identifier: Apache-2.0
// One tree out of many files: short forms written out, `extends`, `use` and `remove` resolved, `--set`
// applied.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/mechanism.hpp"
#include "engine/scenario.hpp"
#include "scenarios/file_source.hpp"
#include "scenarios/keys.hpp"
#include "scenarios/node.hpp"

namespace polder::scenarios {

/// Writes short forms out, so that files merge whatever form they use: `x: 5` becomes `x: {value: 5}`, lists
/// of mechanisms, networks and controls become maps by name. What has the wrong shape stays as it is and is
/// refused when it is read.
void write_out(Node& scenario, Mistakes& mistakes);

/// Of two keys that exclude each other in the map at `path` (`end` and `length` of the clock, `count` and
/// `from` of founders), the other one; else empty.
const char* alternative_to(std::string_view path, std::string_view key);

/// Merges `over` into `base`: maps by key, lists of things with an id by id, other values replace, and of two
/// keys that exclude each other the later one stays.
void merge(Node& base, Node over);

/// Takes away what `remove` names: {section: [names]}, sections may be dotted (`actors.firm.attributes`).
void remove_things(Node& base, const Node& remove, Mistakes& mistakes);

/// Applies one KEY=VALUE to the merged tree; its mark is `--set`, line `position`. A plain value for a thing
/// with a short form (a parameter) sets the value alone. `--seed`, `--scale`, `--from` and `--until` as keys
/// mean what they are short for, and are the place of their mistakes. errors: no `=`, a thing that is not
/// there, a value that is no YAML.
void set_value(Node& scenario, const std::string& assignment, int position, const Catalogue& catalogue,
               Mistakes& mistakes);

/// Was this typed on the command line, not written in a file?
bool is_command_line(const Mark& mark);

/// A scenario's tree and the files it was made of.
struct Merged {
  Node tree;
  std::vector<SourceFile> files;  ///< paths from the directory of the main file; the main file comes first
};

/// Loads a file with everything it extends and uses. errors: nothing when a file cannot be trusted; mistakes
/// are added.
std::optional<Merged> load_merged(const FileSource& source, const std::string& file, Mistakes& mistakes);

/// `path` as seen from the directory of `main_file`.
std::string relative_to(const std::string& main_file, const std::string& path);
/// Makes the paths of data files start from the directory of the main file, whichever file named them.
void rebase_paths(Node& scenario, const std::string& main_file);

/// Sections whose things have names that `remove` and `--set` can address.
bool has_named_things(std::string_view section);
/// Position of the thing with this id in a list; nothing when there is none.
std::optional<std::size_t> find_id(const Node& list, std::string_view id);
/// Names of the things in a section (a map, a list with ids, or a list of names).
std::vector<std::string> names_in(const Node& section);

}  // namespace polder::scenarios
