#include "diaodu/formats/xml.h"

#include <expat.h>

#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

constexpr int kMostDepth = 100;
constexpr std::size_t kLongestTag = 1 << 20;

std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

std::string_view XmlAttributes::operator[](std::string_view name) const {
  for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
    if (local_name(pair[0]) == name) return pair[1];
  }
  return {};
}

struct XmlReader::State {
  XmlListener& listener;
  std::string file;
  std::string part;
  Findings& findings;
  XML_Parser parser;
  std::size_t num_fed = 0;
  int depth = 0;
  bool is_sound = true;  // nothing wrong so far
  bool is_stopped = false;

  State(XmlListener& to, std::string in_file, std::string in_part, Findings& all,
        const std::string& encoding)
      : listener(to),
        file(std::move(in_file)),
        part(std::move(in_part)),
        findings(all),
        parser(XML_ParserCreate(encoding.empty() ? nullptr : encoding.c_str())) {
    XML_SetUserData(parser, this);
    XML_SetElementHandler(parser, begin, end);
    XML_SetCharacterDataHandler(parser, text);
    XML_SetEntityDeclHandler(parser, entity);
    XML_SetAttlistDeclHandler(parser, attribute_list);
  }
  ~State() { XML_ParserFree(parser); }
  State(const State&) = delete;

  static State& of(void* data) { return *static_cast<State*>(data); }

  static void XMLCALL begin(void* data, const XML_Char* name, const XML_Char** attributes) {
    State& state = of(data);
    if (state.is_stopped) return;
    if (++state.depth > kMostDepth) {
      state.damaged({"elements within elements without end", "元素嵌套过深"});
      return;
    }
    state.listener.begin(local_name(name), XmlAttributes(attributes));
  }
  static void XMLCALL end(void* data, const XML_Char* name) {
    State& state = of(data);
    if (state.is_stopped) return;
    --state.depth;
    state.listener.end(local_name(name));
  }
  static void XMLCALL text(void* data, const XML_Char* letters, int size) {
    State& state = of(data);
    if (!state.is_stopped) state.listener.text({letters, static_cast<std::size_t>(size)});
  }
  static void XMLCALL entity(void* data, const XML_Char*, int, const XML_Char*, int,
                             const XML_Char*, const XML_Char*, const XML_Char*, const XML_Char*) {
    State& state = of(data);
    if (state.is_stopped) return;
    state.findings.add(found::xml_entities, {.file = state.file});
    state.is_sound = false;
    state.halt();
  }
  static void XMLCALL attribute_list(void* data, const XML_Char*, const XML_Char*, const XML_Char*,
                                     const XML_Char*, int) {
    of(data).damaged({"it declares attributes of its own", "自行声明了属性"});
  }

  void halt() {
    is_stopped = true;
    XML_StopParser(parser, XML_FALSE);
  }
  void damaged(const Words& what) {
    if (is_stopped) return;
    const std::string line = std::to_string(XML_GetCurrentLineNumber(parser));
    findings.add(found::damaged_xml, {.file = file},
                 {Argument{part + " line " + line + ": " + std::string(what.en),
                           part + " 第 " + line + " 行：" + std::string(what.zh)}});
    is_sound = false;
    halt();
  }

  bool parse(std::string_view piece, bool is_last) {
    if (is_stopped) return false;
    num_fed += piece.size();
    const XML_Status status =
        XML_Parse(parser, piece.data(), static_cast<int>(piece.size()), is_last ? 1 : 0);
    if (is_stopped) return false;
    if (status != XML_STATUS_OK) {
      const char* reason = XML_ErrorString(XML_GetErrorCode(parser));
      damaged({reason, reason});
      return false;
    }
    // The parser keeps an unfinished tag and starts it anew with each piece.
    const XML_Index done = XML_GetCurrentByteIndex(parser);
    if (done >= 0 && num_fed - static_cast<std::size_t>(done) > kLongestTag + piece.size()) {
      damaged({"a tag of more than a mebibyte", "标签超过 1 MiB"});
      return false;
    }
    return true;
  }
};

XmlReader::XmlReader(XmlListener& listener, std::string file, std::string part, Findings& findings,
                     const std::string& encoding)
    : state_(std::make_unique<State>(listener, std::move(file), std::move(part), findings,
                                     encoding)) {}
XmlReader::~XmlReader() = default;

bool XmlReader::feed(std::string_view piece) { return state_->parse(piece, false); }

int XmlReader::line() const { return static_cast<int>(XML_GetCurrentLineNumber(state_->parser)); }

bool XmlReader::finish() { return state_->parse({}, true) && state_->is_sound; }

}  // namespace diaodu::formats
