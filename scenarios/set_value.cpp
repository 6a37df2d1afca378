// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/file_source.hpp"
#include "scenarios/overlay.hpp"
#include "scenarios/source_text.hpp"
#include "scenarios/yaml_reader.hpp"

namespace polder::scenarios {

namespace {

constexpr const char* set_file = "--set";

/// Options of the command line that are short for a `--set`.
constexpr std::array<std::pair<std::string_view, const char*>, 4> short_options{
    {{"--seed", "seed"}, {"--scale", "scale"}, {"--from", "clock.start"}, {"--until", "clock.end"}}};

const char* meaning_of(std::string_view option) {
  for (const auto& [name, key] : short_options)
    if (name == option) return key;
  return nullptr;
}

/// Where something stands that is at `inner` of the value that starts at `start`.
Mark within(const Mark& start, const Mark& inner) {
  if (start.column == 0) return start;
  return {start.file, start.line, start.column + std::max(inner.column, 1) - 1};
}

void move_marks(Node& node, const Mark& start) {
  node.mark = within(start, node.mark);
  for (Node& item : node.items) move_marks(item, start);
  for (Node::Entry& entry : node.entries) {
    entry.mark = within(start, entry.mark);
    move_marks(entry.value, start);
  }
}

/// Lists, maps and quoted texts are YAML; anything else is taken as it stands.
std::optional<Node> read_value(std::string_view text, const Mark& mark, Mistakes& mistakes) {
  const bool is_yaml =
      text.front() == '[' || text.front() == '{' || text.front() == '"' || text.front() == '\'';
  if (!is_yaml) return Node::scalar_at(mark, std::string(text), false);
  Mistakes own;
  auto node = parse_yaml(text, mark.file, own);
  for (Mistake mistake : own.list()) {
    mistake.where = within(mark, mistake.where);
    mistakes.add(std::move(mistake));
  }
  if (node) move_marks(*node, mark);
  return node;
}

/// Short form of the thing a path points at: `value` for parameters.x, `start` for actors.k.attributes.x.
const char* shorthand(const std::vector<std::string>& steps) {
  if (steps.size() == 2)
    if (const Key* key = scenario_keys().find(steps[0]); key && key->type == KeyType::named)
      return key->inside->shorthand;
  if (steps.size() == 4 && steps[0] == "actors" && steps[2] == "attributes")
    return attribute_keys().shorthand;
  return "";
}

/// Kinds and attributes that mechanisms bring along may be set without standing in the file.
bool in_catalogue(const std::vector<std::string>& steps, const Catalogue& catalogue) {
  if (steps.empty() || steps[0] != "actors") return false;
  for (const KindInfo& kind : catalogue.kinds) {
    if (steps.size() < 2 || steps[1] != kind.name) continue;
    if (steps.size() < 4) return true;
    const auto same = [&](const AttributeInfo& attribute) { return steps[3] == attribute.name; };
    return std::any_of(kind.attributes.begin(), kind.attributes.end(), same);
  }
  return false;
}

/// Walks a dotted path, making maps for keys that are not there yet.
class Walk {
 public:
  Walk(Node& root, std::string path, Mark mark, const Catalogue& catalogue, Mistakes& mistakes)
      : node_(&root),
        uses_mechanisms_(root.find("mechanisms") != nullptr),
        path_(std::move(path)),
        mark_(std::move(mark)),
        catalogue_(catalogue),
        mistakes_(mistakes) {}

  /// The place to set, or null (reported).
  Node* go() {
    std::string_view rest = path_;
    while (!rest.empty()) {
      if (steps_.size() >= deepest_nesting) {
        mistakes_.add(mark_, shorten(path_), {}, fmt::format("more than {} levels deep", deepest_nesting));
        return nullptr;
      }
      std::size_t length = 0;
      node_ = step(rest, length);
      if (!node_) return nullptr;
      steps_.emplace_back(rest.substr(0, length));
      rest.remove_prefix(std::min(length + 1, rest.size()));
    }
    return node_;
  }
  const std::vector<std::string>& steps() const { return steps_; }

 private:
  /// The longest part of the path that names something here: keys may hold dots (`partner.openness`).
  Node* step(std::string_view rest, std::size_t& length) {
    for (length = rest.size(); length != std::string_view::npos && length > 0;
         length = length == 0 ? std::string_view::npos : rest.rfind('.', length - 1)) {
      if (Node* found = child(rest.substr(0, length))) return found;
    }
    length = std::min(rest.find('.'), rest.size());
    return create(std::string(rest.substr(0, length)));
  }

