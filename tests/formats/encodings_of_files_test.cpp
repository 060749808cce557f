#include <gtest/gtest.h>
#include <iconv.h>

#include <functional>

#include "diaodu/formats/outline.h"
#include "diaodu/formats/plan_file.h"
#include "diaodu/formats/read_facts.h"
#include "formats/xer_text.h"
#include "support/findings.h"
#include "support/tables.h"
#include "support/temporary.h"

// Every form that has texts, in every encoding that people's programs write.
namespace diaodu::formats {
namespace {

/// Text as the bytes of an encoding, by iconv's name of it.
std::string in(const std::string& encoding, std::string text) {
  iconv_t converter = iconv_open(encoding.c_str(), "UTF-8");
  std::string bytes(text.size() * 2 + 8, '\0');
  char* from = text.data();
  char* to = bytes.data();
  std::size_t from_left = text.size();
  std::size_t to_left = bytes.size();
  EXPECT_EQ(iconv(converter, &from, &from_left, &to, &to_left), 0U) << encoding << ": " << text;
  iconv_close(converter);
  bytes.resize(bytes.size() - to_left);
  return bytes;
}

struct Encoding {
  const char* says;
  const char* iconv_name;
  std::string_view mark;
  std::vector<const char*> declared;  ///< as XML has it
  const char* name;                   ///< of a task, in the encoding's letters
  bool is_told_by_bytes;              ///< UTF-8 and what has a mark: no guess, no finding
};

const std::vector<Encoding>& encodings() {
  static const std::vector<Encoding> all = {
      {"UTF-8", "UTF-8", "", {"UTF-8", "utf-8"}, "Général Фундамент 基础工程", true},
      {"UTF-8 with its mark",
       "UTF-8",
       "\xEF\xBB\xBF",
       {"UTF-8"},
       "Général Фундамент 基础工程",
       true},
      {"UTF-16LE", "UTF-16LE", "\xFF\xFE", {"UTF-16", "UTF-8"}, "Général Фундамент 基础工程", true},
      {"UTF-16BE", "UTF-16BE", "\xFE\xFF", {"UTF-16"}, "Général Фундамент 基础工程", true},
      {"CP1252", "WINDOWS-1252", "", {"windows-1252", "ISO-8859-1"}, "Général à 5 €", false},
      {"CP1251", "WINDOWS-1251", "", {"windows-1251", "cp1251"}, "Фундамент, Подъезд", false},
      {"CP1251 in capitals", "WINDOWS-1251", "", {"windows-1251"}, "ФУНДАМЕНТ", false},
      {"GB18030", "GB18030", "", {"GB18030", "GBK", "gb2312"}, "基础工程，钢筋混凝土", false},
      {"GBK beyond GB2312", "GB18030", "", {"gb2312"}, "朱镕工程，基础施工", false},
  };
  return all;
}

/// A file, its text around a name, and how it gives the name back.
struct Form {
  const char* says;
  const char* file;
  std::function<std::string(const std::string& name)> text;
  std::function<std::string(const std::filesystem::path&, Findings&)> read;
};

std::string first_name(const std::filesystem::path& path, Findings& findings) {
  const ReadPlan read = read_plan(path);
  findings.append(read.findings);
  return read.plan.tasks.empty() ? "no task" : read.plan.tasks[TaskId{0}].name.str();
}

std::string name_of_plan(const std::filesystem::path& path, Findings& findings) {
  const ReadPlan read = read_plan(path);
  findings.append(read.findings);
  return read.plan.name;
}

const std::vector<Form>& plain_forms() {
  static const std::vector<Form> all = {
      {"plan.toml", "plan.toml",
       [](const std::string& name) {
         return "[plan]\nname = '" + name + "'\nstart = 2024-01-01\n";
       },
       name_of_plan},
      {"a table", "tasks.csv",
       [](const std::string& name) { return "id,name,duration\nA,\"" + name + "\",2d\n"; },
       first_name},
      {"a list of tasks", "list.csv",
       [](const std::string& name) {
         return "Task Name,Duration,Start\n\"" + name + "\",2 days,2024-01-02\n";
       },
       first_name},
      {"XER", "a.xer",
       [](const std::string& name) {
         return XerText().task("A", {{"task_name", name}}).str();
       },
       first_name},
      {"TaskJuggler", "a.tjp",
       [](const std::string& name) {
         return "project x \"X\" 2024-01-01 +1m\ntask a \"" + name + "\" { duration 1d }\n";
       },
       first_name},
      {"facts", "notes.csv",
       [](const std::string& name) { return "date,text\n2024-01-02,\"" + name + "\"\n"; },
       [](const std::filesystem::path& path, Findings& findings) {
         std::ifstream in(path, std::ios::binary);
         const std::string bytes{std::istreambuf_iterator<char>(in), {}};
         const Instant now{30'000'000};  // in 2027
         const ReadFacts facts =
             read_facts(bytes, "notes.csv", Plan(), {.author = "lin", .recorded = now, .now = now});
         findings.append(facts.findings);
         if (facts.events.empty()) return std::string("no note");
         return std::get<track::Remark>(facts.events[0].fact).text;
       }},
  };
  return all;
}

const std::vector<Form>& xml_forms() {
  static const std::vector<Form> all = {
      {"Microsoft Project", "a.xml",
       [](const std::string& name) {
         return "<Project xmlns=\"http://schemas.microsoft.com/project\"><StartDate>"
                "2024-03-04T08:00:00</StartDate><Tasks><Task><UID>1</UID><ID>1</ID><Name>" +
                name + "</Name><Duration>PT8H0M0S</Duration></Task></Tasks></Project>";
       },
       first_name},
      {"Primavera", "a.xml",
       [](const std::string& name) {
         return "<APIBusinessObjects xmlns=\"http://xmlns.oracle.com/Primavera/P6/V8.3/API/"
                "BusinessObjects\"><Project><ObjectId>1</ObjectId><Id>P</Id><PlannedStartDate>"
                "2024-03-04T08:00:00</PlannedStartDate><Activity><ObjectId>A</ObjectId><Id>A</Id>"
                "<Name>" +
                name +
                "</Name><PlannedDuration>16</PlannedDuration></Activity></Project>"
                "</APIBusinessObjects>";
       },
       first_name},
      {"GanttProject", "a.gan",
       [](const std::string& name) {
         return "<project name=\"x\" view-date=\"2024-04-01\"><tasks><task id=\"1\" name=\"" +
                name + "\" start=\"2024-04-01\" duration=\"3\" complete=\"0\"/></tasks></project>";
       },
       first_name},
  };
  return all;
}

/// What reading finds of encodings; of such small plans some form may lack something else.
std::vector<std::string> of_encodings(const Findings& findings) {
  std::vector<std::string> lines;
  for (const Finding& finding : findings.kept()) {
    const std::string_view code = finding.kind->code;
    if (code == "bad_encoding" || code == "nul_bytes") lines.emplace_back(code);
    if (code == "encoding_assumed") lines.push_back("as " + finding.arguments[0].en);
  }
  return lines;
}

using Lines = std::vector<std::string>;

/// The bytes are read as what was written, and a guess is told.
void expect_name(const Form& form, const Encoding& encoding, const std::string& head,
                 bool is_guess) {
  SCOPED_TRACE(std::string(form.says) + " in " + encoding.says + ' ' + head);
  const TemporaryFolder folder;
  if (std::string_view(form.file) == "plan.toml") folder.write("tasks.csv", "id,duration\nA,1d\n");
  const auto path =
      folder.write(form.file, std::string(encoding.mark) +
                                  in(encoding.iconv_name, head + form.text(encoding.name)));
  Findings findings;
  EXPECT_EQ(form.read(path, findings), encoding.name) << words_of(findings);
  EXPECT_EQ(of_encodings(findings),
            is_guess ? Lines{"as " + std::string(encoding.iconv_name)} : Lines{});
}

TEST(EncodingsOfFiles, names_come_out_of_every_form_in_every_encoding_as_they_were_written) {
  for (const Encoding& encoding : encodings()) {
    for (const Form& form : plain_forms())
      expect_name(form, encoding, "", !encoding.is_told_by_bytes);
    for (const Form& form : xml_forms())
      expect_name(form, encoding, "", !encoding.is_told_by_bytes);
  }
}

TEST(EncodingsOfFiles, what_xml_declares_needs_no_guess) {
  for (const Form& form : xml_forms()) {
    for (const Encoding& encoding : encodings()) {
      for (const std::string declared : encoding.declared)
        expect_name(form, encoding, "<?xml version=\"1.0\" encoding=\"" + declared + "\"?>\n",
                    false);
    }
    // One short word is too little to guess from.
    for (const Encoding& brief : {Encoding{"CP1251", "WINDOWS-1251", "", {}, "Цех", false},
                                  Encoding{"GB18030", "GB18030", "", {}, "土", false},
                                  Encoding{"KOI8-R", "KOI8-R", "", {}, "Цех", false}})
      expect_name(form, brief,
                  std::string("<?xml version='1.0' encoding='") + brief.iconv_name + "'?>", false);
    // Bytes cannot be in what is declared here, so what they look like counts, and is told.
    for (const std::string wrong : {"UTF-8", "us-ascii", "UTF-16", "KLINGON"})
      expect_name(form, encodings()[5], "<?xml version=\"1.0\" encoding=\"" + wrong + "\"?>", true);
    // UTF-16 without its mark is told by its first letter.
    expect_name(form, {"UTF-16LE without mark", "UTF-16LE", "", {}, "Цех 基础", true},
                "<?xml version=\"1.0\" encoding=\"UTF-16\"?>", false);
    expect_name(form, {"UTF-16BE without mark", "UTF-16BE", "", {}, "Цех 基础", true}, "", false);
    // Programs turn texts into UTF-8 and leave what is declared.
    for (const std::string left : {"GB2312", "windows-1251", "UTF-16", "ISO-8859-1"})
      expect_name(form, encodings()[0], "<?xml version=\"1.0\" encoding=\"" + left + "\"?>", false);
  }
}

TEST(EncodingsOfFiles, a_long_list_is_recognised_wherever_its_beginning_is_cut) {
  // 64 KiB are looked at; a letter has three bytes, so that one of three lists is cut within one.
  for (const std::string blanks : {"", " ", "  "}) {
    std::string list = "任务名称,工期,开始时间\n" + blanks;
    for (int i = 0; list.size() < 70'000; ++i)
      list += "基础工程第" + std::to_string(i) + "段,2 工作日,2024-01-02\n";
    const TemporaryFolder folder;
    Findings findings;
    EXPECT_EQ(first_name(folder.write("l.csv", list), findings), "基础工程第0段");
    EXPECT_EQ(first_name(folder.write("g.csv", in("GB18030", list)), findings), "基础工程第0段");
  }
}

TEST(EncodingsOfFiles, forms_of_numbers_alone_may_have_marks_too) {
  constexpr std::string_view kPattersonText =
      "4 2\n3 2\n0 0 0 2 2 3\n5 3 0 1 4\n7 1 2 1 4\n0 0 0 0\n";
  constexpr std::string_view kProgenMaxText =
      "2\t1\t0\t0\n0\t1\t1\t1\t[4]\n1\t1\t1\t2\t[2]\n2\t1\t1\t3\t[3]\n3\t1\t0\n0\t1\t0\t0\n"
      "1\t1\t2\t1\n2\t1\t3\t1\n3\t1\t0\t0\n1\n";
  constexpr std::string_view kPsplib =
      "****\njobs (incl. supersource/sink ):  3\nRESOURCES\n- renewable : 1 R\n"
      "- nonrenewable : 0 N\n- doubly constrained : 0 D\n****\nPRECEDENCE RELATIONS:\n"
      "jobnr. #modes #successors successors\n1 1 1 2\n2 1 1 3\n3 1 0\n****\n"
      "REQUESTS/DURATIONS:\njobnr. mode duration R 1\n----\n1 1 0 0\n2 1 5 3\n3 1 0 0\n****\n"
      "RESOURCEAVAILABILITIES:\nR 1\n3\n****\n";
  for (const auto& [file, text, num_tasks] :
       {std::tuple{"a.rcp", kPattersonText, 4U}, std::tuple{"a.sch", kProgenMaxText, 4U},
        std::tuple{"a.sm", kPsplib, 3U}, std::tuple{"a.mm", kPsplib, 3U}}) {
    for (const Encoding& encoding : encodings()) {
      if (!encoding.is_told_by_bytes) continue;  // digits are the same in the others
      SCOPED_TRACE(std::string(file) + " in " + encoding.says);
      const TemporaryFolder folder;
      const ReadPlan read = read_plan(folder.write(
          file, std::string(encoding.mark) + in(encoding.iconv_name, std::string(text))));
      EXPECT_EQ(words_of(read.findings), "");
      EXPECT_EQ(read.plan.tasks.size(), num_tasks);
    }
  }
}

TEST(EncodingsOfFiles, outlines_are_drawn_whatever_the_names_in_them_are_written_in) {
  for (const Encoding& encoding : encodings()) {
    SCOPED_TRACE(encoding.says);
    Findings findings;
    const Outline outline = parse_outline(
        std::string(encoding.mark) +
            in(encoding.iconv_name,
               R"({"type":"Feature","properties":{"name":")" + std::string(encoding.name) +
                   R"("},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}})"),
        "a.geojson", findings);
    EXPECT_EQ(outline.lines, (std::vector<Outline::Line>{{1, 2, 3, 4}})) << words_of(findings);
  }
}

TEST(EncodingsOfFiles, where_too_little_is_there_to_guess_from_the_guess_is_told_with_the_way_out) {
  const TemporaryFolder folder;
  Findings findings;
  first_name(folder.write("a.csv", in("WINDOWS-1251", "id,name,duration\nA,Цех,1d\n")), findings);
  EXPECT_NE(words_of(findings).find("not UTF-8; read as WINDOWS-1252\n"
                                    "  hint: where names look wrong, save the file as UTF-8"),
            std::string::npos)
      << words_of(findings);
}

}  // namespace
}  // namespace diaodu::formats
