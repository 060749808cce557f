#include "diaodu/solve/proof_log.h"

#include <charconv>

#include "diaodu/solve/deduction.h"

namespace diaodu::solve {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 16;

std::string_view name_of(Network::Role role) {
  switch (role) {
    case Network::Role::task:
      return "task";
    case Network::Role::gate:
      return "gate";
    case Network::Role::end:
      return "end";
  }
  return {};
}

}  // namespace

void ProofLog::add(std::int64_t number) {
  char digits[24];
  const auto written = std::to_chars(digits, digits + sizeof digits, number);
  buffer_.append(digits, written.ptr);
}

void ProofLog::end_line() {
  buffer_ += '\n';
  if (is_assumed_ && bytes_ + static_cast<std::int64_t>(buffer_.size()) >= most_bytes_) {
    is_cut_ = true;
    write_end();
  } else if (buffer_.size() >= kPiece) {
    flush();
  }
}

void ProofLog::flush() {
  bytes_ += static_cast<std::int64_t>(buffer_.size());
  sink_(buffer_);
  buffer_.clear();
}

void ProofLog::begin(const Problem& problem, const Model* model) {
  is_begun_ = true;
  add("diaodu-proof 1\nminutes ");
  add(problem.minutes);
  end_line();
  const auto line = [this](std::string_view word, std::initializer_list<std::int64_t> numbers) {
    add(word);
    for (const std::int64_t number : numbers) {
      add(" ");
      if (number == Problem::kNoLimit) {
        add("-");
      } else {
        add(number);
      }
    }
    end_line();
  };
  // Rows count from 1; 0 says that there is no plan.
  for (std::size_t i = 0; i < problem.size(); ++i) {
    const auto role = model == nullptr ? Network::Role::task : model->network.role[i];
    const std::size_t row = model == nullptr ? 0 : model->network.task[i].index() + 1;
    add(name_of(role));
    line("", {static_cast<std::int64_t>(row), problem.duration[i], problem.earliest[i],
              problem.latest[i]});
  }
  for (const auto& arc : problem.precedences) line("link", {arc.from, arc.to, arc.gap});
  for (std::size_t i = 0; i < problem.capacity.size(); ++i) {
    const bool has_row = model != nullptr && i < problem.measure.size();
    const std::size_t row = has_row ? model->renewables[problem.renewable[i]].id.index() + 1 : 0;
    line("resource",
         {static_cast<std::int64_t>(row), problem.capacity[i], has_row ? problem.measure[i] : 1});
  }
  for (std::size_t i = 0; i < problem.size(); ++i) {
    for (const auto& demand : problem.demands_of(i))
      line("demand", {static_cast<std::int64_t>(i), demand.resource, demand.amount});
  }
  for (const auto& block : problem.blocks)
    line("block", {block.resource, block.from, block.to, block.amount});
}

void ProofLog::pair(std::uint32_t first, std::uint32_t second) {
  if (is_over_) return;
  add("pair ");
  add(first);
  add(" ");
  add(second);
  end_line();
}

void ProofLog::assume(Time end) {
  if (is_over_) return;
  add("u ");
  add(end);
  is_assumed_ = true;
  end_line();
}

void ProofLog::add(std::span<const Inference> rules) {
  for (const Inference& inference : rules) {
    switch (inference.rule) {
      case Inference::Rule::none:
        continue;
      case Inference::Rule::arc:
        add(" a");
        add(inference.number);
        break;
      case Inference::Rule::clause:
        add(" c");
        add(inference.number);
        break;
      case Inference::Rule::timetable:
        add(" t");
        add(inference.number);
        add(":");
        add(inference.from);
        break;
      case Inference::Rule::energy:
        add(" e");
        add(inference.number);
        add(":");
        add(inference.from);
        add(":");
        add(inference.to);
        break;
    }
  }
}

void ProofLog::deduce(std::span<const Inference> rules) {
  if (is_over_) return;
  add("r");
  add(rules);
  end_line();
}

std::uint32_t ProofLog::learn(std::span<const Atom> clause, std::span<const Inference> rules) {
  if (is_over_) return 0;
  add("l");
  for (const Atom atom : clause) {
    const bool is_least = (atom.view & 1) == 0;
    add(" ");
    add(atom.view / 2);
    add(is_least ? ">=" : "<=");
    add(is_least ? atom.value : -std::int64_t{atom.value});
  }
  add(" :");
  add(rules);
  end_line();
  return ++num_clauses_;
}

void ProofLog::forget(std::uint32_t clause) {
  if (is_over_) return;
  add("d ");
  add(clause);
  end_line();
}

void ProofLog::end(Time bound, bool is_infeasible) {
  if (!is_begun_ || is_over_) return;
  bound_ = bound;
  is_infeasible_ = is_infeasible;
  write_end();
}

void ProofLog::write_end() {
  is_over_ = true;
  if (is_infeasible_) {
    add("q infeasible\n");
  } else {
    add("q ");
    add(bound_);
    add("\n");
  }
  flush();
}

}  // namespace diaodu::solve
