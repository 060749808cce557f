#include "diaodu/track/ledger.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "diaodu/track/entry_json.h"
#include "diaodu/track/replay.h"
#include "diaodu/track/verify.h"
#include "support/property.h"
#include "support/temporary.h"
#include "track/random_events.h"

namespace diaodu::track {
namespace {

Event note(std::string text, Instant when = Instant{0}) {
  return {.fact = Remark{when, "lin", "", std::move(text)}, .author = "lin", .recorded = when};
}
Event progress(std::string task, Instant when, int percent) {
  return {.fact = TaskFact{.task = std::move(task), .when = when, .percent = percent},
          .recorded = when};
}

/// All facts of a record in its order, as text.
std::vector<std::string> lines_of(const Record& record) {
  std::vector<std::string> lines;
  const auto add = [&lines](const auto& rows) {
    for (const auto& row : rows) {
      const Fact fact = row;
      lines.push_back(std::string(kind_of(fact)) + std::to_string(effective_of(fact).minutes()) +
                      content_of(fact));
    }
  };
  add(record.tasks);
  add(record.costs);
  add(record.observations);
  add(record.baselines);
  add(record.changes);
  add(record.remarks);
  return lines;
}

/// The slow twin: a list, from which what counts is picked by asking every entry about every other.
struct Twin {
  std::vector<Event> events;

