#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <fstream>

#include "diaodu/track/entry_json.h"
#include "diaodu/track/ledger_schema.h"
#include "diaodu/track/replay.h"
#include "diaodu/track/sealed_pages.h"
#include "diaodu/track/signed_head.h"
#include "diaodu/track/verify.h"
#include "support/findings.h"
#include "support/temporary.h"

namespace diaodu::track {
namespace {

Event note(const std::string& text) {
  return {.fact = Remark{Instant{0}, "lin", "", text}, .author = "lin", .recorded = Instant{0}};
}

/// A record of six notes, and ways to do it harm.
class Tampering : public testing::Test {
 protected:
  Tampering() : path_(folder_.path() / "record.diaodu") {
    Ledger::open_or_create(path_).append(std::vector{note("one"), note("two"), note("three"),
                                                     note("four"), note("five"), note("six")});
  }

  /// Runs statements as one who knows of seals but not of hashes; puts the triggers back.
  void execute(const std::string& sql) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open_v2(path_.c_str(), &database, SQLITE_OPEN_READWRITE, sealing_vfs()),
              SQLITE_OK);
    const std::string all = "DROP TRIGGER entry_stays; DROP TRIGGER entry_remains; " + sql + "; " +
                            std::string(kSchema[3]) + "; " + std::string(kSchema[4]);
    char* message = nullptr;
    EXPECT_EQ(sqlite3_exec(database, all.c_str(), nullptr, nullptr, &message), SQLITE_OK)
        << message;
    sqlite3_free(message);
    sqlite3_close(database);
  }

  /// Each as `record_entry_altered: entry 3 was altered ...`.
  std::vector<std::string> findings() const {
    std::vector<std::string> said;
    const Verification verification = verify(path_);
    for (const Finding& finding : verification.findings.kept()) {
      expect_whole(finding);
      EXPECT_TRUE(finding.where.file.starts_with("record.diaodu")) << finding.where.file;
      said.push_back(std::string(finding.kind->code) + ": " + finding.message(Language::english));
    }
    return said;
  }
  /// Puts an entry in the place of the third, as if it had been written then.
  void forge(StoredEntry forged) {
    forged.sequence = 3;
    Ledger::open(path_).read([&](Entry&& entry) {
      if (entry.sequence == 3) forged.previous = entry.previous;
      return true;
    });
    execute("UPDATE entry SET content = '" + forged.content + "', hash = x'" +
            hexadecimal(hash_of(forged)) + "' WHERE sequence = 3");
  }

  TemporaryFolder folder_;
  std::filesystem::path path_;
};

using Said = std::vector<std::string>;

TEST_F(Tampering, is_not_found_where_there_was_none) { EXPECT_EQ(findings(), Said{}); }

TEST_F(Tampering, is_forbidden_by_the_database_itself) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open_v2(path_.c_str(), &database, SQLITE_OPEN_READWRITE, sealing_vfs()),
            SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, "UPDATE entry SET author = 'me'", nullptr, nullptr, nullptr),
            SQLITE_CONSTRAINT);
  EXPECT_EQ(sqlite3_exec(database, "DELETE FROM entry", nullptr, nullptr, nullptr),
            SQLITE_CONSTRAINT);
  sqlite3_close(database);
}

TEST_F(Tampering, with_any_field_of_an_entry_is_found) {
  for (const char* change :
       {"kind = 'decision'", "author = 'wu'", "recorded = 1", "effective = 1", "reason = 'why'",
        "content = '{\"text\":\"tree\"}'", "hash = zeroblob(32)", "hash = x'00'"}) {
    execute(std::string("UPDATE entry SET ") + change + " WHERE sequence = 3");
    const Said said = findings();
    ASSERT_FALSE(said.empty()) << change;
    EXPECT_EQ(said.front(),
              "record_entry_altered: entry 3 was altered: its hash is not that of what it says")
        << change;
    EXPECT_THROW(replay(Ledger::open(path_)), LedgerError) << change;
    std::filesystem::remove(path_);
    Ledger::open_or_create(path_).append(std::vector{note("one"), note("two"), note("three"),
                                                     note("four"), note("five"), note("six")});
  }
}

