// SPDX-License-Identifier: Apache-2.0
#include "scenarios/yaml_reader.hpp"

#include <algorithm>
#include <map>
#include <sstream>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

namespace polder::scenarios {

namespace {

/// Thrown through yaml-cpp to stop at once.
struct Stop {
  Mistake mistake;
};

/// Places in the text: yaml-cpp counts bytes from 0, users count characters from 1.
class Text {
 public:
  Text(std::string_view text, std::string file) : text_(text), file_(std::move(file)) {
    for (std::size_t at = 0; at != std::string_view::npos;) {
      starts_.push_back(at);
      at = text_.find('\n', at);
      if (at != std::string_view::npos) ++at;
    }
  }
  std::size_t offset(const YAML::Mark& mark) const {
    if (mark.line < 0) return text_.size();
    const auto line = static_cast<std::size_t>(mark.line);
    if (line >= starts_.size()) return text_.size();
    return std::min(text_.size(), starts_[line] + static_cast<std::size_t>(std::max(mark.column, 0)));
  }
  char at(std::size_t offset) const { return offset < text_.size() ? text_[offset] : '\0'; }
  std::size_t size() const { return text_.size(); }
  std::string_view view() const { return text_; }

  Mark mark(std::size_t offset) {
    const auto next = std::upper_bound(starts_.begin(), starts_.end(), offset);
    const auto line = static_cast<std::size_t>(next - starts_.begin()) - 1;
    // Marks come in order, so counting goes on from the last one: linear in the length of a line.
    if (line != last_line_ || offset < last_offset_) {
      last_line_ = line;
      last_offset_ = starts_[line];
      last_column_ = 1;
    }
    for (; last_offset_ < offset; ++last_offset_)
      if ((static_cast<unsigned char>(text_[last_offset_]) & 0xC0U) != 0x80U) ++last_column_;
    return {file_, static_cast<int>(line) + 1, last_column_};
  }
  Mark mark(const YAML::Mark& place) { return mark(offset(place)); }

 private:
  std::string_view text_;
  std::string file_;
  std::vector<std::size_t> starts_;
  std::size_t last_line_ = 0, last_offset_ = 0;
  int last_column_ = 1;
};

/// A remedy in the user's words for what yaml-cpp says in its own.
std::string explain(const std::string& message) {
  using Explanation = std::pair<const char*, const char*>;
  static constexpr Explanation known[] = {
      {"illegal map value", "YAML: a ': ' inside a text; put the text in quotes"},
      {"end of map not found",
       "YAML: this line does not fit the lines above; check its indentation and quotes"},
      {"end of sequence not found", "YAML: this line does not fit the list above; check its indentation"},
      {"end of map flow not found", "YAML: a '{' is not closed"},
      {"end of sequence flow not found", "YAML: a '[' is not closed"},
      {"illegal tab when looking for indentation", "YAML: a tab; indent with spaces"},
      {"illegal EOF in scalar", "YAML: a quote is not closed"},
      {"illegal flow end", "YAML: a '}' or ']' that nothing opened; put a text that holds one in quotes"},
      {"illegal block entry", "YAML: '- ' is not allowed here; check the indentation"},
      {"illegal map key", "YAML: a key is not allowed here; check the indentation"},
      {"unknown token", "YAML: a text cannot start with this character; put it in quotes"},
      {"the referenced anchor is not defined",
       "YAML: '*' refers to an anchor that is not defined; put a text that starts with '*' in quotes"},
      {"alias not found after *", "YAML: a text cannot start with '*'; put it in quotes"},
      {"anchor not found after &", "YAML: a text cannot start with '&'; put it in quotes"},
      {"illegal document indicator in scalar", "YAML: '---' or '...' inside a text"}};
  for (const auto& [theirs, ours] : known)
    if (message == theirs) return ours;
  return "YAML: " + message;
}

/// Turns yaml-cpp's events into a tree.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(Text& text, Mistakes& mistakes) : text_(text), mistakes_(mistakes) {}

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Node node;
    node.mark = text_.mark(mark);
    add(std::move(node), anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto it = anchored_.find(anchor);
    if (it == anchored_.end())
      throw Stop{{text_.mark(mark), {}, {}, "YAML: an alias that contains itself", {}}};
    count(it->second.second, text_.mark(mark));
    add(Node(it->second.first), 0);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    count(1, text_.mark(mark));
    check_tag(mark, tag);
    add(Node::scalar_at(text_.mark(value_start(mark, tag)), value, tag == "!"), anchor);
    if (in_flow() && tag == "?") check_parentheses(mark, value);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    open(mark, tag, anchor, style, Node::Kind::list);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    open(mark, tag, anchor, style, Node::Kind::map);
  }
  void OnMapEnd() override { close(); }

