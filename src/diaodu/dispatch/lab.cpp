#include "diaodu/dispatch/lab.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <deque>
#include <limits>
#include <queue>

#include "diaodu/core/random.h"
#include "diaodu/dispatch/lab_turnaround.h"

namespace diaodu::dispatch {

namespace {

constexpr Minutes kNever = std::numeric_limits<Minutes>::infinity();

Minutes exponential(RandomStream& random, Minutes mean) {
  return -mean * std::log(1 - random.unit());
}

/// How many of `count` come out true, each with `chance`.
std::int64_t binomial(RandomStream& random, std::int64_t count, double chance) {
  if (chance <= 0) return 0;
  if (chance >= 1) return count;
  // From one success to the next by a geometric leap: as many draws as successes.
  const double log_failure = std::log1p(-chance);
  std::int64_t successes = 0;
  for (double at = 0;; ++successes) {
    at += std::floor(std::log(1 - random.unit()) / log_failure) + 1;
    if (at > static_cast<double>(count)) return successes;
  }
}

/// How many of a pool of `count` are infected, given that it is positive.
std::int64_t infected_of_positive(RandomStream& random, std::int64_t count, double prevalence) {
  if (prevalence >= 1) return count;
  const double log_healthy = std::log1p(-prevalence);
  const double chance = -std::expm1(log_healthy * static_cast<double>(count));
  // The first infected by a geometric law cut at the pool's end, the others as they come.
  const double first = std::floor(std::log(1 - random.unit() * chance) / log_healthy);
  const auto left =
      std::clamp<std::int64_t>(count - 1 - static_cast<std::int64_t>(first), 0, count - 1);
  return 1 + binomial(random, left, prevalence);
}

/// Tubes that have come together so far.
struct Lot {
  Minutes first_arrival = 0;  ///< of the first tube of these people
  Minutes arrival = 0;        ///< of these tubes
  Minutes queued = 0;         ///< at this stage
  std::int64_t tubes = 0;
  std::int64_t people_per_tube = 1;
  double prevalence = 0;
  bool is_retest = false;
  std::size_t source = 0;  ///< which of the arrivals
};

struct Event {
  enum class Kind : std::uint8_t { batch_ends, machine_repaired, retest_arrives, look };
  Minutes at = 0;
  std::int64_t order = 0;  ///< of two at the same instant, the one noted first is first
  Kind kind = Kind::look;
  std::size_t stage = 0;
  std::size_t index = 0;  ///< of the batch, or the retest

  bool operator>(const Event& other) const {
    return at != other.at ? at > other.at : order > other.order;
  }
};

struct Batch {
  std::vector<Lot> lots;
  Minutes start = 0;
  bool fails = false;
};

struct Stage {
  std::deque<Lot> first;  ///< retests, where they come first
  std::deque<Lot> waiting;
  std::int64_t tubes = 0;    ///< in both
  std::int64_t running = 0;  ///< machines
  std::int64_t broken = 0;
  Minutes next_look = kNever;
  Minutes busy = 0;
  Minutes waited = 0;
  std::int64_t waiting_tubes = 0;
};

class Simulation {
 public:
  Simulation(const Lab& lab, std::span<const TubeArrival> arrivals, std::uint64_t seed)
      : lab_(lab), arrivals_(arrivals), random_(seed), stages_(lab.stages.size()) {
    outcome_.stages.resize(lab.stages.size());
  }

