// What stands in for libcurl where nobody asks for it.
//
// FlyingFox has a handler that forwards requests through FoundationNetworking. Nothing of ours calls
// it, but a static build links FoundationNetworking with it, and libcurl with that, which costs every
// start 5 ms (docs/decisions/0021). These take the place of libcurl's functions for such callers
// alone: they are hidden, so the libcurl that ccurl.c loads has its own. To be deleted once
// FlyingFox's ProxyHTTPHandler is gone from what we link.

#ifndef __APPLE__

#include <stdlib.h>

#define UNUSED(name) \
  __attribute__((visibility("hidden"))) void curl_##name(void) { abort(); }

UNUSED(easy_cleanup)
UNUSED(easy_getinfo)
UNUSED(easy_init)
UNUSED(easy_pause)
UNUSED(easy_setopt)
UNUSED(easy_strerror)
UNUSED(free)
UNUSED(global_init)
UNUSED(multi_add_handle)
UNUSED(multi_assign)
UNUSED(multi_cleanup)
UNUSED(multi_info_read)
UNUSED(multi_init)
UNUSED(multi_remove_handle)
UNUSED(multi_setopt)
UNUSED(multi_socket_action)
UNUSED(slist_append)
UNUSED(slist_free_all)
UNUSED(url)
UNUSED(url_get)
UNUSED(url_set)
UNUSED(version)
UNUSED(version_info)

#endif
