# SPDX-License-Identifier: Apache-2.0
# The standard, warnings, floating-point contract and sanitizers that every target shares.
find_program(POLDER_CCACHE ccache)
if(POLDER_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${POLDER_CCACHE})
endif()
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
# Sources of one target in batches: headers are read once a batch, so a whole build takes a fraction of the time. A build
# that is changed and made again is quicker without.
option(POLDER_UNITY "Compile sources in batches" OFF)
set(CMAKE_UNITY_BUILD ${POLDER_UNITY})
set(CMAKE_UNITY_BUILD_BATCH_SIZE 16)

# For targets that compute little themselves but take long to compile: commands, JSON, tests.
function(polder_compile_quickly target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
endfunction()

add_library(polder_options INTERFACE)
add_library(polder::options ALIAS polder_options)
set_target_properties(polder_options PROPERTIES EXPORT_NAME options)
target_compile_features(polder_options INTERFACE cxx_std_20)
# Law 4 (sameness): a*b+c must not be fused on some machines and not on others.
target_compile_options(polder_options INTERFACE -ffp-contract=off)
# The code is fit for shared libraries, but nobody replaces our functions when it is loaded: they may be inlined.
target_compile_options(polder_options INTERFACE $<BUILD_INTERFACE:-fno-semantic-interposition>)
target_compile_options(polder_options INTERFACE
  $<BUILD_INTERFACE:-Wall;-Wextra;-Wpedantic;-Wshadow;-Wconversion;-Wno-sign-conversion;-Wno-psabi>
  # g++ 12 reports these falsely inside std::string
  $<BUILD_INTERFACE:$<$<CXX_COMPILER_ID:GNU>:-Wno-restrict;-Wno-maybe-uninitialized>>)
# Kernels choose their instruction set when the program starts; everything else keeps to what every machine knows, unless:
set(POLDER_ARCH "" CACHE STRING
  "Instruction set that the whole program may use, for example x86-64-v3; host: what this machine knows; empty: any machine")
set(polder_arch "${POLDER_ARCH}")
if(POLDER_ARCH STREQUAL "host" AND CMAKE_CROSSCOMPILING)
  set(polder_arch "")
elseif(POLDER_ARCH STREQUAL "host")
  # AVX2 and what came with it, or nothing: these two are tested to give the same bits (law 4).
  include(CheckCXXSourceRuns)
  check_cxx_source_runs([[
    int main() {
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("fma") ? 0 : 1;
    }]] POLDER_HOST_HAS_AVX2)
  set(polder_arch "")
  if(POLDER_HOST_HAS_AVX2)
    set(polder_arch x86-64-v3)
  endif()
endif()
if(polder_arch)
  target_compile_options(polder_options INTERFACE $<BUILD_INTERFACE:-march=${polder_arch}>)
endif()
if(POLDER_WERROR)
  target_compile_options(polder_options INTERFACE $<BUILD_INTERFACE:-Werror>)
endif()
if(POLDER_SANITIZE)
  target_compile_options(polder_options INTERFACE
    $<BUILD_INTERFACE:-fsanitize=${POLDER_SANITIZE};-fno-omit-frame-pointer;-fno-sanitize-recover=all>)
  target_link_options(polder_options INTERFACE $<BUILD_INTERFACE:-fsanitize=${POLDER_SANITIZE}>)
endif()
if(POLDER_FUZZ)
  target_compile_options(polder_options INTERFACE $<BUILD_INTERFACE:-fsanitize=fuzzer-no-link>)
endif()
target_compile_definitions(polder_options INTERFACE POLDER_BLOCK_ROWS=${POLDER_BLOCK_ROWS})
if(CMAKE_BUILD_TYPE STREQUAL "Debug" OR POLDER_SANITIZE OR POLDER_BLOCK_ROWS LESS 2048)
  target_compile_definitions(polder_options INTERFACE POLDER_CHECKS=1)
endif()

# One library a folder: polder_library(name SOURCES... LINK ...)
function(polder_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
  add_library(polder_${name} STATIC ${ARG_SOURCES})
  add_library(polder::${name} ALIAS polder_${name})
  set_target_properties(polder_${name} PROPERTIES EXPORT_NAME ${name})
  target_include_directories(polder_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}> $<INSTALL_INTERFACE:include/polder>)
  target_link_libraries(polder_${name} PUBLIC polder::options ${ARG_LINK} PRIVATE ${ARG_PRIVATE_LINK})
endfunction()
