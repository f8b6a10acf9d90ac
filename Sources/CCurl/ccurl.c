#define CURL_DISABLE_TYPECHECK
#include "ccurl.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#ifdef __APPLE__
static const char library_name[] = "libcurl.4.dylib";
#else
static const char library_name[] = "libcurl.so.4";
#endif

// The functions of libcurl that we use, by their own names.
#define FUNCTIONS(X) \
  X(global_init) X(multi_init) X(multi_cleanup) X(multi_add_handle) X(multi_remove_handle) \
  X(multi_perform) X(multi_poll) X(multi_wakeup) X(multi_info_read) X(easy_init) \
  X(easy_cleanup) X(easy_pause) X(easy_setopt) X(easy_getinfo) X(slist_append) \
  X(slist_free_all)

#define DECLARE(name) static __typeof__(&curl_##name) p_##name;
FUNCTIONS(DECLARE)

static const char *failure;

static void load(void) {
  /* Thirty libraries come with it: a function of theirs is looked up when it is first called, as it is for
   * the curl command itself. */
  void *library = dlopen(library_name, RTLD_LAZY | RTLD_LOCAL);
  if (!library) {
    failure = dlerror();
    return;
  }
#define FIND(name) \
  p_##name = (__typeof__(&curl_##name))dlsym(library, "curl_" #name); \
  if (!p_##name) { \
    failure = "libcurl lacks curl_" #name; \
    return; \
  }
  FUNCTIONS(FIND)
  if (p_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) failure = "libcurl does not start";
}

const char *ccurl_load(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return failure;
}

CURLM *ccurl_multi_new(void) { return p_multi_init(); }

void ccurl_multi_free(CURLM *multi) { p_multi_cleanup(multi); }

CURLMcode ccurl_multi_add(CURLM *multi, CURL *easy) { return p_multi_add_handle(multi, easy); }

CURLMcode ccurl_multi_remove(CURLM *multi, CURL *easy) {
  return p_multi_remove_handle(multi, easy);
}

CURLMcode ccurl_multi_perform(CURLM *multi) {
  int running = 0;
  return p_multi_perform(multi, &running);
}

CURLMcode ccurl_multi_poll(CURLM *multi, int milliseconds) {
  return p_multi_poll(multi, NULL, 0, milliseconds, NULL);
}

CURLMcode ccurl_multi_wakeup(CURLM *multi) { return p_multi_wakeup(multi); }

bool ccurl_multi_take_finished(CURLM *multi, CURL **easy, CURLcode *result) {
  int left = 0;
  CURLMsg *message;
  while ((message = p_multi_info_read(multi, &left))) {
    if (message->msg != CURLMSG_DONE) continue;
    *easy = message->easy_handle;
    *result = message->data.result;
    return true;
  }
  return false;
}

CURL *ccurl_easy_new(void) { return p_easy_init(); }

void ccurl_easy_free(CURL *easy) { p_easy_cleanup(easy); }

CURLcode ccurl_easy_continue(CURL *easy) { return p_easy_pause(easy, CURLPAUSE_CONT); }

CURLcode ccurl_set_number(CURL *easy, CURLoption option, long value) {
  return p_easy_setopt(easy, option, value);
}

CURLcode ccurl_set_size(CURL *easy, CURLoption option, curl_off_t value) {
  return p_easy_setopt(easy, option, value);
}

CURLcode ccurl_set_text(CURL *easy, CURLoption option, const char *text) {
  return p_easy_setopt(easy, option, text);
}

CURLcode ccurl_set_list(CURL *easy, CURLoption option, struct curl_slist *list) {
  return p_easy_setopt(easy, option, list);
}

CURLcode ccurl_set_error_buffer(CURL *easy, char *buffer) {
  return p_easy_setopt(easy, CURLOPT_ERRORBUFFER, buffer);
}

long ccurl_number(CURL *easy, CURLINFO info) {
  long value = 0;
  return p_easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

struct curl_slist *ccurl_list_append(struct curl_slist *list, const char *text) {
  return p_slist_append(list, text);
}

void ccurl_list_free(struct curl_slist *list) { p_slist_free_all(list); }

CURLcode ccurl_set_callbacks(CURL *easy, const struct ccurl_callbacks *callbacks, void *context) {
  CURLcode result = CURLE_OK;
#define SET(option, value) \
  if (result == CURLE_OK) result = p_easy_setopt(easy, option, value)
  SET(CURLOPT_HEADERFUNCTION, callbacks->header);
  SET(CURLOPT_HEADERDATA, context);
  SET(CURLOPT_WRITEFUNCTION, callbacks->write);
  SET(CURLOPT_WRITEDATA, context);
  SET(CURLOPT_READFUNCTION, callbacks->read);
  SET(CURLOPT_READDATA, context);
  SET(CURLOPT_SEEKFUNCTION, callbacks->seek);
  SET(CURLOPT_SEEKDATA, context);
  SET(CURLOPT_PREREQFUNCTION, callbacks->connected);
  SET(CURLOPT_PREREQDATA, context);
  SET(CURLOPT_PRIVATE, context);
  return result;
}

struct start {
  void (*body)(void *context);
  void *context;
};

static void *run(void *argument) {
  struct start start = *(struct start *)argument;
  free(argument);
  start.body(start.context);
  return NULL;
}

int ccurl_start_thread(void (*body)(void *context), void *context) {
  struct start *start = malloc(sizeof *start);
  if (!start) return ENOMEM;
  *start = (struct start){body, context};
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_t thread;
  int result = pthread_create(&thread, NULL, run, start);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (result == 0) {
    pthread_detach(thread);
  } else {
    free(start);
  }
  return result;
}
