#include "diaodu/report/words.h"

#include <gtest/gtest.h>

#include <set>

#include "report/plant.h"

namespace diaodu::report {
namespace {

std::set<char> places_in(std::string_view sentence) {
  std::set<char> places;
  for (std::size_t i = 0; i + 2 < sentence.size(); ++i) {
    if (sentence[i] == '{' && sentence[i + 2] == '}') places.insert(sentence[i + 1]);
  }
  return places;
}

TEST(Words, every_sentence_exists_in_both_languages_with_the_same_places_to_fill) {
  for (const Words& words : all_words()) {
    EXPECT_FALSE(words.en.empty());
    EXPECT_FALSE(words.zh.empty()) << words.en;
    EXPECT_EQ(places_in(words.en), places_in(words.zh)) << words.en;
  }
}

TEST(Words, a_long_list_is_cut_but_never_to_leave_out_just_one) {
  const std::vector<std::string> four = {"a", "b", "c", "d"};
  EXPECT_EQ(joined(four, Language::english, 3), "a, b, c, d");
  EXPECT_EQ(joined(four, Language::english, 2), "a, b, 2 others");
  EXPECT_EQ(joined(four, Language::chinese, 2), "a、b、其他 2 项");
}

TEST(Words, durations_are_told_in_the_days_of_their_calendar) {
  const Plan plan = make_plant();
  const NamedCalendar& eight_hours = terms_of(plan, find_task(plan, "A2"));
  EXPECT_EQ(duration(plan, WorkTime{1200}, eight_hours, Language::english), "2.5 d");
  EXPECT_EQ(duration(plan, WorkTime{1200}, eight_hours, Language::chinese), "2.5天");
  EXPECT_EQ(duration(plan, WorkTime{50}, eight_hours, Language::english), "50 min");
  EXPECT_EQ(duration(plan, WorkTime{90}, eight_hours, Language::chinese), "1.5小时");
}

TEST(Words, long_times_on_the_clock_are_rounded_up) {
  const Plan plan = make_plant();
  const auto in = [&](std::int64_t minutes) {
    return rough(plan, Elapsed{minutes}, Language::english);
  };
  EXPECT_EQ(in(47 * 60 + 59), "1 d 23 h 59 min");  // below two days: exact
  EXPECT_EQ(in(49 * 60 + 1), "2 d 2 h");           // then whole hours
  EXPECT_EQ(in(12 * 1440 + 1), "13 d");            // then whole days
}

TEST(Words, money_is_grouped_in_thousands) {
  EXPECT_EQ(money_words(Money{1126560050}), "11,265,600.5");
  EXPECT_EQ(money_words(Money{99900}), "999");
  EXPECT_EQ(money_words(Money{-100000}), "-1,000");
}

TEST(Words, no_chance_is_called_certain_that_is_not) {
  EXPECT_EQ(chance_words(0, Language::english), whole_percentage(0, Language::english));
  EXPECT_EQ(chance_words(0.0003, Language::english), "< 1 %");
  EXPECT_EQ(chance_words(0.9996, Language::english), "> 99 %");
  EXPECT_EQ(chance_words(0.994, Language::english), "99 %");
  EXPECT_EQ(chance_words(1, Language::chinese), whole_percentage(1, Language::chinese));
}

}  // namespace
}  // namespace diaodu::report
