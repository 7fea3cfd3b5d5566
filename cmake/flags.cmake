# Compiler flags: `stimmwerk_flags` carries warnings, hardening and the profile.
option(STIMMWERK_WERROR "warnings are errors" OFF)

add_library(stimmwerk_flags INTERFACE)
target_compile_definitions(stimmwerk_flags INTERFACE _POSIX_C_SOURCE=200809L _DEFAULT_SOURCE)
target_compile_options(
    stimmwerk_flags
    INTERFACE
        -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wundef -Wvla
        -Wcast-qual -Wcast-align -Wpointer-arith -Wwrite-strings -Wstrict-prototypes
        -Wmissing-prototypes -Wformat=2 -Wnull-dereference -Wdouble-promotion -Wswitch-enum
        $<$<C_COMPILER_ID:GNU>:-Wduplicated-cond>
        $<$<C_COMPILER_ID:GNU>:-Wduplicated-branches>
        $<$<C_COMPILER_ID:GNU>:-Wlogical-op>
        $<$<BOOL:${STIMMWERK_WERROR}>:-Werror>
        -fno-common -fvisibility=hidden)

set(sanitize_asan -fsanitize=address,undefined -fno-sanitize-recover=all)
set(sanitize_tsan -fsanitize=thread)
# STIMMWERK_FAST: more is unrolled and done by vectors; pairwise matrices gain a fifth.
set(harden
    $<IF:$<BOOL:$<TARGET_PROPERTY:STIMMWERK_FAST>>,-O3,-O2> -g
    -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection
    -fcf-protection=full
    $<IF:$<BOOL:$<TARGET_PROPERTY:POSITION_INDEPENDENT_CODE>>,-fPIC,-fPIE>)

if(STIMMWERK_PROFILE STREQUAL "dev")
    target_compile_options(stimmwerk_flags INTERFACE -Og -g)
elseif(STIMMWERK_PROFILE STREQUAL "asan" OR STIMMWERK_PROFILE STREQUAL "tsan")
    target_compile_options(
        stimmwerk_flags INTERFACE -O1 -g -fno-omit-frame-pointer
                                  ${sanitize_${STIMMWERK_PROFILE}})
    target_link_options(stimmwerk_flags INTERFACE ${sanitize_${STIMMWERK_PROFILE}})
elseif(STIMMWERK_PROFILE STREQUAL "fuzz")
    target_compile_options(
        stimmwerk_flags INTERFACE -O1 -g -fsanitize=fuzzer-no-link ${sanitize_asan})
    target_link_options(stimmwerk_flags INTERFACE ${sanitize_asan})
elseif(STIMMWERK_PROFILE STREQUAL "cov")
    # Atomic: threads side by side lose counts, and what is derived from them is wrong.
    target_compile_options(
        stimmwerk_flags INTERFACE -O0 -g --coverage -fprofile-update=atomic)
    target_link_options(stimmwerk_flags INTERFACE --coverage)
elseif(STIMMWERK_PROFILE STREQUAL "release")
    target_compile_options(
        stimmwerk_flags INTERFACE ${harden}
                                  $<$<C_COMPILER_ID:GNU>:-ftrivial-auto-var-init=zero>)
    target_link_options(
        stimmwerk_flags INTERFACE $<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:-pie>
                                  -Wl,-z,relro,-z,now,-z,noexecstack)
else()
    message(FATAL_ERROR "STIMMWERK_PROFILE: dev, asan, tsan, fuzz, cov or release, "
                        "not '${STIMMWERK_PROFILE}'")
endif()
