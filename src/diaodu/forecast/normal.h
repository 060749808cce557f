#pragma once

#include <span>

#include "diaodu/forecast/stream.h"

namespace diaodu::forecast {

/// The standard normal distribution function, by `erfc`: relative error below 1e-15 in both tails.
double normal_cdf(double score);
/// Its inverse (Boost.Math's erfc_inv), for 0 < probability < 1.
double normal_quantile(double probability);

/// The normal score of each uniform, by table: |error| < 2e-6.
void scores_of(std::span<const Uniform> uniforms, std::span<float> scores);
/// mean + deviation * score; error of the score as above.
void normals_of(std::span<const Uniform> uniforms, float mean, float deviation,
                std::span<float> out);
/// The uniform of each score, by table: the probability of the nearer tail has a relative error < 1e-6, or
/// 2^-31.  Scores beyond 6.5 count as 6.5.
void uniforms_of(std::span<const float> scores, std::span<Uniform> uniforms);

/// shift + scale * (e^(deviation * value) - 1), in place; relative error of e^x - 1 < 1e-6 for |x| < 60.
void exponentials_of(float deviation, float shift, float scale, std::span<float> values);

}  // namespace diaodu::forecast