  std::vector<std::string> lines(Instant as_of) const {
    std::vector<const Event*> standing;
    for (std::size_t i = 0; i < events.size(); ++i) {
      const auto replaces_it = [&](const Event& other) {
        return other.replaces == i + 1 && other.recorded <= as_of;
      };
      if (events[i].recorded <= as_of && std::none_of(events.begin(), events.end(), replaces_it))
        standing.push_back(&events[i]);
    }
    const auto rank = [](const Event& event) {
      const std::string_view kind = kind_of(event.fact);
      return kind == "progress"      ? 0
             : kind == "cost"        ? 1
             : kind == "observation" ? 2
             : kind == "baseline"    ? 3
             : kind == "plan"        ? 4
             : kind == "withdrawal"  ? 6
                                     : 5;
    };
    std::stable_sort(standing.begin(), standing.end(), [&](const Event* a, const Event* b) {
      return std::pair(rank(*a), effective_of(a->fact)) <
             std::pair(rank(*b), effective_of(b->fact));
    });
    std::vector<std::string> lines;
    for (const Event* event : standing) {
      if (rank(*event) == 6) continue;
      lines.push_back(std::string(kind_of(event->fact)) +
                      std::to_string(effective_of(event->fact).minutes()) +
                      content_of(event->fact));
    }
    return lines;
  }
};

TEST(Ledger, lies_in_the_plans_folder_or_beside_its_file) {
  const TemporaryFolder folder;
  EXPECT_EQ(record_of(folder.path()), folder.path() / "record.diaodu");
  EXPECT_EQ(record_of(folder.path() / "plant.xlsx"), folder.path() / "plant.record.diaodu");
}

TEST(Ledger, keeps_what_was_entered) {
  const TemporaryFolder folder;
  {
    Ledger ledger = Ledger::open_or_create(folder.path() / "record.diaodu");
    EXPECT_EQ(ledger.head().sequence, 0U);
    EXPECT_EQ(ledger.append(std::vector{note("first"), note("second")}).sequence, 2U);
  }
  const Ledger ledger = Ledger::open(folder.path() / "record.diaodu");
  std::vector<std::string> texts;
  ledger.read([&](Entry&& entry) {
    texts.push_back(std::get<Remark>(entry.fact).text + " by " +
                    std::get<Remark>(entry.fact).author);
    return true;
  });
  EXPECT_EQ(texts, (std::vector<std::string>{"first by lin", "second by lin"}));
  EXPECT_TRUE(verify(folder.path() / "record.diaodu").findings.is_empty());
}

TEST(Ledger, enters_a_batch_whole_or_not_at_all) {
  const TemporaryFolder folder;
  Ledger ledger = Ledger::open_or_create(folder.path() / "record.diaodu");
  ledger.append(std::vector{note("kept")});
  Event wrong = note("a correction of nothing");
  wrong.replaces = 99;
  EXPECT_THROW(ledger.append(std::vector{note("lost with the next"), wrong}), LedgerError);
  EXPECT_EQ(ledger.head().sequence, 1U);
  EXPECT_EQ(replay(ledger).remarks.size(), 1U);
}

TEST(Ledger, corrects_by_new_entries) {
  const TemporaryFolder folder;
  Ledger ledger = Ledger::open_or_create(folder.path() / "record.diaodu");
  ledger.append(
      std::vector{progress("dig", Instant{10}, 40'00), progress("dig", Instant{20}, 90'00)});
  // On day 30 the 90 % turn out to have been 60 %; on day 40 the first row to have been of another task.
  Event correction = progress("dig", Instant{20}, 60'00);
  correction.recorded = Instant{30};
  correction.replaces = 2;
  ledger.append(std::vector{correction});
  ledger.append(
      std::vector{Event{.fact = Withdrawal{Instant{40}}, .recorded = Instant{40}, .replaces = 1}});

  const auto percents = [&](Instant as_of) {
    std::vector<int> known;
    for (const TaskFact& fact : replay(ledger, as_of).tasks) known.push_back(*fact.percent);
    return known;
  };
  EXPECT_EQ(percents(Instant{9}), (std::vector<int>{}));
  EXPECT_EQ(percents(Instant{10}), (std::vector<int>{40'00}));
  EXPECT_EQ(percents(Instant{29}), (std::vector<int>{40'00, 90'00}));
  EXPECT_EQ(percents(Instant{30}), (std::vector<int>{40'00, 60'00}));
  EXPECT_EQ(percents(kNever), (std::vector<int>{60'00}));
}

TEST(Ledger, refuses_corrections_that_mean_nothing) {
  const TemporaryFolder folder;
  Ledger ledger = Ledger::open_or_create(folder.path() / "record.diaodu");
  ledger.append(std::vector{note("one"), progress("dig", Instant{0}, 10'00)});
  const auto trouble_of = [&](Event event, std::uint64_t replaces) {
    event.replaces = replaces;
    try {
      ledger.append(std::vector{event});
    } catch (const LedgerError& error) {
      return error.trouble();
    }
    return LedgerError::Trouble::failed;
  };
  EXPECT_EQ(trouble_of(note("of none"), 7), LedgerError::Trouble::no_such_entry);
  EXPECT_EQ(trouble_of(note("of itself"), 3), LedgerError::Trouble::no_such_entry);
  EXPECT_EQ(trouble_of(note("of progress"), 2), LedgerError::Trouble::other_kind);
  EXPECT_EQ(trouble_of({.fact = Withdrawal{}}, 0), LedgerError::Trouble::no_such_entry);
  Event good = note("one, better");
  good.replaces = 1;
  ledger.append(std::vector{good});
  EXPECT_EQ(trouble_of(note("one, twice"), 1), LedgerError::Trouble::already_replaced);
  EXPECT_EQ(ledger.head().sequence, 3U);
}

TEST(Ledger, does_not_go_back_in_time_when_the_clock_does) {
  const TemporaryFolder folder;
  Ledger ledger = Ledger::open_or_create(folder.path() / "record.diaodu");
  ledger.append(
      std::vector{note("noon", Instant{720}), note("said to be of the morning", Instant{480})});
  EXPECT_EQ(ledger.head().recorded, Instant{720});
  EXPECT_TRUE(verify(ledger.path()).findings.is_empty());
}

TEST(Ledger, refuses_what_could_not_be_read_back) {
  const TemporaryFolder folder;
  Ledger ledger = Ledger::open_or_create(folder.path() / "record.diaodu");
  EXPECT_THROW(ledger.append(std::vector{progress("dig", Instant{0}, -1)}), std::invalid_argument);
  EXPECT_THROW(
      ledger.append(std::vector{Event{.fact = TaskFact{.task = "a", .actual_start = kNever}}}),
      std::out_of_range);
  EXPECT_EQ(ledger.head().sequence, 0U);
}

TEST(Ledger, says_what_a_file_is_that_it_cannot_open) {
  const TemporaryFolder folder;
  const auto trouble_of = [](const std::filesystem::path& path) {
    try {
      Ledger::open(path);
    } catch (const LedgerError& error) {
      return error.trouble();
    }
    return LedgerError::Trouble::busy;
  };
  EXPECT_EQ(trouble_of(folder.path() / "none"), LedgerError::Trouble::missing);
  EXPECT_EQ(trouble_of(folder.path()), LedgerError::Trouble::not_a_record);
  EXPECT_EQ(trouble_of(folder.write("empty", "")), LedgerError::Trouble::not_a_record);
  EXPECT_EQ(trouble_of(folder.write("text", "id,name\n1,dig\n")),
            LedgerError::Trouble::not_a_record);
  EXPECT_EQ(trouble_of(folder.write("other", "SQLite format 3" + std::string(5000, '\0'))),
            LedgerError::Trouble::not_a_record);
  Ledger::open_or_create(folder.path() / "record.diaodu");
  std::string bytes = folder.read("record.diaodu");
  bytes[63] = 2;
  EXPECT_EQ(trouble_of(folder.write("later", bytes)), LedgerError::Trouble::newer);
  EXPECT_THROW(Ledger::open_or_create(folder.path() / "no" / "folder"), LedgerError);
}

TEST(Ledger, leaves_nothing_but_itself_when_it_is_made) {
  const TemporaryFolder folder;
  Ledger::open_or_create(folder.path() / "record.diaodu");
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
    names.push_back(entry.path().filename().string());
  EXPECT_EQ(names, (std::vector<std::string>{"record.diaodu"}));
}

TEST(Ledger, opens_where_the_name_of_its_folder_is_strange) {
  const TemporaryFolder folder;
  const auto strange = folder.path() / "50% ?#& 调度";
  std::filesystem::create_directories(strange);
  Ledger::open_or_create(strange / "record.diaodu").append(std::vector{note("here")});
  EXPECT_TRUE(std::filesystem::exists(strange / "record.diaodu"));
  EXPECT_EQ(Ledger::open(strange / "record.diaodu").head().sequence, 1U);
}

TEST(Ledger, replays_any_history_as_a_plain_list_does) {
  holds(60, [] {
    const TemporaryFolder folder;
    Ledger ledger = Ledger::open_or_create(folder.path() / "record.diaodu");
    Twin twin;
    const int num_batches = *rc::gen::inRange(0, 5);
    for (int batch = 0; batch < num_batches; ++batch) {
      std::vector<Event> events;
      for (int i = *rc::gen::inRange(0, 8); i > 0; --i) {
        Event event = any_event();
        if (!twin.events.empty())
          event.recorded = std::max(event.recorded, twin.events.back().recorded);
        // Some correct or withdraw one of those before that nothing has replaced yet.
        const std::size_t before = twin.events.size();
        if (before > 0 && *rc::gen::inRange(0, 3) == 0) {
          const auto at = *rc::gen::inRange<std::size_t>(0, before);
          const bool is_free =
              std::none_of(twin.events.begin(), twin.events.end(),
                           [at](const Event& other) { return other.replaces == at + 1; });
          const std::string_view kind = kind_of(twin.events[at].fact);
          if (is_free && kind != "withdrawal") {
            event.replaces = at + 1;
            if (kind != kind_of(event.fact)) event.fact = Withdrawal{event.recorded};
          }
        }
        twin.events.push_back(event);
        events.push_back(event);
      }
      ledger.append(events);
      if (*rc::gen::arbitrary<bool>()) ledger = Ledger::open(ledger.path());
    }
    for (const Instant as_of : {*any_instant(), *any_instant(), kNever})
      RC_ASSERT(lines_of(replay(ledger, as_of)) == twin.lines(as_of));
    const Verification verification = verify(ledger.path());
    RC_ASSERT(verification.findings.is_empty());
    RC_ASSERT(verification.head.sequence == twin.events.size());
  });
}

}  // namespace
}  // namespace diaodu::track
