# SPDX-License-Identifier: Apache-2.0
# Installs Polder into an empty prefix, then configures, builds and runs the program beside this file.
# Usage: cmake -D BUILD=<build folder> -D SCRATCH=<folder> -P run.cmake
function(must)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${ARGN}\n${output}")
  endif()
endfunction()

file(REMOVE_RECURSE ${SCRATCH})
must(${CMAKE_COMMAND} --install ${BUILD} --prefix ${SCRATCH}/prefix)
must(${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR} -B ${SCRATCH}/build -G Ninja -D CMAKE_PREFIX_PATH=${SCRATCH}/prefix
     -D CMAKE_BUILD_TYPE=Release -D CMAKE_CXX_COMPILER=${COMPILER})
must(${CMAKE_COMMAND} --build ${SCRATCH}/build)
must(${SCRATCH}/build/polder_user)
must(${SCRATCH}/prefix/bin/polder version)
