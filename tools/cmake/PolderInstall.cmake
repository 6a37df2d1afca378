# SPDX-License-Identifier: Apache-2.0
# `cmake --install`: the command, the scenario library, and the package that lets others link polder::engine and the rest:
#   find_package(polder REQUIRED)
#   target_link_libraries(my_program PRIVATE polder::engine)
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/polder)

set(libraries polder_options)
foreach(folder engine agents scenarios output)
  if(TARGET polder_${folder})
    list(APPEND libraries polder_${folder})
    install(DIRECTORY ${PROJECT_SOURCE_DIR}/${folder}/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/polder/${folder}
            COMPONENT development FILES_MATCHING PATTERN "*.hpp")
  endif()
endforeach()
install(TARGETS ${libraries} EXPORT polder COMPONENT development
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT polder NAMESPACE polder:: FILE polderTargets.cmake DESTINATION ${package_dir} COMPONENT development)
configure_package_config_file(${PROJECT_SOURCE_DIR}/tools/cmake/polderConfig.cmake.in
  ${PROJECT_BINARY_DIR}/polderConfig.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/polderConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/polderConfig.cmake ${PROJECT_BINARY_DIR}/polderConfigVersion.cmake
        DESTINATION ${package_dir} COMPONENT development)

if(TARGET polder)
  install(TARGETS polder RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT command)
endif()
if(TARGET polder_analysis)
  install(TARGETS polder_analysis RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT command)
endif()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/scenarios/ DESTINATION ${CMAKE_INSTALL_DATADIR}/polder/scenarios
        COMPONENT scenarios FILES_MATCHING PATTERN "*.yaml" PATTERN "*.csv" PATTERN "*.md")