TEST_F(Tampering, with_content_and_hash_alike_shows_in_the_next_entry) {
  forge(stored(note("tree")));
  EXPECT_EQ(findings(), Said{"record_entry_strange: entry 4 does not follow the one before it: "
                             "something was removed or put between"});
}

TEST_F(Tampering, with_content_that_is_none_is_found_even_where_the_hash_fits) {
  StoredEntry forged = stored(note("tree"));
  forged.content = "[]";
  forge(forged);
  EXPECT_EQ(findings().front(),
            "record_entry_malformed: entry 3 is not what an entry may be: its content is not that "
            "of its kind");
}

TEST_F(Tampering, by_removing_entries_is_found) {
  execute("DELETE FROM entry WHERE sequence IN (3, 4)");
  EXPECT_EQ(findings(), Said{"record_entry_removed: entries 3 to 4 were removed"});
  EXPECT_THROW(replay(Ledger::open(path_)), LedgerError);
}

TEST_F(Tampering, by_removing_the_last_entry_is_found) {
  execute("DELETE FROM entry WHERE sequence = 6");
  EXPECT_EQ(findings(),
            Said{"record_head_differs: the record's head names entry 6, and its last entry is 5"});
}

TEST_F(Tampering, by_removing_an_entry_and_closing_the_gap_is_found) {
  execute(
      "DELETE FROM entry WHERE sequence = 4; UPDATE entry SET sequence = 4 WHERE sequence = 5;"
      "UPDATE entry SET sequence = 5 WHERE sequence = 6");
  EXPECT_EQ(
      findings(),
      (Said{"record_head_differs: the record's head names entry 6, and its last entry is 5",
            "record_entry_moved: entries were reordered: what stands as entry 4 was entry 5",
            "record_entry_moved: entries were reordered: what stands as entry 5 was entry 6"}));
}

TEST_F(Tampering, by_exchanging_entries_is_found) {
  execute(
      "UPDATE entry SET sequence = 100 WHERE sequence = 2; UPDATE entry SET sequence = 2 WHERE "
      "sequence = 5;"
      "UPDATE entry SET sequence = 5 WHERE sequence = 100");
  const Said said = findings();
  ASSERT_GE(said.size(), 2U);
  EXPECT_EQ(said[0],
            "record_entry_moved: entries were reordered: what stands as entry 2 was entry 5");
  EXPECT_NE(
      std::find(said.begin(), said.end(),
                "record_entry_moved: entries were reordered: what stands as entry 5 was entry 2"),
      said.end());
}

TEST_F(Tampering, with_the_head_is_found) {
  execute("UPDATE head SET hash = zeroblob(32)");
  EXPECT_EQ(findings(),
            Said{"record_head_differs: the record's head names entry 6, and its last entry is 6"});
  EXPECT_THROW(Ledger::open(path_).append(std::vector{note("on top")}), LedgerError);
}

TEST_F(Tampering, with_the_schema_is_found) {
  execute("CREATE VIEW more AS SELECT 1");
  EXPECT_TRUE(findings().at(0).starts_with("record_unreadable: "));
  EXPECT_THROW(Ledger::open(path_), LedgerError);
}

TEST_F(Tampering, by_a_program_that_knows_no_seals_is_found) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(path_.c_str(), &database), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(database, "UPDATE head SET sequence = 5", nullptr, nullptr, nullptr),
            SQLITE_OK);
  sqlite3_close(database);
  EXPECT_TRUE(findings().at(0).starts_with("record_page_altered: page"));
}