  bool has_root() const { return has_root_; }
  bool reliable() const { return reliable_; }
  Node take_root() { return std::move(root_); }

 private:
  struct Frame {
    Node node;
    YAML::anchor_t anchor = 0;
    bool flow = false;
    bool has_key = false;
    std::string key;
    Mark key_mark;
    std::map<std::string, Mark, std::less<>> keys;  // for duplicates
  };

  bool in_flow() const { return !frames_.empty() && frames_.back().flow; }

  void refuse(const Mark& mark, std::string found, std::string wanted) {
    mistakes_.add(mark, {}, std::move(found), std::move(wanted));
    reliable_ = false;
  }

  /// Where in the tree the open map stands; things in lists by position.
  std::string path() const {
    std::string result;
    for (std::size_t i = 0; i + 1 < frames_.size(); ++i) {
      const Frame& frame = frames_[i];
      result = frame.node.is_list() ? item_path(result, frame.node.items.size() + 1)
                                    : join_path(result, frame.key);
    }
    return result;
  }

  void count(std::size_t nodes, const Mark& mark) {
    num_nodes_ += nodes;
    if (num_nodes_ <= most_nodes) return;
    throw Stop{
        {mark,
         {},
         {},
         fmt::format("more than {} values with aliases written out; put tables into CSV files", most_nodes),
         {}}};
  }

  void check_tag(const YAML::Mark& mark, const std::string& tag) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    refuse(text_.mark(mark), shorten(tag),
           "YAML tags are not used here; remove it, or put the text in quotes");
  }

  /// `{x: min(1, y)}`: the comma ends the value for YAML, so the formula arrives in pieces.
  void check_parentheses(const YAML::Mark& mark, const std::string& value) {
    const auto opened = std::count(value.begin(), value.end(), '(');
    const auto closed = std::count(value.begin(), value.end(), ')');
    if (opened > closed)
      refuse(text_.mark(mark), shorten(value),
             "YAML: inside { } and [ ] a comma ends the value; put the formula in quotes");
  }

  /// Offset of the first character of a scalar's text: behind its quote, or at the first word of a text
  /// block.
  std::size_t value_start(const YAML::Mark& mark, const std::string& tag) {
    const std::size_t at = text_.offset(mark);
    if (tag != "!") return at;
    const char first = text_.at(at);
    if (first == '"' || first == '\'') {
      if (!closes(at, first)) throw Stop{{text_.mark(at), {}, {}, "YAML: a quote is not closed", {}}};
      return at + 1;
    }
    if (first != '|' && first != '>') return at;
    const std::size_t line_end = text_.view().find('\n', at);
    if (line_end == std::string_view::npos) return at;
    const std::size_t word = text_.view().find_first_not_of(" \n", line_end);
    return word == std::string_view::npos ? at : word;
  }

