#include "diaodu/dispatch/field.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "diaodu/dispatch/exchange.h"
#include "diaodu/dispatch/field_labs.h"
#include "diaodu/dispatch/field_teams.h"
#include "diaodu/dispatch/field_tours.h"
#include "diaodu/dispatch/muster.h"
#include "support/findings.h"
#include "support/property.h"
#include "support/tables.h"

namespace diaodu::dispatch {
namespace {

formats::ReadPlan clean(const std::vector<TableText>& tables, std::string_view toml = kMonday) {
  auto read = read_tables(tables, toml);
  EXPECT_FALSE(read.findings.has_errors()) << words_of(read.findings);
  return read;
}

// A base, and two sites 20 and 30 minutes away, 15 minutes from each other.
constexpr std::string_view kPlaces = "id\nbase\nnear\nfar\n";
constexpr std::string_view kTravel =
    "from,to,duration\nbase,near,20min\nbase,far,30min\nnear,far,15min\n";

TEST(FieldTours, a_tour_leaves_as_late_as_its_first_visit_allows) {
  const auto read = clean({{"places", kPlaces},
                           {"travel_times", kTravel},
                           {"duties",
                            "id,start,from,until,pause,pause_from,pause_until\n"
                            "D,base,2022-08-01 08:00,2022-08-01 18:00,30min,2022-08-01 12:00,"
                            "2022-08-01 13:00\n"},
                           {"visits",
                            "id,place,windows,duration\n"
                            "N,near,2022-08-01 09:00..10:00,60min\n"
                            "F,far,2022-08-01 10:00..16:00,90min\n"}});
  const Tours tours = plan_tours(read.plan, {.steps = 200});
  ASSERT_TRUE(tours.is_legal);
  ASSERT_TRUE(tours.left_out.empty());
  const DutyTour& tour = tours.tours.front();
  // N begins at 9:00, 20 min from the base; F at 10:15 ends at 11:45; the pause begins at 12:00 at the earliest, on the way
  // home, which takes 30 min of its own: 11:45 + 30 + 30 = 12:45, and no sooner than the pause ends.
  EXPECT_EQ(tour.leaves, at(read.plan, "2022-08-01", "08:40"));
  EXPECT_EQ(tour.back, at(read.plan, "2022-08-01", "12:45"));
  EXPECT_EQ(tour.travel, Elapsed{20 + 15 + 30});
  ASSERT_EQ(tour.stops.size(), 3U);
  EXPECT_EQ(tour.stops[1].begins, at(read.plan, "2022-08-01", "10:15"));
  EXPECT_FALSE(tour.stops[2].visit);
}

TEST(FieldTours, travel_times_go_before_coordinates_and_hold_for_the_way_back) {
  // One degree of latitude is 111.19 km: × 1.3 at 60 km/h 144.6 min, rounded up.
  const auto read = clean({{"places", "id,latitude,longitude\na,10,100\nb,11,100\nc,12,100\n"},
                           {"travel_times", "from,to,duration\na,c,5h\nc,a,6h\nb,c,1h\n"},
                           {"duties", "id,start,from,until\nD,a,2022-08-01,2022-08-01\n"}});
  const TravelTimes times = travel_times(read.plan, {PlaceId{0}, PlaceId{1}, PlaceId{2}});
  EXPECT_EQ(times.between(0, 1), 145);
  EXPECT_EQ(times.between(0, 2), 300);
  EXPECT_EQ(times.between(2, 0), 360);
  EXPECT_EQ(times.between(2, 1), 60);
}

TEST(FieldTours, who_is_left_out_is_told_why_and_instead_of_whom) {
  // Eight hours for ten visits of an hour; each 20 min away and 0 from each other.
  std::string visits = "id,place,duration,priority\n";
  for (int i = 0; i < 10; ++i) {
    visits += "V" + std::to_string(i) + ",near,1h," + (i == 3 ? "5" : "2") + "\n";
  }
  const auto read =
      clean({{"places", kPlaces},
             {"travel_times", kTravel},
             {"duties", "id,start,from,until\nD,base,2022-08-01 08:00,2022-08-01 16:00\n"},
             {"visits", visits}});
  const Tours tours = plan_tours(read.plan, {.steps = 500});
  ASSERT_TRUE(tours.is_legal);
  ASSERT_EQ(tours.left_out.size(), 3U);  // seven hours are left beside the way
  for (const UnmadeVisit& unmade : tours.left_out) {
    EXPECT_NE(unmade.visit, VisitId{3});
    EXPECT_EQ(unmade.reason, LeftOut::Reason::no_room);
    EXPECT_EQ(unmade.duty, DutyId{0});
    EXPECT_EQ(unmade.instead_of.size(), 1U);
  }
}

std::string two_teams(std::string_view until) {
  std::string duties = "id,start,from,until\n";
  for (const char* id : {"D1", "D2"})
    duties += std::string(id) + ",base,2022-08-01 08:00,2022-08-01 " + std::string(until) + "\n";
  return duties;
}

TEST(FieldTours, what_people_were_told_changes_only_where_it_must) {
  std::string visits = "id,place,duration\n";
  for (int i = 0; i < 8; ++i)
    visits += "V" + std::to_string(i) + (i % 2 == 0 ? ",near,30min\n" : ",far,30min\n");
  const auto before = clean({{"places", kPlaces},
                             {"travel_times", kTravel},
                             {"duties", two_teams("18:00")},
                             {"visits", visits}});
  const FieldAnswer told = plan_field(before.plan, {.steps = 500});
  // Nothing new: nobody is told anything.
  const FieldAnswer same =
      plan_field(before.plan, {.steps = 500, .before = &before.plan, .published = &told});
  ASSERT_TRUE(same.tours->is_published);
  EXPECT_TRUE(same.tours->changes.empty());
  // One more visit: the others stay with who makes them.
  const auto more = clean({{"places", kPlaces},
                           {"travel_times", kTravel},
                           {"duties", two_teams("18:00")},
                           {"visits", visits + "new,far,30min\n"}});
  const FieldAnswer now =
      plan_field(more.plan, {.steps = 500, .before = &before.plan, .published = &told});
  EXPECT_TRUE(now.tours->is_legal);
  EXPECT_TRUE(now.tours->left_out.empty());
  EXPECT_EQ(now.tours->cost[TourCriterion::change], 0);
  // Nor does the other team, which has not got the new visit, hear of another hour.
  DutyId busier;
  for (const VisitChange& change : now.tours->changes) {
    EXPECT_TRUE(!change.before || change.before == change.now);
    if (!change.before) busier = change.now;
  }
  for (const VisitChange& change : now.tours->changes) EXPECT_EQ(change.now, busier);
}

TEST(FieldTeams, teams_of_a_place_are_filled_with_those_who_are_there_after_the_muster) {
  const auto read = clean(
      {{"places", "id\ncity\ncounty\n"},
       {"groups", "id,place,role,count\ng,city,sampler,6\nh,city,leader,2\n"},
       {"people", "id,place,role,local\nL1,county,guide,yes\nL2,county,guide,yes\n"},
       {"teams", "id,place\nA,county\nB,county\n"},
       {"team_rules", "kind,trait,count\nat_least,local,1\nat_most,leader,1\nbalance,sampler,\n"}});
  Movement movement;
  const auto goes = [&](GroupId group, std::int64_t first, std::int64_t count) {
    movement.parties.push_back({.group = group, .first = first, .count = count});
    movement.parties.back().legs.resize(1);
    movement.parties.back().stops.resize(2, {.place = PlaceId{1}});
  };
  goes(GroupId{0}, 0, 4);
  goes(GroupId{1}, 0, 2);
  movement.parties.push_back({.group = GroupId{0}, .first = 4, .count = 2});
  movement.parties.back().stops.push_back({.place = PlaceId{0}});
  const Teams teams = plan_teams(read.plan, {.movement = &movement});
  EXPECT_TRUE(teams.is_legal);
  EXPECT_EQ(teams.cost, 0);
  std::map<TeamId, int> sizes;
  for (const TeamMember& member : teams.members) ++sizes[member.team];
  EXPECT_EQ(sizes[TeamId{0}], 4);  // two samplers, a leader, a local
  EXPECT_EQ(sizes[TeamId{1}], 4);
  EXPECT_EQ(sizes[TeamId{}], 2);  // who stayed in the city, where there is no team
}

TEST(FieldTeams, sizes_that_do_not_fit_are_told_and_drop_nobody) {
  const auto read = clean({{"people", "id\nLi\nWu\nXu\n"}, {"teams", "id,max\nA,1\nB,1\n"}});
  const Teams teams = plan_teams(read.plan, {});
  ASSERT_EQ(teams.shortages.size(), 1U);
  EXPECT_EQ(teams.shortages[0].people, 3);
  EXPECT_EQ(teams.shortages[0].max, 2);
  EXPECT_EQ(teams.members.size(), 3U);
}

TEST(FieldTeams, whoever_was_told_a_team_stays_there) {
  const std::vector<TableText> tables = {{"places", "id\ncity\n"},
                                         {"groups", "id,place,role,count\ng,city,sampler,12\n"},
                                         {"teams", "id\nA\nB\nC\n"},
                                         {"team_rules", "kind,trait\nbalance,sampler\n"}};
  const auto before = clean(tables);
  const FieldAnswer told = plan_field(before.plan, {.seed = 5});
  auto fewer = tables;
  fewer[1].second = "id,place,role,count\ng,city,sampler,11\n";  // the twelfth is ill
  const auto now = clean(fewer);
  const FieldAnswer answer =
      plan_field(now.plan, {.seed = 9, .before = &before.plan, .published = &told});
  ASSERT_TRUE(answer.teams->is_legal);
  for (const TeamMember& member : answer.teams->members) EXPECT_EQ(member.team, member.before);
}

TEST(FieldTeams, shares_of_teams_with_a_least_size_add_up_to_all) {
  // 15 of 30 are samplers: five of ten in each of three teams, whatever the teams may hold.
  const auto read = clean({{"places", "id\ncity\n"},
                           {"groups",
                            "id,place,role,count\n"
                            "s,city,sampler,15\n"
                            "g,city,guide,15\n"},
                           {"teams", "id,min\nA,1\nB,1\nC,1\n"},
                           {"team_rules", "kind,trait\nbalance,sampler\n"}});
  const Teams teams = plan_teams(read.plan, {});
  EXPECT_TRUE(teams.is_legal);
  EXPECT_EQ(teams.cost, 0);
  std::map<TeamId, int> samplers;
  for (const TeamMember& member : teams.members) {
    if (member.who.group == GroupId{0}) ++samplers[member.team];
  }
  for (TeamId team : read.plan.teams.ids()) EXPECT_EQ(samplers[team], 5);
}

constexpr std::string_view kLabPlaces = "id,latitude,longitude\nnorth,20,110\nsouth,18,110\n";

TEST(FieldLaboratories, tubes_go_where_they_are_reported_first) {
  // Both laboratories do 10 tubes in an hour.  Two lots of 10 at the same time: the second goes to the other one, 0 km
  // away as well, where it need not wait.
  const auto read = clean(
      {{"laboratories", "id\nL\nM\n"},
       {"lab_stages", "laboratory,id,machines,batch,duration\nL,pcr,1,10,1h\nM,pcr,1,10,1h\n"},
       {"arrivals",
        "at,tubes,people_per_tube\n2022-08-01 08:00,10,10\n"
        "2022-08-01 08:00,10,10\n"}});
  const FieldAnswer answer = plan_field(read.plan, {});
  ASSERT_EQ(answer.laboratories.size(), 2U);
  for (const LaboratoryOutcome& laboratory : answer.laboratories) {
    EXPECT_TRUE(laboratory.is_legal);
    EXPECT_EQ(laboratory.outcome.tubes_received, 10);
    EXPECT_EQ(laboratory.outcome.people_reported, 100);
    EXPECT_DOUBLE_EQ(laboratory.outcome.of_people.longest, 60);
  }
}

TEST(FieldLaboratories, a_shift_says_how_many_machines_of_a_stage_run) {
  const auto read = clean({{"laboratories", "id\nL\n"},
                           {"lab_stages",
                            "laboratory,id,machines,batch,duration\nL,prepare,4,10,30min\n"
                            "L,pcr,6,10,1h\n"},
                           {"lab_shifts",
                            "laboratory,from,until,stage,machines\n"
                            "L,2022-08-02 08:00,2022-08-02 20:00,,\n"
                            "L,2022-08-01 08:00,2022-08-01 20:00,pcr,2\n"
                            "L,2022-08-01 08:00,2022-08-01 20:00,,5\n"}});
  const Lab lab = lab_of(read.plan, LaboratoryId{0}, at(read.plan, "2022-08-01"));
  ASSERT_EQ(lab.shifts.size(), 2U);
  EXPECT_DOUBLE_EQ(lab.shifts[0].from, 8 * 60);
  EXPECT_EQ(lab.shifts[0].machines, (std::vector<std::int64_t>{4, 2}));  // 5 of 4 is 4
  EXPECT_EQ(lab.shifts[1].machines, (std::vector<std::int64_t>{4, 6}));
}

TEST(FieldLaboratories, a_shift_for_one_stage_leaves_the_others_standing) {
  const auto read = clean({{"laboratories", "id\nL\n"},
                           {"lab_stages",
                            "laboratory,id,machines,batch,duration\nL,prepare,2,10,30min\n"
                            "L,pcr,6,10,1h\n"},
                           {"lab_shifts",
                            "laboratory,from,until,stage,machines\n"
                            "L,2022-08-01 08:00,2022-08-01 20:00,,\n"
                            "L,2022-08-01 20:00,2022-08-02 08:00,pcr,4\n"
                            "L,2022-08-02 08:00,2022-08-02 20:00,,\n"},
                           {"arrivals", "laboratory,at,tubes\nL,2022-08-01 21:00,10\n"}});
  const Lab lab = lab_of(read.plan, LaboratoryId{0}, at(read.plan, "2022-08-01"));
  ASSERT_EQ(lab.shifts.size(), 3U);
  EXPECT_EQ(lab.shifts[1].machines, (std::vector<std::int64_t>{0, 4}));
  // Prepared from 8:00 of the next day on, tested from 8:30 on.
  const FieldAnswer answer = plan_field(read.plan, {});
  const LaboratoryOutcome& told = answer.laboratories.front();
  ASSERT_EQ(told.outcome.people_reported, 10);
  EXPECT_EQ(told.origin, at(read.plan, "2022-08-01"));
  EXPECT_DOUBLE_EQ(told.outcome.results.back().at, (24 + 9) * 60 + 30);
}

TEST(FieldLaboratories, a_stage_that_no_shift_names_works_in_all_of_them) {
  const auto read = clean(
      {{"laboratories", "id\nL\n"},
       {"lab_stages",
        "laboratory,id,machines,batch,duration\nL,prepare,2,10,30min\nL,pcr,6,10,1h\n"},
       {"lab_shifts",
        "laboratory,from,until,stage,machines\nL,2022-08-01 08:00,2022-08-01 20:00,pcr,4\n"}});
  const Lab lab = lab_of(read.plan, LaboratoryId{0}, at(read.plan, "2022-08-01"));
  ASSERT_EQ(lab.shifts.size(), 1U);
  EXPECT_EQ(lab.shifts[0].machines, (std::vector<std::int64_t>{2, 4}));
}

TEST(FieldLoop, need_becomes_samplers_tubes_and_results) {
  const auto read =
      clean({{"places", kLabPlaces},
             {"laboratories", "id,place,pools\nL,north,10\n"},
             {"lab_stages", "laboratory,id,machines,batch,duration\nL,pcr,100,96,2h\n"},
             {"testing",
              "place,day,people,people_per_tube,by\nnorth,2022-08-02,4805,10,"
              "2022-08-02 18:00\nnorth,2022-08-03,1000,10,2022-08-03 12:00\n"}},
            "[plan]\nstart = 2022-08-01\n[dispatch]\nsamples_per_hour = 60\nsampling_hours = 8\n");
  const FieldAnswer answer = plan_field(read.plan, {});
  ASSERT_EQ(answer.days.size(), 2U);
  const TestingDay& first = answer.days[0];
  // One sampler swabs 480 a day: 4805 need eleven.  481 tubes, the last with five people, leave at 16:00 and take 2 h.
  EXPECT_EQ(first.samplers_needed, 11);
  EXPECT_FALSE(first.samplers_there);  // nobody is mustered
  EXPECT_EQ(first.tubes, 481);
  EXPECT_EQ(first.last_result, at(read.plan, "2022-08-02", "18:00"));
  EXPECT_EQ(first.people_late, 0);
  // Of 1000 people an eighth is swabbed by 9:00, a quarter by 10:00, known by 12:00: 12 and 13 tubes.
  EXPECT_EQ(answer.days[1].people_late, 1000 - 250);
  std::int64_t tubes = 0;
  for (const LotOutcome& lot : answer.laboratories[0].lots) tubes += lot.tubes;
  EXPECT_EQ(tubes, 481 + 100);
}

TEST(FieldLoop, too_few_samplers_leave_people_unsampled_and_say_how_many) {
  const auto read = clean({{"places", kLabPlaces},
                           {"groups", "id,place,role,count\ng,north,sampler,2\n"},
                           {"testing", "place,day,people\nnorth,2022-08-02,1500\n"}});
  Movement movement;
  movement.parties.push_back({.group = GroupId{0}, .count = 2});
  movement.parties.back().stops.push_back({.place = PlaceId{0}});
  const FieldAnswer answer = plan_field(read.plan, {.movement = &movement});
  // 2 × 60 × 8 = 960 of 1500; four samplers would do.
  EXPECT_EQ(answer.days[0].samplers_needed, 4);
  EXPECT_EQ(answer.days[0].samplers_there, 2);
  EXPECT_EQ(answer.days[0].people_sampled, 960);
  // Nobody tests those who are sampled either.
  EXPECT_FALSE(answer.days[0].laboratory);
  EXPECT_EQ(answer.days[0].people_late, 960);
}

TEST(FieldLoop, samplers_who_are_there_already_and_need_not_move_are_counted) {
  const auto read = clean({{"places", kLabPlaces},
                           {"groups",
                            "id,place,role,count\n"
                            "g,north,sampler,4\n"
                            "e,south,expert,1\n"},
                           {"needs", "place,role,count\nsouth,expert,1\n"},
                           {"testing", "place,day,people\nnorth,2022-08-02,1500\n"}});
  const Movement movement = muster(read.plan).movement;
  const FieldAnswer answer = plan_field(read.plan, {.movement = &movement});
  EXPECT_EQ(answer.days[0].samplers_needed, 4);
  EXPECT_EQ(answer.days[0].samplers_there, 4);
  EXPECT_EQ(answer.days[0].people_sampled, 1500);
}

TEST(FieldLoop, first_cases_tell_nothing_of_how_many_a_case_infects) {
  // Nobody known infected them, so the prior is left: a gamma law of mean 5.
  for (const std::string_view cases :
       {"place,day,cases\nsouth,2022-08-01,10\n",
        "place,day,cases\nsouth,2022-07-30,0\nsouth,2022-08-01,10\n"}) {
    const auto read = clean({{"places", kLabPlaces}, {"cases", cases}});
    const FieldAnswer answer = plan_field(read.plan, {});
    ASSERT_EQ(answer.outbreaks.size(), 1U);
    EXPECT_NEAR(answer.outbreaks[0].reproduction.mean, 5, 1e-9);
  }
}

TEST(FieldLoop, people_by_cases_that_grow_for_weeks_are_cut_and_it_is_said) {
  std::string cases = "place,day,cases\n";
  for (int day = 0; day < 7; ++day)
    cases += "south,2022-08-0" + std::to_string(day + 1) + "," + std::to_string(10 << day) + "\n";
  const auto read = clean({{"places", kLabPlaces}, {"cases", cases}},
                          "[plan]\nstart = 2022-08-01\n[dispatch]\ndays = 21\n");
  const FieldAnswer answer = plan_field(read.plan, {});
  ASSERT_EQ(answer.days.size(), 21U);
  EXPECT_FALSE(answer.days.front().is_cut);
  for (const TestingDay& day : answer.days) {
    EXPECT_GT(day.people, 0);
    EXPECT_LE(day.people, 100'000'000);
  }
  EXPECT_EQ(answer.days.back().people, 100'000'000);
  EXPECT_TRUE(answer.days.back().is_cut);
}

TEST(FieldLoop, cases_that_double_ask_for_more_tests_each_day) {
  std::string cases = "place,day,cases\n";
  std::int64_t count = 4;
  for (int day = 1; day <= 8; ++day, count = count * 3 / 2)
    cases += "south,2022-08-0" + std::to_string(day) + "," + std::to_string(count) + "\n";
  const auto read = clean({{"places", kLabPlaces}, {"cases", cases}});
  const FieldAnswer answer = plan_field(read.plan, {});
  ASSERT_EQ(answer.outbreaks.size(), 1U);
  EXPECT_NEAR(answer.outbreaks[0].growth.rate.mean, 0.405, 0.02);  // ln 1.5, but for rounding down
  ASSERT_EQ(answer.days.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    const TestingDay& day = answer.days[i];
    EXPECT_FALSE(day.is_given);
    EXPECT_NEAR(static_cast<double>(day.people), *day.expected_cases * 1000, 1);
    EXPECT_NEAR(day.prevalence, 0.001, 1e-6);
    EXPECT_EQ(day.people_per_tube, 20);  // 32 would be best, 20 is the most in use
    if (i > 0) {
      EXPECT_GT(day.people, answer.days[i - 1].people);
    }
  }
}

TEST(FieldExchange, ranks_go_before_costs_and_priorities_before_both) {
  const auto read =
      clean({{"places", "id\na\nb\nx\ny\n"},
             {"offers", "place,good,amount,cost\na,steel,10,5\nb,steel,10,1\n"},
             {"wishes", "place,good,amount,priority\nx,steel,10,1\ny,steel,15,3\n"},
             {"preferences", "from,to,rank,capacity\na,x,1,\nb,x,2,\na,y,1,4\nb,y,1,\n"}});
  const Exchange exchange = match_regions(read.plan);
  // 20 for 25.  y counts three times, but from a it may get four only: with all ten of b that is 14.  The six left at a go
  // to x, at rank 1; were b to send to x instead, y would go short.
  EXPECT_EQ(exchange.missing, 5);
  std::map<std::pair<std::size_t, std::size_t>, std::int64_t> sent;
  for (const Shipment& each : exchange.shipments)
    sent[{each.from.index(), each.to.index()}] += each.amount;
  EXPECT_EQ((sent[{1, 3}]), 10);
  EXPECT_EQ((sent[{0, 3}]), 4);
  EXPECT_EQ((sent[{0, 2}]), 6);
}

/// The best of all ways to send whole units, one offer's unit after the other: (missing, ranks, cost).
using Value = std::array<std::int64_t, 3>;
Value best_by_hand(const Plan& plan, std::vector<std::int64_t> left, std::vector<std::int64_t> open,
                   std::size_t offer, std::size_t wish) {
  if (offer == left.size()) {
    Value value{};
    for (std::size_t j = 0; j < open.size(); ++j) value[0] += open[j] * plan.wishes[j].priority;
    return value;
  }
  if (wish == open.size()) return best_by_hand(plan, left, open, offer + 1, 0);
  std::int64_t rank = 0;
  std::int64_t most = std::min(left[offer], open[wish]);
  bool is_told = false;
  std::int64_t worst = 0;
  for (const Preference& each : plan.preferences) {
    worst = std::max(worst, each.rank);
    if (each.from != plan.offers[offer].place || each.to != plan.wishes[wish].place) continue;
    is_told = true;
    rank = each.rank;
    if (each.capacity) most = std::min(most, *each.capacity);
    if (each.rank == 0) most = 0;
  }
  if (!is_told) rank = worst + 1;
  Value best{1'000'000, 0, 0};
  for (std::int64_t amount = 0; amount <= most; ++amount) {
    auto less = left;
    auto fewer = open;
    less[offer] -= amount;
    fewer[wish] -= amount;
    Value value = best_by_hand(plan, less, fewer, offer, wish + 1);
    value[1] += amount * rank;
    value[2] += amount * plan.offers[offer].cost.count();
    best = std::min(best, value);
  }
  return best;
}

TEST(FieldExchange, equals_the_best_of_all_ways_on_small_markets) {
  holds(300, [] {
    Plan plan;
    const Text good = plan.text("steel");
    std::vector<std::int64_t> left;
    std::vector<std::int64_t> open;
    for (std::size_t i = 0; i < 4; ++i) plan.places.add({.id = plan.text(std::to_string(i))});
    for (std::size_t i = 0; i < 2; ++i) {
      left.push_back(*rc::gen::inRange<std::int64_t>(0, 4));
      open.push_back(*rc::gen::inRange<std::int64_t>(0, 4));
      plan.offers.push_back({.place = PlaceId{i},
                             .good = good,
                             .amount = left.back(),
                             .cost = Money{*rc::gen::inRange<std::int64_t>(0, 4)}});
      plan.wishes.push_back({.place = PlaceId{2 + i},
                             .good = good,
                             .amount = open.back(),
                             .priority = *rc::gen::inRange<std::int64_t>(1, 4)});
      for (std::size_t j = 0; j < 2; ++j) {
        if (*rc::gen::inRange(0, 4) == 0) continue;
        Preference pair{.from = PlaceId{i}, .to = PlaceId{2 + j}};
        pair.rank = *rc::gen::inRange<std::int64_t>(0, 4);
        if (*rc::gen::inRange(0, 2) == 0) pair.capacity = *rc::gen::inRange<std::int64_t>(0, 3);
        plan.preferences.push_back(pair);
      }
    }
    const Exchange exchange = match_regions(plan);
    Value value{};
    for (const GoodBalance& each : exchange.balances) {
      for (const Wish& wish : plan.wishes) {
        if (each.place == wish.place) value[0] += (each.wanted - each.got) * wish.priority;
      }
    }
    for (const Shipment& each : exchange.shipments) value[1] += each.amount * each.rank;
    value[2] = exchange.cost.count();
    RC_ASSERT(value == best_by_hand(plan, left, open, 0, 0));
  });
}

}  // namespace
}  // namespace diaodu::dispatch
