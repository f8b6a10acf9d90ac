// Takes from this process what decoding a picture does not need (docs/decisions/0098).

#ifndef CODEC_CONFINE_H
#define CODEC_CONFINE_H

#include <stdbool.h>
#include <stddef.h>

/// From now on: no file, no network, no other process, `memory` more bytes of address space. What the
/// kernel does not have is left out, but for the limits, which every system has; false without them.
bool codec_confine(size_t memory);

#endif
