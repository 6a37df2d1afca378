// SPDX-License-Identifier: Apache-2.0
#include "scenarios/yaml_reader.hpp"

#include <algorithm>
#include <map>
#include <sstream>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include "scenarios/source_text.hpp"

namespace polder::scenarios {

namespace {

/// Thrown through yaml-cpp to stop at once.
struct Stop {
  Mistake mistake;
};

std::size_t offset_of(const SourceText& text, const YAML::Mark& mark) {
  if (mark.line < 0 || mark.column < 0) return text.size();
  return text.offset(static_cast<std::size_t>(mark.line), static_cast<std::size_t>(mark.column));
}

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

/// yaml-cpp's complaint; a tab in the indentation nearby is the likely cause, whatever it says.
void add_syntax_error(SourceText& text, const YAML::Exception& error, Mistakes& mistakes) {
  const std::size_t at = offset_of(text, error.mark);
  if (const auto tab = text.tab_before(at)) {
    mistakes.add(text.mark(*tab), {}, {}, "YAML: a tab; indent with spaces");
  } else {
    mistakes.add(text.mark(at), {}, {}, explain(error.msg));
  }
}

/// Turns yaml-cpp's events into a tree.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(SourceText& text, Mistakes& mistakes) : text_(text), mistakes_(mistakes) {}

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Node node;
    node.mark = mark_of(mark);
    add(std::move(node), anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto it = anchored_.find(anchor);
    if (it == anchored_.end()) throw Stop{{mark_of(mark), {}, {}, "YAML: an alias that contains itself", {}}};
    count(it->second.second, mark_of(mark));
    add(Node(it->second.first), 0);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    count(1, mark_of(mark));
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

  Mark mark_of(const YAML::Mark& mark) { return text_.mark(offset_of(text_, mark)); }
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
    refuse(mark_of(mark), shorten(tag), "YAML tags are not used here; remove it, or put the text in quotes");
  }

  /// `{x: min(1, y)}`: the comma ends the value for YAML, so the formula arrives in pieces.
  void check_parentheses(const YAML::Mark& mark, const std::string& value) {
    const auto opened = std::count(value.begin(), value.end(), '(');
    const auto closed = std::count(value.begin(), value.end(), ')');
    if (opened > closed)
      refuse(mark_of(mark), shorten(value),
             "YAML: inside { } and [ ] a ',' or ': ' ends the value; put it in quotes");
  }

  /// Offset of the first character of a scalar's text: behind its quote, or at the first word of a text
  /// block.
  std::size_t value_start(const YAML::Mark& mark, const std::string& tag) {
    const std::size_t at = offset_of(text_, mark);
    if (tag != "!") return at;
    const char first = text_.at(at);
    if (first == '|' || first == '>') return text_.block_start(at);
    if (first != '"' && first != '\'') return at;
    if (!text_.quote_closes(at)) throw Stop{{text_.mark(at), {}, {}, "YAML: a quote is not closed", {}}};
    return at + 1;
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            YAML::EmitterStyle::value style, Node::Kind kind) {
    count(1, mark_of(mark));
    check_tag(mark, tag);
    if (frames_.size() >= deepest_nesting)
      throw Stop{
          {mark_of(mark), {}, {}, fmt::format("nested more than {} levels deep", deepest_nesting), {}}};
    Frame frame;
    frame.node.kind = kind;
    frame.node.mark = mark_of(mark);
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

  SourceText& text_;
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
  explicit SecondDocument(SourceText& text) : text_(text) {}
  void OnDocumentStart(const YAML::Mark& mark) override {
    throw Stop{{text_.mark(offset_of(text_, mark)),
                {},
                {},
                "a second document ('---'); a scenario is one document a file",
                {}}};
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
  SourceText& text_;
};

}  // namespace

std::optional<Node> parse_yaml(std::string_view text, const std::string& file, Mistakes& mistakes) {
  SourceText places(text, file);
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
    if (builder.reliable())
      add_syntax_error(places, error, mistakes);  // else it follows from what was refused
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
