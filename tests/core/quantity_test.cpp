#include "diaodu/core/quantity.h"

#include "support/property.h"

namespace diaodu {
namespace {

TEST(Quantity, adds_and_subtracts_like_the_numbers_inside) {
  EXPECT_EQ(WorkTime{480} + WorkTime{60}, WorkTime{540});
  EXPECT_EQ(WorkTime{480} - WorkTime{500}, WorkTime{-20});
  EXPECT_EQ(-Money{5}, Money{-5});
  Amount people = kOne;
  people += kOne;
  people -= Amount{500};
  EXPECT_EQ(people.count(), 1500);
}

TEST(Quantity, times_a_number_is_the_same_unit_and_over_a_quantity_a_number) {
  EXPECT_EQ(WorkTime{480} * 3, WorkTime{1440});
  EXPECT_EQ(3 * WorkTime{480}, WorkTime{1440});
  EXPECT_EQ(WorkTime{1000} / WorkTime{480}, 2);
  EXPECT_EQ(WorkTime{-1000} / WorkTime{480}, -2);  // towards zero
}

TEST(Quantity, a_default_one_is_zero) {
  EXPECT_EQ(Elapsed{}, Elapsed{0});
  EXPECT_LT(Elapsed{-1}, Elapsed{});
}

TEST(Quantity, sums_forget_the_order_of_their_terms) {
  holds(1000, [](std::int32_t a, std::int32_t b, std::int32_t c) {
    RC_ASSERT(Money{a} + Money{b} - Money{c} == Money{b} - Money{c} + Money{a});
    RC_ASSERT((Money{a} < Money{b}) == (a < b));
  });
}

TEST(Cost, two_and_a_half_people_for_ninety_minutes_at_80_an_hour_cost_300) {
  // 2.5 people x 1.5 h = 3.75 h; 3.75 h x 80.00 = 300.00
  EXPECT_EQ(cost(Amount{2500} * WorkTime{90}, Money{80'00}), Money{300'00});
}

TEST(Cost, half_a_cent_is_rounded_away_from_zero) {
  // 1 person, 30 min at 0.01 an hour: half a cent.
  EXPECT_EQ(cost(kOne * WorkTime{30}, Money{1}), Money{1});
  EXPECT_EQ(cost(kOne * WorkTime{30}, Money{-1}), Money{-1});
  EXPECT_EQ(cost(kOne * WorkTime{29}, Money{1}), Money{0});
  EXPECT_EQ(cost(Amount{500}, Money{3}), Money{2});  // 1.5 cents
  EXPECT_EQ(cost(Amount{500}, Money{-3}), Money{-2});
  EXPECT_EQ(cost(Amount{499}, Money{1}), Money{0});
}

TEST(Cost, a_product_too_large_for_64_bits_on_the_way_still_comes_out) {
  // A thousand million tonnes at 1000.00 each: 10^12 thousandths x 10^5 cents = 10^17, over 1000.
  EXPECT_EQ(cost(Amount{1'000'000'000'000}, Money{1000'00}), Money{100'000'000'000'000});
  // 10^12 thousandths for a year around the clock at 100.00 an hour.
  const Effort year = Amount{1'000'000'000'000} * WorkTime{525'600};
  EXPECT_EQ(cost(year, Money{100'00}),
            Money{87'600'000'000'000'000});  // 10^9 x 8760 h x 10^4 cents
}

}  // namespace
}  // namespace diaodu
