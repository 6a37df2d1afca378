# SPDX-License-Identifier: Apache-2.0
# cmake -D OUT=bundle.cpp (-D PAGE=page.html -D PICTURES=pictures.mjs | -D MISSING=reason) -P embed_report.cmake
# Writes the C++ source that holds the bundled report: bytes as an array each, or why there are none.
function(bytes_of file variable)
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "................................" "\\0\n" lines "${hex}")  # 16 bytes a line
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${lines}")
  set(${variable} "${bytes}" PARENT_SCOPE)
endfunction()

set(text "// Written by the build from output/report/.\n#include \"tools/report/page.hpp\"\n\nnamespace polder::tools::report {\n")
if(MISSING)
  string(REPLACE "\\" "\\\\" MISSING "${MISSING}")
  string(REPLACE "\"" "\\\"" MISSING "${MISSING}")
  string(APPEND text "\nBundle bundle() { return {{}, {}, \"${MISSING}\"}; }\n")
else()
  bytes_of(${PAGE} page)
  bytes_of(${PICTURES} pictures)
  string(APPEND text "\nnamespace {\nconstexpr unsigned char page_bytes[] = {\n${page}};\n"
         "constexpr unsigned char pictures_bytes[] = {\n${pictures}};\n"
         "std::string_view view(const unsigned char* bytes, std::size_t size) {\n"
         "  return {reinterpret_cast<const char*>(bytes), size};\n}\n}  // namespace\n\n"
         "Bundle bundle() {\n  return {view(page_bytes, sizeof page_bytes), view(pictures_bytes, sizeof pictures_bytes), {}};\n}\n")
endif()
string(APPEND text "\n}  // namespace polder::tools::report\n")
file(WRITE ${OUT} "${text}")
