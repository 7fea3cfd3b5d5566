# stimmwerk_layer(NAME [PUBLIC_API] [USES layers…] [LIBRARIES targets…] [SQL dialect]
#                 [EXCEPT files…])
#
# One target per directory of server/. A layer publishes its headers through a
# folder of links of its own, so that `#include "store/store.h"` compiles only where
# USES names store: the directory tree itself is on nobody's include path.
function(stimmwerk_layer name)
    cmake_parse_arguments(arg "PUBLIC_API" "SQL" "USES;LIBRARIES;EXCEPT" ${ARGN})
    set(dir ${CMAKE_SOURCE_DIR}/server/${name})
    set(view ${CMAKE_BINARY_DIR}/view/${name})
    file(MAKE_DIRECTORY ${view})
    file(CREATE_LINK ${dir} ${view}/${name} SYMBOLIC)

    file(GLOB sources CONFIGURE_DEPENDS ${dir}/*.c)
    foreach(file IN LISTS arg_EXCEPT)
        list(REMOVE_ITEM sources ${dir}/${file})
    endforeach()
    if(NOT sources)
        file(WRITE ${CMAKE_BINARY_DIR}/empty_${name}.c "typedef int empty_${name};\n")
        set(sources ${CMAKE_BINARY_DIR}/empty_${name}.c)
    endif()

    add_library(stimmwerk_${name} STATIC ${sources})
    target_include_directories(stimmwerk_${name} PUBLIC ${view})
    if(arg_PUBLIC_API)
        target_include_directories(stimmwerk_${name} PUBLIC ${CMAKE_SOURCE_DIR}/include)
    endif()
    # Only what USES names, not what those use in turn: headers do not travel.
    foreach(used IN LISTS arg_USES)
        set(headers ${CMAKE_BINARY_DIR}/view/${used})
        if(used STREQUAL "tally") # a library for others too: its public header is all
            set(headers ${CMAKE_SOURCE_DIR}/include)
        endif()
        target_include_directories(stimmwerk_${name} PRIVATE ${headers})
        target_link_libraries(stimmwerk_${name} PUBLIC $<LINK_ONLY:stimmwerk_${used}>)
    endforeach()
    target_link_libraries(stimmwerk_${name} PRIVATE stimmwerk_flags ${arg_LIBRARIES})
    target_compile_options(
        stimmwerk_${name} PRIVATE -include ${CMAKE_SOURCE_DIR}/server/base/banned.h)
    if(arg_SQL)
        stimmwerk_embed_sql(stimmwerk_${name} ${arg_SQL})
    endif()
endfunction()

# Turns sql/DIALECT/**.sql into byte arrays in a generated sql_embedded.{h,c}.
function(stimmwerk_embed_sql target dialect)
    file(GLOB_RECURSE files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/sql/${dialect}/*.sql)
    set(out ${CMAKE_BINARY_DIR}/sql_${dialect})
    add_custom_command(
        OUTPUT ${out}/sql_embedded.c ${out}/sql_embedded.h
        COMMAND ${CMAKE_COMMAND} -DROOT=${CMAKE_SOURCE_DIR}/sql/${dialect} -DOUT=${out} -P
                ${CMAKE_SOURCE_DIR}/cmake/embed_sql.cmake
        DEPENDS ${files} ${CMAKE_SOURCE_DIR}/cmake/embed_sql.cmake
        VERBATIM)
    target_sources(${target} PRIVATE ${out}/sql_embedded.c)
    target_include_directories(${target} PRIVATE ${out})
endfunction()
