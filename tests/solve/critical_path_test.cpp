#include "diaodu/solve/critical_path.h"

#include <gtest/gtest.h>

#include "support/tables.h"

namespace diaodu::solve {
namespace {

using Tables = std::vector<TableText>;

/// A plan's critical path, asked by the ids of tasks.
class Paths {
 public:
  explicit Paths(const Tables& tables, std::string_view toml = kMonday)
      : read_(read_tables(tables, toml)),
        times_(read_.plan),
        states_(read_.plan, times_),
        network_(make_network(read_.plan, times_, states_)) {
    EXPECT_FALSE(read_.findings.has_errors())
        << to_string(read_.findings.kept().front(), Language::english);
    ForwardPass forward = forward_pass(network_);
    EXPECT_FALSE(forward.circle);
    path_ = std::move(forward.path);
    backward_pass(network_, path_);
    place_as_late_as_possible(network_, path_);
  }

  /// `08-01 08:00 ... 08-02 17:00`
  std::string early(std::string_view id) const {
    return show(path_.earliest_start[node(id)]) + " ... " + show(path_.earliest_finish[node(id)]);
  }
  std::string late(std::string_view id) const {
    return show(path_.latest_start[node(id)]) + " ... " + show(path_.latest_finish[node(id)]);
  }
  std::int64_t total(std::string_view id) const {
    return total_float(network_, path_, node(id)).count();
  }
  std::int64_t free(std::string_view id) const {
    return free_float(network_, path_, node(id)).count();
  }
  std::string finish() const { return show(path_.finish); }
  Driver driver(std::string_view id) const { return path_.driver[node(id)]; }
  std::string longest() const {
    const std::vector<char> is_on = longest_path(network_, path_);
    std::string ids;
    for (TaskId task : read_.plan.tasks.ids()) {
      const Node at = network_.node_of[task];
      if (at != kNoNode && is_on[at] != 0) ids += read_.plan.tasks[task].id.str();
    }
    return ids;
  }

 private:
  Node node(std::string_view id) const { return network_.node_of[task_of(read_.plan, id)]; }
  std::string show(Instant instant) const {
    return to_string(read_.plan.zone.to_local(instant)).substr(5);
  }