  LabOutcome run() {
    const Minutes begin = arrivals_.empty() ? 0 : arrivals_.front().at;
    now_ = begin;
    next_point_ = begin;
    for (const LabShift& shift : lab_.shifts)
      for (std::size_t stage = 0; stage < stages_.size(); ++stage) look_at(stage, shift.from);
    std::size_t next = 0;
    while (next < arrivals_.size() || !events_.empty()) {
      // Nobody waits for a shift that comes when all is done.
      if (next == arrivals_.size() && events_.top().kind == Event::Kind::look && in_lab_ == 0 &&
          expected_ == 0) {
        events_.pop();
        continue;
      }
      const Minutes arrival = next < arrivals_.size() ? arrivals_[next].at : kNever;
      go_to(events_.empty() ? arrival : std::min(arrival, events_.top().at));
      // What comes at one instant goes into batches together, from wherever it comes.
      for (; next < arrivals_.size() && arrivals_[next].at <= now_; ++next) arrive(next);
      while (!events_.empty() && events_.top().at <= now_) {
        const Event event = events_.top();
        events_.pop();
        handle(event);
      }
      for (std::size_t stage = 0; stage < stages_.size(); ++stage) start_batches(stage);
    }
    finish(begin);
    return std::move(outcome_);
  }

 private:
  void go_to(Minutes at) {
    if (lab_.curve_step > 0) {
      for (; next_point_ < at; next_point_ += lab_.curve_step)
        outcome_.curve.push_back({.at = next_point_, .tubes = in_lab_, .people = people_waiting_});
    }
    tube_minutes_ += static_cast<double>(in_lab_) * (at - now_);
    now_ = at;
  }

  void arrive(std::size_t source) {
    ++outcome_.events;
    const TubeArrival& arrival = arrivals_[source];
    if (arrival.tubes <= 0) return;
    const std::int64_t people = arrival.tubes * arrival.people_per_tube;
    outcome_.tubes_received += arrival.tubes;
    outcome_.people_sampled += people;
    people_waiting_ += people;
    enter({.first_arrival = now_,
           .arrival = now_,
           .tubes = arrival.tubes,
           .people_per_tube = arrival.people_per_tube,
           .prevalence = arrival.prevalence,
           .source = source});
  }

  void enter(const Lot& lot) {
    in_lab_ += lot.tubes;
    outcome_.tubes_tested += lot.tubes;
    if (stages_.empty()) {
      leave(lot);
    } else {
      queue(0, lot);
    }
  }

  void queue(std::size_t number, Lot lot) {
    Stage& stage = stages_[number];
    lot.queued = now_;
    stage.tubes += lot.tubes;
    (lot.is_retest && lab_.retests_first ? stage.first : stage.waiting).push_back(lot);
  }

  /// Machines that may run now: those that people are there to start.
  std::int64_t manned(std::size_t stage) {
    const std::int64_t machines = lab_.stages[stage].machines;
    if (lab_.shifts.empty()) return machines;
    while (shift_ < lab_.shifts.size() && lab_.shifts[shift_].until <= now_) ++shift_;
    if (shift_ == lab_.shifts.size() || now_ < lab_.shifts[shift_].from) return 0;
    return std::min(machines, lab_.shifts[shift_].machines[stage]);
  }

  void look_at(std::size_t stage, Minutes at) {
    note({.at = at, .kind = Event::Kind::look, .stage = stage});
  }

  void note(Event event) {
    event.order = ++noted_;
    events_.push(event);
  }

  void start_batches(std::size_t number) {
    const LabStage& what = lab_.stages[number];
    Stage& stage = stages_[number];
    while (stage.tubes > 0) {
      if (stage.running + stage.broken >= what.machines || stage.running >= manned(number)) return;
      if (stage.tubes < what.batch && what.longest_wait > 0) {
        const Minutes first =
            std::min(stage.first.empty() ? kNever : stage.first.front().queued,
                     stage.waiting.empty() ? kNever : stage.waiting.front().queued);
        const Minutes due = first + what.longest_wait;
        if (now_ < due) {
          if (stage.next_look != due) look_at(number, due);
          stage.next_look = due;
          return;
        }
      }
      start_batch(number);
    }
  }

