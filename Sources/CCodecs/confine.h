// Takes from this process what decoding a picture does not need (docs/decisions/0098).

#ifndef CODEC_CONFINE_H
#define CODEC_CONFINE_H

#include <stdbool.h>
#include <stddef.h>

/// Whether the kernel can take all files but some from a process (Landlock, Linux 5.13 and later).
bool codec_can_confine_files(void);

/// From now on: no file, no network, no other process, `memory` more bytes of address space. What the
/// kernel does not have is left out, but for the limits, which every system has; false without them.
///
/// `reads_fonts` leaves the system's fonts and the user's readable, where ``codec_can_confine_files``.
bool codec_confine(size_t memory, bool reads_fonts);

#endif
