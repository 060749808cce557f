#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "diaodu/solve/model.h"
#include "diaodu/solve/problem.h"

namespace diaodu::solve {

struct Atom;

/// One use of a rule, as a proof log names it; `check::Replay` does the same again.
struct Inference {
  enum class Rule : std::uint8_t { none, arc, clause, timetable, energy };
  Rule rule = Rule::none;
  std::uint32_t number = 0;  ///< of the arc, the clause or the resource
  std::int32_t from = 0;     ///< the instant; or where the stretch begins
  std::int32_t to = 0;       ///< where the stretch ends
};

/// Writes what a prover did, so that somebody who does not trust it can do it again: `docs/proof_format.md`.
/// After each clause that was learnt stand the rules that lead there, in order, so that replaying a step costs
/// no search (the idea of LRAT; Cruz-Filipe, Heule, Hunt, Kaufmann & Schneider-Kamp 2017).
///
/// The log streams into `sink`, which is called with pieces of text.  At `most_bytes` it ends with what has been
/// proven until then.
class ProofLog {
 public:
  using Time = Problem::Time;
  using Sink = std::function<void(std::string_view)>;
  static constexpr std::int64_t kMostBytes = std::int64_t{1} << 30;

  explicit ProofLog(Sink sink, std::int64_t most_bytes = kMostBytes)
      : sink_(std::move(sink)), most_bytes_(most_bytes) {}

  /// The problem's numbers.  With the model, also the rows of the plan's tables that they come from.
  void begin(const Problem& problem, const Model* model);

  /// Tasks `first` and `second` exceed a capacity together; the next variable says who goes first.
  void pair(std::uint32_t first, std::uint32_t second);

  /// From now on: the end is no later.
  void assume(Time end);

  /// The bound that holds at level 0: what the log proves if it ends here.
  void reach(Time bound) {
    if (!is_over_) bound_ = bound;
  }

  /// Deductions that hold for ever, in order.
  void deduce(std::span<const Inference> rules);

  /// A learnt clause and the rules by which its opposite fails.  Its number: 1, 2, 3 ...
  std::uint32_t learn(std::span<const Atom> clause, std::span<const Inference> rules);

  void forget(std::uint32_t clause);

  /// The last line: no schedule ends before `bound`, or there is none at all.
  void end(Time bound, bool is_infeasible);

  bool is_begun() const { return is_begun_; }
  bool is_over() const { return is_over_; }
  bool is_cut() const { return is_cut_; }  ///< by `most_bytes`
  Time bound() const { return bound_; }    ///< what the log proves
  bool is_infeasible() const { return is_infeasible_; }
  std::int64_t bytes() const { return bytes_; }

 private:
  void add(std::string_view text) { buffer_ += text; }
  void add(std::int64_t number);
  void add(std::span<const Inference> rules);
  void end_line();
  void flush();
  void write_end();

  Sink sink_;
  std::int64_t most_bytes_;
  std::string buffer_;
  std::int64_t bytes_ = 0;
  std::uint32_t num_clauses_ = 0;
  Time bound_ = 0;
  bool is_begun_ = false;
  bool is_assumed_ = false;  // from then on it may end
  bool is_over_ = false;
  bool is_cut_ = false;
  bool is_infeasible_ = false;
};

}  // namespace diaodu::solve
