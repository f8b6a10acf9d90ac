// libchafa: pictures as the characters and colours of a terminal's cells.
#include <chafa.h>
