#pragma once

/// Put before a function whose loops GCC shall compile for AVX2 and AVX-512 as well; which one runs is chosen when
/// the program starts.  All give the same numbers to the bit: where products are not contracted into sums
/// (-ffp-contract=off), they round as SSE does.
///
/// The choice runs before a sanitizer is ready, so there it is left out.
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define DIAODU_VECTORISED __attribute__((target_clones("default", "avx2", "arch=x86-64-v4")))
#else
#define DIAODU_VECTORISED
#endif