TEST_F(Tampering, with_any_byte_of_the_file_is_found) {
  const auto notes = [&] {
    std::vector<std::string> texts;
    for (const Remark& remark : replay(Ledger::open(path_)).remarks) texts.push_back(remark.text);
    return texts;
  };
  const std::vector<std::string> before = notes();
  const std::string bytes = folder_.read("record.diaodu");
  ASSERT_EQ(bytes.size() % kPageBytes, 0U);
  std::fstream file(path_, std::ios::binary | std::ios::in | std::ios::out);
  const auto put = [&file](std::size_t at, char byte) {
    file.seekp(static_cast<std::streamoff>(at));
    file.put(byte).flush();
  };
  std::size_t num_found = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const auto flipped =
        static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << (at % 8)));
    put(at, flipped);
    bool is_found = false;
    try {
      is_found = verify(path_).findings.has_errors();
    } catch (const LedgerError&) {
      is_found = true;
    }
    EXPECT_TRUE(is_found) << "byte " << at;
    num_found += is_found ? 1 : 0;
    try {  // a reader either sees what was there, or says that it cannot
      EXPECT_EQ(notes(), before) << "byte " << at;
    } catch (const LedgerError&) {
    }
    ASSERT_EQ(folder_.read("record.diaodu").size(), bytes.size());
    put(at, bytes[at]);
  }
  EXPECT_EQ(num_found, bytes.size());
  EXPECT_EQ(folder_.read("record.diaodu"), bytes) << "to verify is not to write";
  EXPECT_EQ(findings(), Said{});
}

TEST_F(Tampering, with_any_byte_of_a_log_left_behind_is_told) {
  std::string log;
  {
    Ledger ledger = Ledger::open(path_);
    ledger.append(std::vector{note("seven")});
    log = folder_.read("record.diaodu-wal");  // before the record is closed, which brings it home
  }
  const std::string bytes = folder_.read("record.diaodu");
  ASSERT_GT(log.size(), kPageBytes);
  // Most of it are pages, of which some bytes stand for all.
  for (std::size_t at = 0; at < log.size(); at += at % (24 + kPageBytes) < 60 ? 1 : 29) {
    std::string altered = log;
    altered[at] = static_cast<char>(static_cast<unsigned char>(altered[at]) ^ (1U << (at % 8)));
    folder_.write("record.diaodu", bytes);
    folder_.write("record.diaodu-wal", altered);
    EXPECT_TRUE(findings().at(0).starts_with("record_log_altered: the write-ahead log ends in"))
        << at;
  }
}

TEST_F(Tampering, by_cutting_the_file_or_adding_to_it_is_found) {
  const std::string bytes = folder_.read("record.diaodu");
  for (const std::size_t size :
       {bytes.size() - 1, bytes.size() - kPageBytes, kPageBytes, std::size_t{100}}) {
    folder_.write("record.diaodu", bytes.substr(0, size));
    EXPECT_FALSE(findings().empty()) << size;
  }
  for (const std::size_t more : {std::size_t{1}, kPageBytes}) {
    folder_.write("record.diaodu", bytes + std::string(more, '\0'));
    EXPECT_TRUE(findings().back().starts_with("record_size_altered: the file has")) << more;
  }
}

TEST_F(Tampering, by_writing_the_record_anew_shows_in_a_signed_head) {
  const KeyPair keys = make_keys();
  const auto judge = [&](std::string_view text, std::string_view key) {
    Findings found;
    verify_signed(Ledger::open(path_), text, "head", key, found);
    return found.is_empty() ? std::string("good") : std::string(found.kept().front().kind->code);
  };
  const std::string text = *sign(Ledger::open(path_).head(), Instant{0}, keys.secret);
  EXPECT_EQ(judge(text, keys.open), "good");
  Ledger::open(path_).append(std::vector{note("later")});
  EXPECT_EQ(judge(text, keys.open), "good");

  EXPECT_EQ(judge(text, make_keys().open), "head_other_key");
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string other = text;
    other[at] = other[at] == '7' ? '8' : '7';
    EXPECT_NE(judge(other, keys.open), "good") << at;
  }
  EXPECT_EQ(judge(text.substr(0, text.size() - 1), keys.open), "head_bad_file");
  std::string forged = text;  // "of seven entries"
  forged.replace(text.find("sequence 6"), 10, "sequence 7");
  EXPECT_EQ(judge(forged, keys.open), "head_bad_signature");
  EXPECT_EQ(sign({}, Instant{0}, "no key"), std::nullopt);

  std::filesystem::remove(path_);
  Ledger::open_or_create(path_).append(std::vector{note("one"), note("two"), note("tree"),
                                                   note("four"), note("five"), note("six"),
                                                   note("seven")});
  EXPECT_EQ(findings(), Said{});
  EXPECT_EQ(judge(text, keys.open), "head_not_in_record");
}

}  // namespace
}  // namespace diaodu::track
