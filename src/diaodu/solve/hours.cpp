#include "diaodu/solve/hours.h"

#include <algorithm>
#include <cassert>

namespace diaodu::solve {

using Time = Hours::Time;

Hours::Hours(const std::vector<Rest>& rests) {
  Time rested = 0;
  for (const Rest& rest : rests) {
    assert(rest.from >= 0 && rest.from < rest.to && (to_.empty() || rest.from > to_.back()));
    from_.push_back(rest.from);
    to_.push_back(rest.to);
    work_.push_back(rest.from - rested);
    rested += rest.to - rest.from;
  }
}

Hours Hours::both(const Hours& a, const Hours& b) {
  std::vector<Rest> all;
  for (const Hours* hours : {&a, &b}) {
    for (std::size_t i = 0; i < hours->from_.size(); ++i)
      all.push_back({hours->from_[i], hours->to_[i]});
  }
  std::sort(all.begin(), all.end(), [](const Rest& x, const Rest& y) { return x.from < y.from; });
  std::vector<Rest> rests;
  for (const Rest& rest : all) {
    if (!rests.empty() && rest.from <= rests.back().to) {
      rests.back().to = std::max(rests.back().to, rest.to);
    } else {
      rests.push_back(rest);
    }
  }
  return Hours(rests);
}

Time Hours::work(Time time) const {
  const auto next = std::upper_bound(from_.begin(), from_.end(), time);
  if (next == from_.begin()) return time;
  const auto rest = static_cast<std::size_t>(next - from_.begin()) - 1;
  return work_[rest] + std::max(0, time - to_[rest]);
}

Time Hours::first(Time work) const {
  const auto next = std::lower_bound(work_.begin(), work_.end(), work);
  if (next == work_.begin()) return work;
  const auto rest = static_cast<std::size_t>(next - work_.begin()) - 1;
  return to_[rest] + (work - work_[rest]);
}

Time Hours::last(Time work) const {
  const auto next = std::upper_bound(work_.begin(), work_.end(), work);
  if (next == work_.begin()) return work;
  const auto rest = static_cast<std::size_t>(next - work_.begin()) - 1;
  return to_[rest] + (work - work_[rest]);
}

Time Hours::longest_without(const Hours& others) const {
  Time longest = 0;
  for (std::size_t rest = 0; rest < others.from_.size(); ++rest)
    longest = std::max(longest, work(others.to_[rest]) - work(others.from_[rest]));
  return longest;
}

std::map<std::uint64_t, std::vector<Hours::Rest>> lines_of(std::span<const Hours* const> users,
                                                           Time horizon) {
  std::vector<Time> changes = {0, horizon};
  for (const Hours* user : users) {
    changes.insert(changes.end(), user->rest_begins().begin(), user->rest_begins().end());
    changes.insert(changes.end(), user->rest_ends().begin(), user->rest_ends().end());
  }
  std::sort(changes.begin(), changes.end());
  changes.erase(std::unique(changes.begin(), changes.end()), changes.end());
  std::map<std::uint64_t, std::vector<Hours::Rest>> rests;
  std::map<std::uint64_t, Time> end;  // of what each set has worked last
  for (std::size_t i = 0; i + 1 < changes.size() && changes[i] < horizon; ++i) {
    std::uint64_t set = 0;
    for (std::size_t user = 0; user < users.size(); ++user) {
      const bool works = users[user]->work(changes[i] + 1) > users[user]->work(changes[i]);
      if (works) set |= std::uint64_t{1} << user;
    }
    if (set == 0) continue;
    Time& until = end[set];
    auto& of_set = rests[set];
    if (until < changes[i]) of_set.push_back({until, changes[i]});
    until = changes[i + 1];
  }
  for (auto& [set, of_set] : rests) {
    if (end[set] < horizon) of_set.push_back({end[set], horizon});
  }
  return rests;
}

Time Passage::operator()(Time start) const {
  Time at = leaves_rested ? tail->last(start + done) : tail->first(start + done);
  switch (lag) {
    case Lag::none:
      break;
    case Lag::to_first:
      at = lag_hours->first(lag_hours->work(at) + lag_work);
      break;
    case Lag::to_last:
      at = lag_hours->last(lag_hours->work(at) + lag_work);
      break;
  }
  return (is_exact ? head->work(at - 1) + 1 : head->work(at)) - ahead;
}

/// Back through the same stages.  With integers:
///   W(t) >= w         is  t >= first(w)
///   first(w) >= t     is  w >= W(t - 1) + 1
///   last(w) >= t      is  w >= W(t)
Time Passage::least_start(Time bound) const {
  const Time work = bound + ahead;
  Time at = is_exact ? head->first(work - 1) + 1 : head->first(work);
  switch (lag) {
    case Lag::none:
      break;
    case Lag::to_first:
      at = lag_hours->first(lag_hours->work(at - 1) + 1 - lag_work);
      break;
    case Lag::to_last:
      at = lag_hours->first(lag_hours->work(at) - lag_work);
      break;
  }
  return (leaves_rested ? tail->work(at) : tail->work(at - 1) + 1) - done;
}

}  // namespace diaodu::solve