  Node* child(std::string_view name) {
    if (node_->is_map()) {
      if (Node* found = node_->find(name)) return found;
    }
    if (node_->is_list()) {
      if (const auto position = find_id(*node_, name)) return &node_->items[*position];
    }
    if (!name.ends_with(']')) return nullptr;
    const std::size_t bracket = name.rfind('[');
    std::size_t position = 0;
    if (bracket == std::string_view::npos) return nullptr;
    const auto [end, error] =
        std::from_chars(name.data() + bracket + 1, name.data() + name.size() - 1, position);
    Node* list = node_->is_map() ? node_->find(name.substr(0, bracket)) : nullptr;
    if (error != std::errc{} || !list || !list->is_list() || position < 1 || position > list->items.size())
      return nullptr;
    return &list->items[position - 1];
  }

  /// The list that `name[9]` means, whatever the position.
  const Node* list_of(std::string_view name) const {
    if (!name.ends_with(']') || !node_->is_map()) return nullptr;
    const Node* list = node_->find(name.substr(0, name.rfind('[')));
    return list && list->is_list() ? list : nullptr;
  }

  Node* create(const std::string& name) {
    auto steps = steps_;
    steps.push_back(name);
    const bool thing = steps_.size() == 1 && has_named_things(steps_[0]);
    const bool attribute = steps_.size() == 3 && steps_[0] == "actors" && steps_[2] == "attributes";
    if (((thing || attribute) && !(uses_mechanisms_ && in_catalogue(steps, catalogue_))) ||
        (!node_->is_map() && !node_->is_null())) {
      mistakes_.add(mark_, shorten(path_), {}, fmt::format("there is no '{}' to set here", shorten(name)),
                    nearest(name, names_in(*node_)));
      return nullptr;
    }
    if (const Node* list = list_of(name)) {
      mistakes_.add(mark_, shorten(path_), {},
                    fmt::format("there is no such item: the list has {}", list->items.size()));
      return nullptr;
    }
    if (name.empty()) {
      mistakes_.add(mark_, shorten(path_), {}, "a key is empty");
      return nullptr;
    }
    if (node_->is_null()) *node_ = Node::map_at(mark_);
    node_->erase(alternative_to(fmt::format("{}", fmt::join(steps_, ".")), name));
    return &node_->put(name, mark_, Node{});
  }

  Node* node_;
  bool uses_mechanisms_;
  std::string path_;
  Mark mark_;
  const Catalogue& catalogue_;
  Mistakes& mistakes_;
  std::vector<std::string> steps_;
};

/// Puts a value at a path. `mark` is the place of the value, `key_mark` that of the path.
void assign(Node& scenario, const std::string& path, std::string_view text, const Mark& key_mark,
            const Mark& mark, const Catalogue& catalogue, Mistakes& mistakes) {
  if (text.empty()) {
    mistakes.add(mark, path, "nothing", "a value");
    return;
  }
  auto value = read_value(text, mark, mistakes);
  if (!value) return;
  Walk walk(scenario, path, key_mark, catalogue, mistakes);
  Node* place = walk.go();
  if (!place) return;
  const char* key = shorthand(walk.steps());
  if (value->is_scalar() && *key != '\0') {
    if (!place->is_map()) *place = Node::map_at(mark);
    place->put(key, key_mark, std::move(*value));
  } else {
    *place = std::move(*value);
  }
}

}  // namespace

bool is_command_line(const Mark& mark) {
  return mark.file == set_file || meaning_of(mark.file) != nullptr;
}

void set_value(Node& scenario, const std::string& assignment, int position, const Catalogue& catalogue,
               Mistakes& mistakes) {
  if (auto rubbish = find_rubbish(assignment, set_file)) {
    rubbish->where.line = position;
    rubbish->wanted = "is no UTF-8 text";
    mistakes.add(std::move(*rubbish));
    return;
  }
  const std::size_t equals = assignment.find('=');
  if (equals != std::string::npos) {
    const std::string option = assignment.substr(0, equals);
    if (const char* key = meaning_of(option)) {
      assign(scenario, key, trimmed(std::string_view(assignment).substr(equals + 1)), {option, 0, 0},
             {option, 0, 0}, catalogue, mistakes);
      return;
    }
  }
  const Mark key_mark{set_file, position, 1};
  if (equals == std::string::npos) {
    mistakes.add(key_mark, {}, shorten(assignment), "KEY=VALUE, such as parameters.share=60%");
    return;
  }
  const std::string path(trimmed(std::string_view(assignment).substr(0, equals)));
  const std::string_view text = trimmed(std::string_view(assignment).substr(equals + 1));
  const Mark mark{set_file, position, static_cast<int>(equals) + 2};
  if (path.empty() || text.empty()) {
    mistakes.add(key_mark, {}, shorten(assignment), "KEY=VALUE, such as parameters.share=60%");
    return;
  }
  if (path == "extends" || path == "use" || path == "remove" || path.starts_with("remove.")) {
    mistakes.add(key_mark, path, {}, "can only be written in a file");
    return;
  }
  assign(scenario, path, text, key_mark, mark, catalogue, mistakes);
}

}  // namespace polder::scenarios