  formats::ReadPlan read_;
  WorkingTimes times_;
  TaskStates states_;
  Network network_;
  CriticalPath path_;
};

constexpr std::int64_t kDay = 480;

TEST(CriticalPathDates, a_diamond_waits_for_its_longer_side) {
  //  A(1d) --> B(3d) --> D(1d)        Mon A, Tue-Thu B, Fri D;
  //     \----> C(1d) ----/            C may be done Tue, Wed or Thu.
  const Paths paths(
      Tables{{"tasks", "id,duration,predecessors\nA,1d,\nB,3d,A\nC,1d,A\nD,1d,B;C\n"}});
  EXPECT_EQ(paths.early("D"), "08-05 08:00 ... 08-05 17:00");
  EXPECT_EQ(paths.early("C"), "08-02 08:00 ... 08-02 17:00");
  EXPECT_EQ(paths.late("C"), "08-04 08:00 ... 08-04 17:00");
  EXPECT_EQ(paths.total("C"), 2 * kDay);
  EXPECT_EQ(paths.free("C"), 2 * kDay);
  EXPECT_EQ(paths.total("B"), 0);
  EXPECT_EQ(paths.longest(), "ABD");
  EXPECT_EQ(paths.finish(), "08-05 17:00");
}

TEST(CriticalPathDates, a_chain_beside_the_critical_one_shares_its_total_float) {
  //  A(1d) --> B(1d) --> D     beside     C(5d) --> D
  const Paths paths(
      Tables{{"tasks", "id,duration,predecessors\nA,1d,\nB,1d,A\nC,5d,\nD,0d,B;C\n"}});
  EXPECT_EQ(paths.total("A"), 3 * kDay);
  EXPECT_EQ(paths.total("B"), 3 * kDay);
  EXPECT_EQ(paths.free("A"), 0);  // it would push B
  EXPECT_EQ(paths.free("B"), 3 * kDay);
}

TEST(CriticalPathDates, an_earlier_must_finish_makes_float_negative) {
  const Paths paths(Tables{{"tasks", "id,duration,predecessors\nA,2d,\nB,2d,A\n"}},
                    "[plan]\nstart = 2022-08-01\nmust_finish = 2022-08-03\n");
  EXPECT_EQ(paths.total("A"), -kDay);
  EXPECT_EQ(paths.total("B"), -kDay);
  EXPECT_EQ(paths.late("B"), "08-02 08:00 ... 08-03 17:00");
}

TEST(CriticalPathDates, float_can_be_measured_at_either_end) {
  for (const char* rule : {"start", "finish", "smaller"}) {
    const Paths paths(
        Tables{{"tasks", "id,duration\nA,1d\nB,3d\n"}},
        "[plan]\nstart = 2022-08-01\n[options]\ntotal_float = '" + std::string(rule) + "'\n");
    EXPECT_EQ(paths.total("A"), 2 * kDay) << rule;
  }
}

TEST(CriticalPathDates, a_finish_bound_outside_working_hours_does_not_make_float_negative) {
  //  A on the clock   13 =========== 20
  //                               FF |
  //  B by day         13 ==== 17      '-> 17:00 is as good as 20:00: nobody works in between.
  const Paths paths(Tables{{"tasks", "id,duration,calendar\nA,7h,24h\nB,4h,\n"},
                           {"links", "from,to,type\nA,B,FF\n"}},
                    "[plan]\nstart = 2022-08-01T13:00:00\n");
  EXPECT_EQ(paths.early("B"), "08-01 13:00 ... 08-01 17:00");
  EXPECT_EQ(paths.early("A"), "08-01 13:00 ... 08-01 20:00");
  EXPECT_EQ(paths.total("A"), 0);
  EXPECT_EQ(paths.total("B"), 0);
  EXPECT_EQ(paths.free("A"), 12 * 60);  // until B opens on Tuesday at 08:00
}

TEST(CriticalPathDates, a_start_milestone_belongs_to_the_morning_and_a_finish_to_the_evening) {
  const Paths paths(
      Tables{{"tasks",
              "id,duration,kind,predecessors\nA,1d,,\nM,,milestone,A\nS,,start_milestone,A\n"
              "T,,start_milestone,AFF\n"}});
  EXPECT_EQ(paths.early("M"), "08-01 17:00 ... 08-01 17:00");
  EXPECT_EQ(paths.early("S"), "08-02 08:00 ... 08-02 08:00");
  EXPECT_EQ(paths.early("T"), "08-02 08:00 ... 08-02 08:00");
}

TEST(CriticalPathDates, as_late_as_possible_means_without_pushing_a_successor) {
  const Paths paths(Tables{{"tasks",
                            "id,duration,constraint,predecessors\nA,4d,,\n"
                            "B,1d,as_late_as_possible,\nC,1d,as_late_as_possible,B\nD,1d,,A;C\n"}});
  EXPECT_EQ(paths.early("C"), "08-04 08:00 ... 08-04 17:00");
  EXPECT_EQ(paths.early("B"), "08-03 08:00 ... 08-03 17:00");
  EXPECT_EQ(paths.driver("B"), kAsLateAsPossible);
}

TEST(CriticalPathDates, a_summary_passes_links_on_to_and_from_its_children) {
  //  A(1d) --> [ S: B(1d), C(2d) ] --> D(1d)
  const Paths paths(Tables{{"tasks", "id,duration,parent\nA,1d,\nS,,\nB,1d,S\nC,2d,S\nD,1d,\n"},
                           {"links", "from,to\nA,S\nS,D\n"}});
  EXPECT_EQ(paths.early("B"), "08-02 08:00 ... 08-02 17:00");
  EXPECT_EQ(paths.early("D"), "08-04 08:00 ... 08-04 17:00");
  EXPECT_EQ(paths.total("B"), kDay);
  EXPECT_EQ(paths.longest(), "ASCD");
}

TEST(CriticalPathDates, what_remains_of_a_started_task_obeys_the_plans_rule) {
  //  A(2d) --> B(2d); B has begun on Monday, out of order, and has one day left.  Data date: Wed.
  const auto with = [](std::string_view rule) {
    return Paths(Tables{{"tasks", "id,duration,predecessors\nA,2d,\nB,2d,A\n"},
                        {"progress", "task,actual_start,remaining\nB,2022-08-01,1d\n"}},
                 "[plan]\nstart = 2022-08-01\ndata_date = 2022-08-03\n[options]\nprogress = '" +
                     std::string(rule) + "'\n");
  };
  EXPECT_EQ(with("retained_logic").early("A"), "08-03 08:00 ... 08-04 17:00");
  EXPECT_EQ(with("retained_logic").early("B"), "08-05 08:00 ... 08-05 17:00");
  EXPECT_EQ(with("progress_override").early("B"), "08-03 08:00 ... 08-03 17:00");
  EXPECT_EQ(with("actual_dates").early("B"), "08-03 08:00 ... 08-03 17:00");
  // A is late against B's actual start, or not, or bound by nothing but the end.
  EXPECT_EQ(with("retained_logic").total("A"), 0);
  EXPECT_EQ(with("progress_override").total("A"), 0);
  EXPECT_EQ(with("actual_dates").late("A"), "07-28 08:00 ... 07-29 17:00");
}

TEST(CriticalPathDates, what_is_done_speaks_with_its_actual_dates) {
  const Paths paths(
      Tables{{"tasks", "id,duration,predecessors\nA,2d,\nB,1d,AFS+1d\nC,1d,ASS+3d\n"},
             {"progress", "task,actual_start,actual_finish\nA,2022-08-01,2022-08-03\n"},
             {"plan", "key,value\ndata_date,2022-08-04\n"}});
  EXPECT_EQ(paths.early("B"), "08-05 08:00 ... 08-05 17:00");  // a day after Wednesday evening
  EXPECT_EQ(paths.early("C"), "08-04 08:00 ... 08-04 17:00");  // three days after Monday morning
  EXPECT_EQ(paths.late("A"), "08-01 08:00 ... 08-03 17:00");
  EXPECT_EQ(paths.driver("A"), kByRecord);
}

TEST(CriticalPathDates, dates_of_its_own_hold_a_task_and_say_so) {
  const Paths paths(
      Tables{{"tasks",
              "id,duration,constraint,date\nA,1d,start_on_or_after,2022-08-03\n"
              "B,1d,finish_on_or_after,2022-08-04\nC,1d,mandatory_finish,2022-08-02 12:00\n"
              "D,0d,mandatory_start,2022-08-02 12:30\nE,1d,,\n"}});
  EXPECT_EQ(paths.early("A"), "08-03 08:00 ... 08-03 17:00");
  EXPECT_EQ(paths.early("B"), "08-04 08:00 ... 08-04 17:00");
  EXPECT_EQ(paths.early("C"), "08-01 13:00 ... 08-02 12:00");
  EXPECT_EQ(paths.early("D"), "08-02 12:30 ... 08-02 12:30");
  EXPECT_EQ(paths.driver("A"), kByStartFrom);
  EXPECT_EQ(paths.driver("B"), kByFinishFrom);
  EXPECT_EQ(paths.driver("C"), kByPin);
  EXPECT_EQ(paths.driver("E"), kByPlanStart);
  EXPECT_EQ(paths.total("C"), 0);  // pinned: its late dates are its early ones
}

TEST(CriticalPathDates, a_circle_is_told_by_its_arcs) {
  const auto read = read_tables({{"tasks", "id,duration\nA,1d\nB,1d\nC,1d\n"},
                                 {"links", "from,to,type,lag\nA,B,FS,\nB,C,SS,1d\nC,A,FF,\n"}});
  const WorkingTimes times(read.plan);
  const TaskStates states(read.plan, times);
  const Network network = make_network(read.plan, times, states);
  const auto circle = forward_pass(network).circle;
  ASSERT_TRUE(circle);
  ASSERT_EQ(circle->arcs.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(network.arcs[circle->arcs[i]].to, network.arcs[circle->arcs[(i + 1) % 3]].from);
  }
}

}  // namespace
}  // namespace diaodu::solve
