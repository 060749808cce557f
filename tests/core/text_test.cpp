#include "diaodu/core/text.h"

#include "support/property.h"

namespace diaodu {
namespace {

TEST(Text, reads_like_the_letters_that_went_in) {
  TextPool pool;
  const Text text = pool.add("浇筑底板");
  EXPECT_EQ(text.view(), "浇筑底板");
  EXPECT_EQ(text.str(), std::string("浇筑底板"));
  EXPECT_EQ(text, std::string_view("浇筑底板"));
  EXPECT_FALSE(text.empty());
  const std::string_view view = text;
  EXPECT_EQ(view.size(), 12U);
}

TEST(Text, empty_letters_make_the_empty_text) {
  TextPool pool;
  EXPECT_TRUE(pool.add("").empty());
  EXPECT_EQ(pool.add(""), Text{});
  EXPECT_EQ(Text{}.view(), "");
}

TEST(TextPool, keeps_a_repeated_text_once) {
  TextPool pool;
  const Text first = pool.add("Li Wei");
  const Text again = pool.add("Li Wei");
  EXPECT_EQ(first.view().data(), again.view().data());
}

TEST(TextPool, earlier_texts_stay_where_they_are_while_more_come) {
  holds(200, [](const std::vector<std::string>& letters) {
    TextPool pool;
    std::vector<Text> texts;
    for (const std::string& each : letters) {
      texts.push_back(pool.add(each));
      pool.add(std::string(20'000, 'x'));  // a block of its own
      pool.add(each + std::string(5'000, 'y'));
    }
    for (std::size_t i = 0; i < letters.size(); ++i) RC_ASSERT(texts[i].view() == letters[i]);
  });
}

}  // namespace
}  // namespace diaodu
