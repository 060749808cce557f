#pragma once

/// Put before a function whose loops GCC shall compile for AVX2 as well; which one runs is chosen when
/// the program starts.  Both give the same numbers to the bit: AVX2 without FMA rounds as SSE does.
///
/// The choice runs before a sanitizer is ready, so there it is left out.
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define DIAODU_VECTORISED __attribute__((target_clones("default", "avx2")))
#else
#define DIAODU_VECTORISED
#endif
