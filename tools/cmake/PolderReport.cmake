# SPDX-License-Identifier: Apache-2.0
# polder_report_bundle(VARIABLE): bundles the web sources of output/report/ with npm's packages and puts them into a C++ source,
# whose path VARIABLE gets. Where Node.js, npm or the packages are missing, the source says so instead and the build goes on.
function(polder_report_bundle variable)
  set(sources ${PROJECT_SOURCE_DIR}/output/report)
  set(work ${PROJECT_BINARY_DIR}/report)
  set(generated ${work}/bundle.cpp)
  file(MAKE_DIRECTORY ${work})

  find_program(POLDER_NODE NAMES node nodejs)
  find_program(POLDER_NPM npm)
  set(missing "")
  if(NOT POLDER_NODE OR NOT POLDER_NPM)
    set(missing "built without the report: Node.js or npm was not there")
  else()
    execute_process(COMMAND ${POLDER_NODE} --version OUTPUT_VARIABLE version OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    if(NOT version MATCHES "^v([0-9]+)" OR CMAKE_MATCH_1 LESS 18)
      set(missing "built without the report: Node.js is ${version}, it needs 18 or later")
    else()
      polder_report_packages("${sources}" "${work}" missing)
    endif()
  endif()

  set(script ${PROJECT_SOURCE_DIR}/tools/cmake/embed_report.cmake)
  if(missing)
    message(STATUS "polder report: ${missing}")
    execute_process(COMMAND ${CMAKE_COMMAND} -D OUT=${work}/no_bundle.cpp -D "MISSING=${missing}" -P ${script})
    set(${variable} ${work}/no_bundle.cpp PARENT_SCOPE)
    return()
  endif()
  set(${variable} ${generated} PARENT_SCOPE)
  file(GLOB_RECURSE web CONFIGURE_DEPENDS ${sources}/src/*)
  add_custom_command(
    OUTPUT ${generated}
    COMMAND ${CMAKE_COMMAND} -E copy_directory ${sources}/src ${work}/src
    COMMAND ${CMAKE_COMMAND} -E copy ${sources}/bundle.mjs ${work}/bundle.mjs
    COMMAND ${POLDER_NODE} bundle.mjs
    COMMAND ${CMAKE_COMMAND} -D OUT=${generated} -D PAGE=${work}/page.html -D PICTURES=${work}/pictures.mjs -P ${script}
    DEPENDS ${web} ${sources}/bundle.mjs ${sources}/package-lock.json ${script}
    WORKING_DIRECTORY ${work}
    COMMENT "Bundling the report" VERBATIM)
endfunction()

# Installs the packages that package-lock.json names, once for each lock file.
function(polder_report_packages sources work variable)
  file(SHA256 ${sources}/package-lock.json wanted)
  set(stamp ${work}/installed)
  set(installed "")
  if(EXISTS ${stamp})
    file(READ ${stamp} installed)
  endif()
  if(installed STREQUAL wanted)
    return()
  endif()
  message(STATUS "polder report: installing npm packages")
  file(COPY ${sources}/package.json ${sources}/package-lock.json DESTINATION ${work})
  execute_process(
    COMMAND ${POLDER_NPM} ci --prefer-offline --no-audit --no-fund --ignore-scripts --loglevel=error --fetch-retries=1
            --fetch-retry-mintimeout=1000 --fetch-timeout=30000
    WORKING_DIRECTORY ${work} TIMEOUT 120 RESULT_VARIABLE failed OUTPUT_QUIET ERROR_VARIABLE reason)
  if(NOT failed EQUAL 0)
    string(REGEX REPLACE "[\r\n].*" "" reason "${reason}")
    if(NOT reason)
      set(reason "${failed}")
    endif()
    set(${variable} "built without the report: its npm packages could not be installed (${reason})" PARENT_SCOPE)
    return()
  endif()
  file(WRITE ${stamp} ${wanted})
endfunction()