  void start_batch(std::size_t number) {
    const LabStage& what = lab_.stages[number];
    Stage& stage = stages_[number];
    std::size_t slot = batches_.size();
    if (free_.empty()) {
      batches_.emplace_back();
    } else {
      slot = free_.back();
      free_.pop_back();
    }
    Batch& batch = batches_[slot];
    batch.lots.clear();
    batch.start = now_;
    std::int64_t room = what.batch;
    while (room > 0 && stage.tubes > 0) {
      std::deque<Lot>& from = stage.first.empty() ? stage.waiting : stage.first;
      Lot& lot = from.front();
      const std::int64_t taken = std::min(room, lot.tubes);
      stage.waited += static_cast<double>(taken) * (now_ - lot.queued);
      if (now_ > lot.queued) stage.waiting_tubes += taken;
      batch.lots.push_back(lot);
      batch.lots.back().tubes = taken;
      room -= taken;
      stage.tubes -= taken;
      lot.tubes -= taken;
      if (lot.tubes == 0) from.pop_front();
    }
    ++stage.running;
    Minutes length = what.is_exponential ? exponential(random_, what.duration) : what.duration;
    batch.fails = false;
    if (what.between_failures > 0) {
      const Minutes until_failure = exponential(random_, what.between_failures);
      batch.fails = until_failure < length;
      length = std::min(length, until_failure);
    }
    note({.at = now_ + length, .kind = Event::Kind::batch_ends, .stage = number, .index = slot});
  }

  void handle(const Event& event) {
    ++outcome_.events;
    switch (event.kind) {
      case Event::Kind::look:
        break;
      case Event::Kind::machine_repaired:
        --stages_[event.stage].broken;
        break;
      case Event::Kind::retest_arrives: {
        Lot lot = retests_[event.index];
        free_retests_.push_back(event.index);
        lot.arrival = now_;
        expected_ -= lot.tubes;
        enter(lot);
        break;
      }
      case Event::Kind::batch_ends:
        end_batch(event.stage, event.index);
        break;
    }
  }

  void end_batch(std::size_t number, std::size_t slot) {
    Stage& stage = stages_[number];
    StageOutcome& outcome = outcome_.stages[number];
    Batch& batch = batches_[slot];
    --stage.running;
    stage.busy += now_ - batch.start;
    ++outcome.batches;
    if (batch.fails) {
      ++outcome.failures;
      ++stage.broken;
      const Minutes repair = exponential(random_, lab_.stages[number].repair);
      note({.at = now_ + repair, .kind = Event::Kind::machine_repaired, .stage = number});
      // Made again, before all that waits.
      for (std::size_t i = batch.lots.size(); i-- > 0;) {
        Lot& lot = batch.lots[i];
        lot.queued = now_;
        stage.tubes += lot.tubes;
        (lot.is_retest && lab_.retests_first ? stage.first : stage.waiting).push_front(lot);
      }
    } else {
      for (const Lot& lot : batch.lots) {
        outcome.tubes += lot.tubes;
        if (number + 1 < stages_.size()) {
          queue(number + 1, lot);
        } else {
          leave(lot);
        }
      }
    }
    free_.push_back(slot);
  }

  void leave(const Lot& lot) {
    in_lab_ -= lot.tubes;
    tube_times_.add(now_ - lot.arrival, lot.tubes);
    std::int64_t positive = 0;
    if (!lot.is_retest && lot.prevalence > 0) {
      const double chance = -std::expm1(static_cast<double>(lot.people_per_tube) *
                                        std::log1p(-std::min(lot.prevalence, 1 - 1e-12)));
      positive = binomial(random_, lot.tubes, chance);
      if (lot.people_per_tube == 1) {
        outcome_.positive_people += positive;
        positive = 0;
      }
    }
    std::int64_t settled = lot.tubes * lot.people_per_tube;
    outcome_.positive_pools += positive;
    if (positive > 0 && lab_.recall >= 0) {
      settled -= positive * lot.people_per_tube;
      call_back(lot, positive);
    }
    people_times_.add(now_ - lot.first_arrival, settled);
    people_waiting_ -= settled;
    if (lab_.notes_results && settled > 0)
      outcome_.results.push_back({.at = now_, .arrival = lot.source, .people = settled});
  }

