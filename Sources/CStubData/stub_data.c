/* An ICU data package without entries, in the place of the one in Foundation's static library
 * (docs/decisions/0120): a program that is linked with this does not carry those 34 MB.
 *
 * The form is that of ICU's own `stubdata` (ICU User Guide, "ICU Data", Building and Linking against
 * ICU data; udata.h, UDataInfo): a header, then a table of contents ("ToCP") that holds nothing. The
 * name has ICU's major version: 74 in Swift 6.0, 76 in Swift 6.3. The linker takes this definition
 * because it stands before the archive; where Foundation asks for another name, the archive's is
 * linked, and the program is larger and no less right. */
#include <stdint.h>

struct stub_data {
  uint16_t header_size;
  uint8_t magic[2];
  uint16_t info_size;
  uint16_t reserved_word;
  uint8_t is_big_endian;
  uint8_t charset_family;
  uint8_t size_of_uchar;
  uint8_t reserved_byte;
  uint8_t data_format[4];
  uint8_t format_version[4];
  uint8_t data_version[4];
  uint8_t padding[8];
  uint32_t count;
  uint32_t reserved;
  int32_t entries[4];
};

_Static_assert(sizeof(struct stub_data) == 56, "the header takes 32 bytes, the empty table 24");

#define STUB_DATA(name)                                  \
  extern const struct stub_data name;                    \
  _Alignas(16) const struct stub_data name = {           \
      .header_size = 32,                                 \
      .magic = {0xda, 0x27},                             \
      .info_size = 20,                                   \
      .is_big_endian = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__, \
      .size_of_uchar = 2,                                \
      .data_format = {'T', 'o', 'C', 'P'},               \
      .format_version = {1},                             \
  };

STUB_DATA(icudt74_dat)
STUB_DATA(icudt75_dat)
STUB_DATA(icudt76_dat)
STUB_DATA(icudt77_dat)
STUB_DATA(icudt78_dat)
