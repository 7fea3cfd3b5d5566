/* The one place where libwebsockets comes in, and what its versions differ in: 4.1.6
 * (Debian 12) and 4.3.5 (Debian 13).
 *
 * - 4.1.6 destroys a context in two calls, 4.3 in three: net/lws_loop.c calls until the
 *   context's pointer is NULL.
 * - 4.1.6 joins the arguments of a query with commas, 4.3 with '&': net/request.c
 *   reads them one by one.
 *
 * - 4.3 hangs up on a client that sends its next request while a large answer is still on
 *   its way; 4.1.6 answers both. No browser does that.
 * - 4.3 puts the time and the level before what it logs: net/lws_loop.c takes it off.
 *
 * Everything else that net does is the same code on both. */
#ifndef NET_LWS_COMPAT_H
#define NET_LWS_COMPAT_H

#include <libwebsockets.h>

#if LWS_LIBRARY_VERSION_NUMBER < 4001006 || LWS_LIBRARY_VERSION_NUMBER >= 5000000
#error "net was written for libwebsockets 4.1.6 to 4.x"
#endif

#endif
