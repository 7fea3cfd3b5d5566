/* Included ahead of every source file: functions that overflow, truncate silently or keep
 * hidden state do not compile. */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#undef strcpy
#undef strcat
#undef strncpy
#undef strncat
#undef sprintf
#undef vsprintf
#undef strtok
#undef atoi
#undef atol
#undef atof
#undef gmtime
#undef localtime
#undef ctime
#undef asctime
#undef gets
#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf strtok atoi atol atof
#pragma GCC poison gmtime localtime ctime asctime gets

#endif
