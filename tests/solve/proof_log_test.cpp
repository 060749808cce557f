#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "diaodu/check/proof.h"
#include "diaodu/solve/kernel.h"
#include "solve/random_problem.h"
#include "support/property.h"

namespace diaodu::solve {
namespace {

struct Logged {
  std::string text;
  Problem::Time bound = 0;
  bool is_infeasible = false;
};

/// What the kernel proves of the problem, and its log.
Logged proven(const Problem& problem) {
  Logged logged;
  ProofLog log([&logged](std::string_view piece) { logged.text += piece; });
  log.begin(problem, nullptr);
  Kernel kernel(problem, 1, 1, &log);
  for (int round = 0; round < 200 && !kernel.is_done(); ++round) kernel.run({.steps = 2000});
  RC_ASSERT(kernel.is_done());
  kernel.end_log();
  logged.bound = kernel.bound();
  logged.is_infeasible = kernel.is_infeasible();
  return logged;
}

struct Judged {
  check::ProofVerdict verdict;
  std::string findings;
};

Judged judged(const std::string& text) {
  std::istringstream in(text);
  Findings findings;
  Judged judged{check::check_proof(in, "log", findings), {}};
  for (const Finding& finding : findings.kept())
    judged.findings += to_string(finding, Language::english) + "\n";
  return judged;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

void every_log_is_a_proof(const ProblemIngredients& with, int cases) {
  int num_learnt = 0;
  int num_infeasible = 0;
  holds(cases, [&] {
    const Problem problem = random_problem(with);
    RC_LOG(drawing(problem));
    const Logged log = proven(problem);
    const Judged found = judged(log.text);
    if (!found.verdict.holds) RC_FAIL(log.text + found.findings);
    RC_ASSERT(found.verdict.is_infeasible == log.is_infeasible);
    if (!log.is_infeasible) RC_ASSERT(found.verdict.bound == log.bound);
    num_learnt += found.verdict.num_clauses > 0 ? 1 : 0;
    num_infeasible += log.is_infeasible ? 1 : 0;
  });
  EXPECT_GT(num_learnt, cases / 20);
  if (with.has_max_lags) {
    EXPECT_GT(num_infeasible, cases / 100);
  }
}

TEST(ProofLog, with_links_alone_every_log_is_a_proof) {
  every_log_is_a_proof(
      {.most_tasks = 9, .has_max_lags = false, .has_limits = false, .has_blocks = false}, 10'000);
}

TEST(ProofLog, with_blocked_capacity_every_log_is_a_proof) {
  every_log_is_a_proof({.most_tasks = 9, .has_max_lags = false, .has_limits = false}, 10'000);
}

TEST(ProofLog, with_largest_lags_and_latest_starts_every_log_is_a_proof) {
  every_log_is_a_proof({.most_tasks = 9}, 10'000);
}

/// Where the steps begin: the lines before are the problem.
std::size_t first_step(const std::vector<std::string>& lines) {
  std::size_t at = 0;
  while (lines[at].find(' ') != 1) ++at;  // all steps have names of one letter
  return at;
}

/// Claims nothing that is false of the problem that it was proven of.
void expect_true(const check::ProofVerdict& verdict, const Logged& truth) {
  if (!verdict.holds) return;
  if (verdict.is_infeasible) RC_ASSERT(truth.is_infeasible);
  if (!truth.is_infeasible) RC_ASSERT(verdict.bound <= truth.bound);
}

TEST(ProofLog, a_log_that_claims_one_more_is_rejected) {
  holds(10'000, [] {
    const Problem problem = random_problem({.most_tasks = 7});
    const Logged log = proven(problem);
    if (log.is_infeasible) return;
    std::vector<std::string> lines = lines_of(log.text);
    RC_ASSERT(lines.back() == "q " + std::to_string(log.bound));
    lines.back() = "q " + std::to_string(log.bound + 1);
    RC_ASSERT(!judged(joined(lines)).verdict.holds);
    lines.back() = "q infeasible";
    RC_ASSERT(!judged(joined(lines)).verdict.holds);
    lines.pop_back();
    RC_ASSERT(!judged(joined(lines)).verdict.holds);
  });
}

TEST(ProofLog, whatever_is_changed_in_the_steps_nothing_false_is_proven) {
  int num_rejected = 0;
  holds(20'000, [&] {
    const Problem problem = random_problem({.most_tasks = 8});
    const Logged log = proven(problem);
    std::vector<std::string> lines = lines_of(log.text);
    const auto begin = static_cast<int>(first_step(lines));
    const auto at = static_cast<std::size_t>(number(begin, static_cast<int>(lines.size())));
    switch (number(0, 4)) {
      case 0:
        lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(at));
        break;
      case 1: {  // one word less: a rule that was needed, an atom
        const auto words = lines[at].rfind(
            ' ', lines[at].size() -
                     static_cast<std::size_t>(number(0, static_cast<int>(lines[at].size()))));
        if (words == std::string::npos) return;
        const auto end = std::min(lines[at].find(' ', words + 1), lines[at].size());
        lines[at].erase(words, end - words);
        break;
      }
      default: {  // another digit
        const auto from = static_cast<std::size_t>(number(0, static_cast<int>(lines[at].size())));
        const auto digit = lines[at].find_first_of("0123456789", from);
        if (digit == std::string::npos) return;
        lines[at][digit] = static_cast<char>('0' + number(0, 10));
      }
    }
    // The end of what the kernel proved is the truth; the changed log may claim more.
    if (number(0, 2) == 0) lines.back() = "q " + std::to_string(log.bound + 1);
    const Judged found = judged(joined(lines));
    RC_LOG(log.text + "---\n" + joined(lines));
    expect_true(found.verdict, log);
    num_rejected += found.verdict.holds ? 0 : 1;
  });
  EXPECT_GT(num_rejected, 10'000);
}

TEST(ProofLog, the_steps_for_one_problem_prove_nothing_false_of_another) {
  int num_rejected = 0;
  holds(10'000, [&] {
    Problem problem = random_problem({.most_tasks = 8});
    const std::vector<std::string> steps = lines_of(proven(problem).text);
    const auto task = static_cast<std::size_t>(number(0, static_cast<int>(problem.size())));
    switch (number(0, 4)) {
      case 0:
        problem.capacity[0] += 1;
        break;
      case 1:
        problem.duration[task] = std::max(0, problem.duration[task] - 1);
        break;
      case 2:
        problem.earliest[task] = std::max(0, problem.earliest[task] - 1);
        break;
      default:
        for (auto& arc : problem.precedences) arc.gap -= arc.gap > 0 ? 1 : 0;
    }
    const Logged truth = proven(problem);
    std::vector<std::string> lines = lines_of(truth.text);
    lines.resize(first_step(lines));
    // Pairs are part of the steps: what is no pair any more is refused.
    lines.erase(std::find_if(lines.begin(), lines.end(),
                             [](const std::string& line) { return line.starts_with("pair"); }),
                lines.end());
    const auto pairs = std::find_if(steps.begin(), steps.end(), [](const std::string& line) {
      return line.starts_with("pair") || line.starts_with("u ");
    });
    lines.insert(lines.end(), pairs, steps.end());
    const Judged found = judged(joined(lines));
    RC_LOG(joined(lines));
    expect_true(found.verdict, truth);
    num_rejected += found.verdict.holds ? 0 : 1;
  });
  EXPECT_GT(num_rejected, 2'000);
}

TEST(ProofLog, a_log_that_would_grow_too_long_ends_with_what_it_has_proven) {
  int num_cut = 0;
  holds(300, [&] {
    const Problem problem = random_problem({.most_tasks = 20, .has_max_lags = false});
    std::string text;
    ProofLog log([&text](std::string_view piece) { text += piece; }, 400);
    log.begin(problem, nullptr);
    Kernel kernel(problem, 1, 1, &log);
    for (int round = 0; round < 20 && !kernel.is_done(); ++round) kernel.run({.steps = 2000});
    kernel.end_log();
    num_cut += log.is_cut() ? 1 : 0;
    const Judged found = judged(text);
    if (!found.verdict.holds) RC_FAIL(found.findings);
    RC_ASSERT(found.verdict.bound == log.bound());
    RC_ASSERT(found.verdict.bound <= kernel.bound());
  });
  EXPECT_GT(num_cut, 20);
}

TEST(ProofLog, the_prover_does_the_same_whether_it_is_logged_or_not) {
  holds(500, [] {
    const Problem problem = random_problem({.most_tasks = 12});
    Prover silent(problem, horizon_of(problem), Prover::Aim::lowest_end);
    ProofLog log([](std::string_view) {});
    log.begin(problem, nullptr);
    Prover logged(problem, horizon_of(problem), Prover::Aim::lowest_end, RandomStream{1}, &log);
    for (Prover* prover : {&silent, &logged}) prover->run(5000, [] { return false; });
    RC_ASSERT(silent.bound() == logged.bound());
    RC_ASSERT(silent.steps() == logged.steps());
    RC_ASSERT(silent.conflicts() == logged.conflicts());
    RC_ASSERT(silent.starts() == logged.starts());
  });
}

}  // namespace
}  // namespace diaodu::solve
