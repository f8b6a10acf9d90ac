#include <stdlib.h>

#include "CCodecs.h"

void codec_output_free(codec_output *output) {
  free(output->bytes);
  *output = (codec_output){0};
}
