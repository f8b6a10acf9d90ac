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

/* The flags with which such a child begins; in a session of its own where that is asked. */
short cprocesses_flags(int in_new_session);

#endif
