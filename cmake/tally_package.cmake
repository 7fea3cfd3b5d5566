# libtally for other programs: libstimmwerk-tally, shared and static, made of the objects
# that this program uses itself, and what pkg-config and find_package need to find it.
# `cmake --install BUILD --component tally` installs these alone.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# ---- the version is the header's ----

set(header ${CMAKE_SOURCE_DIR}/include/stimmwerk/tally/base.h)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${header})
file(READ ${header} text)
foreach(part MAJOR MINOR PATCH)
    if(NOT text MATCHES "#define TALLY_VERSION_${part} ([0-9]+)\n")
        message(FATAL_ERROR "${header} has no TALLY_VERSION_${part}")
    endif()
    set(TALLY_VERSION_${part} ${CMAKE_MATCH_1})
endforeach()
set(TALLY_VERSION ${TALLY_VERSION_MAJOR}.${TALLY_VERSION_MINOR}.${TALLY_VERSION_PATCH})

# ---- shared ----

# What is exported can't be replaced by a program's own: calls inside stay inside.
set_target_properties(stimmwerk_tally PROPERTIES POSITION_INDEPENDENT_CODE ON)
target_compile_options(stimmwerk_tally PRIVATE -fno-semantic-interposition)
set_target_properties(stimmwerk_tally PROPERTIES STIMMWERK_FAST ON)

add_library(stimmwerk-tally SHARED $<TARGET_OBJECTS:stimmwerk_tally>)
set_target_properties(
    stimmwerk-tally PROPERTIES LINKER_LANGUAGE C EXPORT_NAME tally
                               VERSION ${TALLY_VERSION} SOVERSION ${TALLY_VERSION_MAJOR})
target_link_libraries(stimmwerk-tally PRIVATE stimmwerk_flags)
target_link_options(stimmwerk-tally PRIVATE -Wl,-z,defs -Wl,-Bsymbolic-functions)

# ---- static ----

# One object whose hidden symbols are local: in an archive of many objects they would be
# global, and a program with a function `names_add` of its own could not be linked.
set(closed ${CMAKE_BINARY_DIR}/stimmwerk_tally_closed.o)
add_custom_command(
    OUTPUT ${closed}
    COMMAND ${CMAKE_C_COMPILER} -r -nostdlib -o ${closed}
            $<TARGET_OBJECTS:stimmwerk_tally>
    COMMAND ${CMAKE_OBJCOPY} --localize-hidden ${closed}
    DEPENDS stimmwerk_tally $<TARGET_OBJECTS:stimmwerk_tally>
    COMMAND_EXPAND_LISTS VERBATIM)
add_library(stimmwerk-tally-static STATIC ${closed})
set_source_files_properties(${closed} PROPERTIES EXTERNAL_OBJECT ON GENERATED ON)
set_target_properties(
    stimmwerk-tally-static PROPERTIES LINKER_LANGUAGE C EXPORT_NAME tally-static
                                      OUTPUT_NAME stimmwerk-tally)

# ---- installing ----

# The .pc file finds its prefix by itself: what was installed may be moved.
set(pc_dir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
file(RELATIVE_PATH pc_to_prefix /${pc_dir} /)
string(REGEX REPLACE "/$" "" pc_to_prefix ${pc_to_prefix})
configure_file(cmake/stimmwerk-tally.pc.in ${CMAKE_BINARY_DIR}/stimmwerk-tally.pc @ONLY)
set(cmake_dir ${CMAKE_INSTALL_LIBDIR}/cmake/stimmwerk-tally)
write_basic_package_version_file(
    ${CMAKE_BINARY_DIR}/stimmwerk-tally-config-version.cmake
    VERSION ${TALLY_VERSION}
    COMPATIBILITY SameMajorVersion)

install(
    TARGETS stimmwerk-tally stimmwerk-tally-static
    EXPORT stimmwerk-tally
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT tally
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT tally
    INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
# Nothing else has to be found first: the list of targets is the whole configuration.
install(
    EXPORT stimmwerk-tally
    FILE stimmwerk-tally-config.cmake
    NAMESPACE stimmwerk::
    DESTINATION ${cmake_dir}
    COMPONENT tally)
install(
    FILES ${CMAKE_BINARY_DIR}/stimmwerk-tally-config-version.cmake
    DESTINATION ${cmake_dir}
    COMPONENT tally)
install(
    FILES ${CMAKE_BINARY_DIR}/stimmwerk-tally.pc
    DESTINATION ${pc_dir}
    COMPONENT tally)
install(
    DIRECTORY include/stimmwerk
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
    COMPONENT tally
    FILES_MATCHING
    PATTERN "*.h")
install(
    FILES LICENSE docs/libtally.md
    DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/doc/stimmwerk-tally
    COMPONENT tally)
install(
    FILES docs/man/stimmwerk-tally.3
    DESTINATION ${CMAKE_INSTALL_MANDIR}/man3
    COMPONENT tally)