  /// yaml-cpp accepts a quote that never ends.
  bool closes(std::size_t open, char quote) const {
    for (std::size_t i = open + 1; i < text_.size(); ++i) {
      if (quote == '"' && text_.at(i) == '\\') {
        ++i;
      } else if (text_.at(i) == quote) {
        if (quote == '"' || text_.at(i + 1) != '\'') return true;
        ++i;
      }
    }
    return false;
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            YAML::EmitterStyle::value style, Node::Kind kind) {
    count(1, text_.mark(mark));
    check_tag(mark, tag);
    if (frames_.size() >= deepest_nesting)
      throw Stop{
          {text_.mark(mark), {}, {}, fmt::format("nested more than {} levels deep", deepest_nesting), {}}};
    Frame frame;
    frame.node.kind = kind;
    frame.node.mark = text_.mark(mark);
    frame.anchor = anchor;
    frame.flow = style == YAML::EmitterStyle::Flow;
    frames_.push_back(std::move(frame));
  }

  void close() {
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    add(std::move(frame.node), frame.anchor);
  }

  void add(Node node, YAML::anchor_t anchor) {
    if (anchor != 0) {
      const std::size_t nodes = count_nodes(node);
      count(nodes, node.mark);
      anchored_.insert_or_assign(anchor, std::pair{node, nodes});
    }
    if (frames_.empty()) {
      root_ = std::move(node);
      has_root_ = true;
      return;
    }
    Frame& frame = frames_.back();
    if (frame.node.is_list()) {
      frame.node.items.push_back(std::move(node));
    } else if (!frame.has_key) {
      take_key(frame, std::move(node));
    } else {
      add_value(frame, std::move(node));
    }
  }

  void take_key(Frame& frame, Node node) {
    if (!node.is_scalar()) refuse(node.mark, describe(node), "a key must be a word");
    if (node.text == "<<" && !node.quoted)
      refuse(node.mark, "<<", "YAML merge keys are not used here; repeat the keys, or use 'extends'");
    frame.has_key = true;
    frame.key = std::move(node.text);
    frame.key_mark = std::move(node.mark);
  }

  void add_value(Frame& frame, Node node) {
    frame.has_key = false;
    const auto [first, is_new] = frame.keys.emplace(frame.key, frame.key_mark);
    if (!is_new) {
      mistakes_.add(frame.key_mark, join_path(path(), shorten(frame.key)), {},
                    fmt::format("duplicate key; line {} has it already", first->second.line));
      return;
    }
    frame.node.entries.push_back({std::move(frame.key), std::move(frame.key_mark), std::move(node)});
  }

  Text& text_;
  Mistakes& mistakes_;
  std::vector<Frame> frames_;
  std::map<YAML::anchor_t, std::pair<Node, std::size_t>> anchored_;  // completed nodes and their sizes
  std::size_t num_nodes_ = 0;
  Node root_;
  bool has_root_ = false, reliable_ = true;
};

/// Refuses what follows the first document.
class SecondDocument final : public YAML::EventHandler {
 public:
  explicit SecondDocument(Text& text) : text_(text) {}
  void OnDocumentStart(const YAML::Mark& mark) override {
    throw Stop{
        {text_.mark(mark), {}, {}, "a second document ('---'); a scenario is one document a file", {}}};
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {
  }
  void OnMapEnd() override {}

 private:
  Text& text_;
};

}  // namespace

std::optional<Node> parse_yaml(std::string_view text, const std::string& file, Mistakes& mistakes) {
  Text places(text, file);
  TreeBuilder builder(places, mistakes);
  try {
    std::istringstream in{std::string(text)};
    YAML::Parser parser(in);
    parser.HandleNextDocument(builder);
    SecondDocument second(places);
    parser.HandleNextDocument(second);
  } catch (const Stop& stop) {
    mistakes.add(stop.mistake);
    return std::nullopt;
  } catch (const YAML::Exception& error) {
    mistakes.add(places.mark(error.mark), {}, {}, explain(error.msg));
    return std::nullopt;
  } catch (const std::exception& error) {  // yaml-cpp lets exceptions of the standard library through
    mistakes.add(Mark{file, 0, 0}, {}, {}, fmt::format("YAML cannot be read: {}", error.what()));
    return std::nullopt;
  }
  if (!builder.reliable()) return std::nullopt;
  if (!builder.has_root()) return Node{};
  return builder.take_root();
}

}  // namespace polder::scenarios
