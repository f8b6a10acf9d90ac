// The C shim around libcurl: what Swift cannot call itself, and no logic of the product.
//
// libcurl is loaded at the first use, not at the start of the program: its thirty libraries cost
// about 4 ms of CPU, which `iris --version` and a shell's completions need not pay. Every function
// here but `ccurl_load` and `ccurl_start_thread` requires that `ccurl_load` has returned NULL.
// Types and constants are curl/curl.h's own. libcurl 7.80 or newer (for PREREQFUNCTION).

#ifndef CCURL_H
#define CCURL_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>

// Loads libcurl, once. NULL when it is there, else the loader's sentence (never freed).
const char *ccurl_load(void);

// The multi interface. All but `ccurl_multi_wakeup` belong to the thread that owns the handle.
CURLM *ccurl_multi_new(void);
void ccurl_multi_free(CURLM *multi);
CURLMcode ccurl_multi_add(CURLM *multi, CURL *easy);
CURLMcode ccurl_multi_remove(CURLM *multi, CURL *easy);
CURLMcode ccurl_multi_perform(CURLM *multi);
CURLMcode ccurl_multi_poll(CURLM *multi, int milliseconds);
CURLMcode ccurl_multi_wakeup(CURLM *multi);
// Takes one finished transfer; false when there is none.
bool ccurl_multi_take_finished(CURLM *multi, CURL **easy, CURLcode *result);

// The easy interface; the setters stand for the variadic curl_easy_setopt.
CURL *ccurl_easy_new(void);
void ccurl_easy_free(CURL *easy);
CURLcode ccurl_easy_continue(CURL *easy);
CURLcode ccurl_set_number(CURL *easy, CURLoption option, long value);
CURLcode ccurl_set_size(CURL *easy, CURLoption option, curl_off_t value);
// `text` may be NULL, which clears the option.
CURLcode ccurl_set_text(CURL *easy, CURLoption option, const char *text);
CURLcode ccurl_set_list(CURL *easy, CURLoption option, struct curl_slist *list);
CURLcode ccurl_set_error_buffer(CURL *easy, char *buffer);
long ccurl_number(CURL *easy, CURLINFO info);

struct curl_slist *ccurl_list_append(struct curl_slist *list, const char *text);
void ccurl_list_free(struct curl_slist *list);

// What libcurl calls back, always on the thread that runs `ccurl_multi_perform`.
struct ccurl_callbacks {
  // One header line, or some of the body: the number of bytes taken, or CURL_WRITEFUNC_PAUSE.
  size_t (*header)(char *bytes, size_t size, size_t count, void *context);
  size_t (*write)(char *bytes, size_t size, size_t count, void *context);
  // Fills the buffer with the request's body: the number of bytes, or CURL_READFUNC_ABORT.
  size_t (*read)(char *bytes, size_t size, size_t count, void *context);
  // Goes back in the request's body: CURL_SEEKFUNC_OK or CURL_SEEKFUNC_FAIL.
  int (*seek)(void *context, curl_off_t offset, int origin);
  // A connection is there and the request is about to leave: CURL_PREREQFUNC_OK.
  int (*connected)(void *context, char *server, char *client, int server_port, int client_port);
};
CURLcode ccurl_set_callbacks(CURL *easy, const struct ccurl_callbacks *callbacks, void *context);

// Starts a detached thread that blocks every signal: 0, or errno's value.
//
// CURLOPT_NOSIGNAL leaves SIGPIPE to us, and the program's own signals belong to its main thread.
int ccurl_start_thread(void (*body)(void *context), void *context);

#endif
