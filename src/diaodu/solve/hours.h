#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace diaodu::solve {

/// A calendar in whole numbers, as a table.  Let W(t) be the number of working units of time before t:
///
///   work(t)  = W(t)
///   first(w) = the first t with W(t) = w       (where so much work is just done)
///   last(w)  = the last  t with W(t) = w       (where the next work begins)
///
/// so that  last(w) <= t  is  w <= W(t)  where t is worked,  and  first(w) > t  is  w > W(t)  anywhere.
/// Before 0 and after the last rest every unit is worked: what lies there is of no interest, and so all three
/// have an answer for every number.  Each costs O(log n) of the number of rests.
class Hours {
 public:
  using Time = std::int32_t;
  /// Nobody works in `[from, to)`.
  struct Rest {
    Time from;
    Time to;
  };

  /// Around the clock.
  Hours() = default;
  /// `rests`: ascending, apart, none empty, none before 0.
  explicit Hours(const std::vector<Rest>& rests);

  /// When both work.
  static Hours both(const Hours& a, const Hours& b);

  bool is_always() const { return from_.empty(); }
  Time work(Time time) const;
  Time first(Time work) const;
  Time last(Time work) const;
  /// Where work may begin or end.
  const std::vector<Time>& rest_begins() const { return from_; }
  const std::vector<Time>& rest_ends() const { return to_; }
  /// The most that these hours work without a unit that the `others` work, too: more work than that meets them.
  Time longest_without(const Hours& others) const;

 private:
  std::vector<Time> from_;  // of each rest
  std::vector<Time> to_;
  std::vector<Time> work_;  // W there
};

/// For each set of users (bit i: user i) that are ever at work at once before `horizon`, the rests of a line of
/// time that runs only while just these work.  No more than 64 users.
std::map<std::uint64_t, std::vector<Hours::Rest>> lines_of(std::span<const Hours* const> users,
                                                           Hours::Time horizon);

/// How one task holds back another where their hours differ, in units of their own work:
///
///   start[to] >= f(start[from]),   f monotone:
///   an instant at the tail; a lag on hours of its own; at the head, the work that must lie before it
///
/// Hours must outlive it.
struct Passage {
  using Time = Hours::Time;
  enum class Lag : std::uint8_t { none, to_first, to_last };

  const Hours* tail = nullptr;
  Time done = 0;  ///< at the tail: the instant where so much more than its start is done;
  bool leaves_rested = false;  ///< or, after any rest, where more begins
  Lag lag = Lag::none;
  const Hours* lag_hours = nullptr;
  Time lag_work = 0;
  const Hours* head = nullptr;
  Time ahead = 0;         ///< units of the head's work that may lie before the instant
  bool is_exact = false;  ///< the head's finish has to reach the instant itself, not only its work

  /// f(start).
  Time operator()(Time start) const;
  /// The least `start` with f(start) >= `bound`: f's generalised inverse, which explains the bound.
  Time least_start(Time bound) const;
};

}  // namespace diaodu::solve
