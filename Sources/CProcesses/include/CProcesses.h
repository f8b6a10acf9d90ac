/* What the systems have for starting programs and Swift does not see: their own extensions. */
#ifndef CPROCESSES_H
#define CPROCESSES_H

#include <spawn.h>
#include <stddef.h>
#include <sys/types.h>

/* Both ends of a new pipe, which no child gets, whatever another thread starts meanwhile; 0, or -1
 * with errno. */
int cprocesses_pipe(int ends[2]);

/* write(2) to a pipe: where nobody reads it any more that is an error, and no signal, whatever the
 * program does about signals. */
ssize_t cprocesses_write(int end, const void *bytes, size_t count);

/* Has the child begin with the descriptors 0, 1 and 2 alone, after the actions before this one; 0,
 * or an errno. */
int cprocesses_keep_standard(posix_spawn_file_actions_t *actions);

/* Where a child stands: in this program's session and group, in a group of its own, or in a session
 * of its own. */
enum cprocesses_place { CPROCESSES_BESIDE, CPROCESSES_IN_GROUP, CPROCESSES_IN_SESSION };

/* The flags with which such a child begins. */
short cprocesses_flags(enum cprocesses_place place);

/* Makes a process group the foreground of a terminal, also from the background, which else stops the
 * caller (tcsetpgrp(3)); 0, or -1 with errno. */
int cprocesses_set_foreground(int terminal, pid_t group);

/* Has a child in a group of its own begin in the foreground of a terminal, where the system can do that
 * (glibc 2.35): no key comes too early then; 0, or an errno. */
int cprocesses_take_foreground(posix_spawn_file_actions_t *actions, int terminal);

/* Stops this process with its group, as Ctrl-Z does, and returns when it is continued; at once where
 * nobody could continue it. */
void cprocesses_stop(void);

/* Has all threads allocate from one arena, where the C library knows several (mallopt(3)). */
void cprocesses_use_one_arena(void);

#endif