  void call_back(const Lot& lot, std::int64_t pools) {
    for (std::int64_t i = 0; i < pools; ++i)
      outcome_.positive_people +=
          infected_of_positive(random_, lot.people_per_tube, lot.prevalence);
    Lot retest = lot;
    retest.tubes = pools * lot.people_per_tube;
    retest.people_per_tube = 1;
    retest.is_retest = true;
    std::size_t slot = retests_.size();
    if (free_retests_.empty()) {
      retests_.push_back(retest);
    } else {
      slot = free_retests_.back();
      free_retests_.pop_back();
      retests_[slot] = retest;
    }
    expected_ += retest.tubes;
    note({.at = now_ + lab_.recall, .kind = Event::Kind::retest_arrives, .index = slot});
  }

  void finish(Minutes begin) {
    outcome_.end = now_;
    outcome_.tubes_unfinished = in_lab_;
    outcome_.people_unreported = people_waiting_;
    outcome_.people_reported = outcome_.people_sampled - people_waiting_;
    double spent = tube_times_.sum();
    for (const Stage& stage : stages_) {
      for (const std::deque<Lot>* lots : {&stage.first, &stage.waiting})
        for (const Lot& lot : *lots) spent += static_cast<double>(lot.tubes) * (now_ - lot.arrival);
    }
    const Minutes span = now_ - begin;
    if (span > 0) {
      outcome_.mean_in_lab = tube_minutes_ / span;
      outcome_.little_in_lab = spent / span;
    }
    assert(std::abs(outcome_.mean_in_lab - outcome_.little_in_lab) <=
           1e-6 * (1 + outcome_.mean_in_lab));
    for (std::size_t i = 0; i < stages_.size(); ++i) {
      StageOutcome& of = outcome_.stages[i];
      const auto machines = static_cast<double>(lab_.stages[i].machines);
      if (span > 0) of.utilisation = stages_[i].busy / (span * machines);
      if (of.tubes == 0) continue;
      of.mean_wait = stages_[i].waited / static_cast<double>(of.tubes);
      of.share_waiting =
          static_cast<double>(stages_[i].waiting_tubes) / static_cast<double>(of.tubes);
    }
    outcome_.of_tubes = tube_times_.summary();
    outcome_.of_people = people_times_.summary(outcome_.people_unreported);
    if (lab_.curve_step > 0)
      outcome_.curve.push_back({.at = now_, .tubes = in_lab_, .people = people_waiting_});
  }

  const Lab& lab_;
  std::span<const TubeArrival> arrivals_;
  RandomStream random_;
  std::vector<Stage> stages_;
  std::priority_queue<Event, std::vector<Event>, std::greater<>> events_;
  std::vector<Batch> batches_;
  std::vector<std::size_t> free_;
  std::vector<Lot> retests_;
  std::vector<std::size_t> free_retests_;
  std::size_t shift_ = 0;
  std::int64_t noted_ = 0;
  Minutes now_ = 0;
  Minutes next_point_ = 0;
  std::int64_t in_lab_ = 0;
  std::int64_t expected_ = 0;  ///< tubes of retests on their way
  std::int64_t people_waiting_ = 0;
  double tube_minutes_ = 0;
  TurnaroundTally tube_times_;
  TurnaroundTally people_times_;
  LabOutcome outcome_;
};

}  // namespace

LabOutcome simulate_lab(const Lab& lab, std::span<const TubeArrival> arrivals, std::uint64_t seed) {
  return Simulation(lab, arrivals, seed).run();
}

std::vector<TubeArrival> poisson_arrivals(double per_minute, std::size_t count,
                                          std::uint64_t seed) {
  RandomStream random(seed);
  std::vector<TubeArrival> arrivals;
  arrivals.reserve(count);
  Minutes at = 0;
  for (std::size_t i = 0; i < count; ++i) {
    at += exponential(random, 1 / per_minute);
    arrivals.push_back({.at = at});
  }
  return arrivals;
}

}  // namespace diaodu::dispatch
