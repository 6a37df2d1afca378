// SPDX-License-Identifier: Apache-2.0
// From operations to instructions: drops what nothing uses, chooses forms with a constant, gives out
// registers.
#include <algorithm>
#include <set>

#include "engine/expression/compute.hpp"
#include "engine/expression/lower.hpp"

namespace polder::expression {

namespace {

struct ConstantForm {
  Op general, with_right, with_left;  ///< Op::constant: there is none
};
constexpr ConstantForm forms[] = {
    {Op::add, Op::add_constant, Op::add_constant},
    {Op::subtract, Op::constant, Op::constant_minus},
    {Op::multiply, Op::multiply_constant, Op::multiply_constant},
    {Op::divide, Op::constant, Op::constant_divided},
    {Op::minimum, Op::minimum_constant, Op::constant},
    {Op::maximum, Op::maximum_constant, Op::constant},
    {Op::less, Op::less_constant, Op::greater_constant},
    {Op::less_equal, Op::less_equal_constant, Op::greater_equal_constant},
    {Op::equal, Op::equal_constant, Op::equal_constant},
    {Op::not_equal, Op::not_equal_constant, Op::not_equal_constant},
};

constexpr std::size_t position(Node node) {
  return static_cast<std::size_t>(node);
}

}  // namespace

class Lowering::Emitter {
 public:
  Emitter(const Lowering& lowering, const std::vector<Node>& results, std::uint32_t num_aggregate_scalars)
      : low_(lowering), results_(results), scope_scalars_(num_aggregate_scalars) {}

  Code run() {
    for (const auto* table : low_.tables_) {
      table_starts_.push_back(static_cast<std::uint32_t>(code_.tables.size()));
      code_.tables.insert(code_.tables.end(), table->begin(), table->end());
    }
    choose_forms();
    mark_live();
    for (std::size_t i = 0; i < low_.nodes_.size(); ++i) {
      if (live_[i]) emit(static_cast<Node>(i));
    }
    for (const Node result : results_) {
      code_.results.push_back(register_of(result));
      code_.constants.push_back(low_.value(result));
      code_.may_fault.push_back(low_.may_fault(result));
    }
    code_.reads.assign(reads_.begin(), reads_.end());
    code_.num_registers = num_registers_;
    code_.num_draws = low_.num_draws_;
    return std::move(code_);
  }

 private:
  struct Form {
    Op op;
    Node a, b, c;
    double constant = 0;
  };

  void choose_forms() {
    for (const Entry& entry : low_.nodes_) {
      Form form{entry.op, entry.a, entry.b, entry.c, 0};
      const auto found =
          std::find_if(std::begin(forms), std::end(forms), [&](auto f) { return f.general == entry.op; });
      if (found != std::end(forms)) {
        const auto left = low_.value(entry.a), right = low_.value(entry.b);
        if (right && found->with_right != Op::constant)
          form = {found->with_right, entry.a, no_node, no_node, *right};
        else if (left && found->with_left != Op::constant)
          form = {found->with_left, entry.b, no_node, no_node, *left};
      }
      forms_.push_back(form);
    }
  }

  /// Vectors are no registers: the instruction names their columns.
  bool is_register(Node node) const { return node != no_node && low_.at(node).op != Op::vector; }

  void mark_live() {
    live_.assign(low_.nodes_.size(), false);
    last_use_.assign(low_.nodes_.size(), 0);
    registers_.assign(low_.nodes_.size(), 0);
    for (const Node result : results_) {
      live_[position(result)] = true;
      last_use_[position(result)] = low_.nodes_.size();
    }
    for (std::size_t i = low_.nodes_.size(); i-- > 0;) {
      if (!live_[i]) continue;
      for (const Node operand : {forms_[i].a, forms_[i].b, forms_[i].c}) {
        if (operand == no_node) continue;
        live_[position(operand)] = true;
        last_use_[position(operand)] = std::max(last_use_[position(operand)], i);
      }
    }
  }

  std::uint16_t register_of(Node node) const { return registers_[position(node)]; }

  std::uint16_t take_register() {
    if (!free_.empty()) {
      const std::uint16_t lowest = *free_.begin();
      free_.erase(free_.begin());
      return lowest;
    }
    return num_registers_++;
  }

  void emit(Node node) {
    const Entry& entry = low_.at(node);
    if (entry.op == Op::vector) return;
    const Form& form = forms_[position(node)];
    if (entry.op == Op::constant) {  // pinned: has its register for itself
      registers_[position(node)] = num_registers_++;
      code_.pinned.emplace_back(register_of(node), entry.constant);
      return;
    }
    Instruction instruction;
    instruction.op = form.op;
    instruction.aux = entry.aux + (entry.origin == Origin::scope ? scope_scalars_ : 0);
    instruction.constant = form.constant;
    note_read(entry);
    if (entry.op == Op::look_up) {
      instruction.aux = table_starts_[entry.aux];
      instruction.constant = entry.constant;
    }
    if (entry.op >= Op::norm) {
      name_vectors(instruction, entry);
    } else {
      instruction.a = operand(form.a);
      instruction.b = operand(form.b);
      instruction.c = operand(form.c);
    }
    give_back(form, position(node));
    instruction.out = take_register();
    registers_[position(node)] = instruction.out;
    code_.instructions.push_back(instruction);
  }

  std::uint16_t operand(Node node) const { return is_register(node) ? register_of(node) : std::uint16_t{0}; }

  void give_back(const Form& form, std::size_t now) {
    for (const Node node : {form.a, form.b, form.c}) {
      if (!is_register(node) || low_.value(node)) continue;
      if (last_use_[position(node)] == now) free_.insert(register_of(node));
    }
  }

  void name_vectors(Instruction& instruction, const Entry& entry) {
    const Entry& first = low_.at(entry.a);
    note_read(first);
    instruction.constant = first.constant;
    instruction.aux = first.aux;
    if (entry.op == Op::component) instruction.b = static_cast<std::uint16_t>(entry.aux);
    if (entry.b == no_node) return;
    const Entry& second = low_.at(entry.b);
    note_read(second);
    instruction.b = static_cast<std::uint16_t>(column_of(second.aux));
    instruction.c = static_cast<std::uint16_t>(side_of(second.aux));
  }

  void note_read(const Entry& entry) {
    const bool is_column = (entry.op >= Op::number && entry.op <= Op::id) || entry.op == Op::vector;
    if (!is_column) return;
    reads_.insert({side_of(entry.aux), entry.kind, static_cast<ColumnId>(column_of(entry.aux))});
  }

  const Lowering& low_;
  const std::vector<Node>& results_;
  std::uint32_t scope_scalars_;
  std::vector<Form> forms_;
  std::vector<bool> live_;
  std::vector<std::size_t> last_use_;
  std::vector<std::uint16_t> registers_;
  std::set<std::uint16_t> free_;
  std::set<Read> reads_;
  std::vector<std::uint32_t> table_starts_;
  std::uint16_t num_registers_ = 0;
  Code code_;
};

Code Lowering::finish(const std::vector<Node>& results, std::uint32_t num_aggregate_scalars) const {
  return Emitter(*this, results, num_aggregate_scalars).run();
}

}  // namespace polder::expression
