# cmake -DROOT=… -DOUT=… -P embed_sql.cmake
# Each ROOT/a/b.sql becomes `const char sql_a_b[]` (a byte array: string literals over
# 4,095 characters are not portable).
file(GLOB_RECURSE files ${ROOT}/*.sql)
list(SORT files)
set(header "#ifndef SQL_EMBEDDED_H\n#define SQL_EMBEDDED_H\n")
set(source "#include \"sql_embedded.h\"\n")
foreach(file IN LISTS files)
    file(RELATIVE_PATH name ${ROOT} ${file})
    string(REGEX REPLACE "\\.sql$" "" name ${name})
    string(REGEX REPLACE "[^A-Za-z0-9]" "_" name ${name})
    file(READ ${file} hex HEX)
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}00")
    string(APPEND header "extern const char sql_${name}[];\n")
    string(APPEND source "const char sql_${name}[] = {${bytes}};\n")
endforeach()
string(APPEND header "#endif\n")
file(WRITE ${OUT}/sql_embedded.h "${header}")
file(WRITE ${OUT}/sql_embedded.c "${source}")
