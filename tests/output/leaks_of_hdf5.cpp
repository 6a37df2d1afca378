// SPDX-License-Identifier: Apache-2.0
// HDF5 1.10.8 forgets some memory where it meets a damaged file or a full disk; the leak sanitizer shall
// report ours alone.

// NOLINTNEXTLINE(bugprone-reserved-identifier): the name is the sanitizer's
extern "C" const char* __lsan_default_suppressions();
// NOLINTNEXTLINE(bugprone-reserved-identifier)
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libhdf5";
}
