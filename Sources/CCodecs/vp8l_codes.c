#include "vp8l_codes.h"

#include <stdlib.h>

enum { ROOT = VP8L_ROOT, LONGEST = 15, LENGTHS = 19, MOST_SYMBOLS = 256 + 24 + 2048 };

/// The lengths of a code's symbols, and how many have each length.
typedef struct code_lengths {
  uint32_t count;
  uint8_t of[MOST_SYMBOLS];
  uint32_t counts[LONGEST + 1];
} code_lengths;

static void count_lengths(code_lengths *lengths) {
  memset(lengths->counts, 0, sizeof lengths->counts);
  for (uint32_t symbol = 0; symbol < lengths->count; symbol++) {
    lengths->counts[lengths->of[symbol]]++;
  }
  lengths->counts[0] = 0;
}

/// Whether the lengths make a code in which all bits mean something.
static bool is_complete(const code_lengths *lengths) {
  uint32_t space = 0;
  for (int length = 1; length <= LONGEST; length++) {
    space += lengths->counts[length] << (LONGEST - length);
  }
  return space == 1U << LONGEST;
}

static codec_status make_single(const code_lengths *lengths, vp8l_code *code) {
  code->entries = calloc(1, sizeof *code->entries);
  if (!code->entries) return CODEC_NO_MEMORY;
  code->mask = 0;
  for (uint32_t symbol = 0; symbol < lengths->count; symbol++) {
    if (lengths->of[symbol] > 0) code->entries[0].value = (uint16_t)symbol;
  }
  return CODEC_OK;
}

static uint32_t reversed(uint32_t bits, int length) {
  uint32_t result = 0;
  for (int index = 0; index < length; index++) {
    result |= (bits >> index & 1) << (length - 1 - index);
  }
  return result;
}

/// Sorts symbols by their lengths, and gives each length its first code.
static void sort_symbols(
    const code_lengths *lengths, uint16_t *sorted, uint32_t first_codes[LONGEST + 2]) {
  uint32_t places[LONGEST + 2] = {0};
  uint32_t code = 0;
  for (int length = 1; length <= LONGEST; length++) {
    first_codes[length] = code;
    places[length + 1] = places[length] + lengths->counts[length];
    code = (code + lengths->counts[length]) << 1;
  }
  for (uint32_t symbol = 0; symbol < lengths->count; symbol++) {
    uint8_t length = lengths->of[symbol];
    if (length > 0) sorted[places[length]++] = (uint16_t)symbol;
  }
}

/// How many bits more the table needs that begins with a code of this length, `count` of which are not
/// placed yet.
static int table_bits(const code_lengths *lengths, int length, uint32_t count) {
  int bits = length - ROOT;
  int64_t space = 1 << bits;
  space -= count;
  while (space > 0 && length < LONGEST) {
    length++;
    bits++;
    space = (space << 1) - lengths->counts[length];
  }
  return bits;
}

typedef struct table_maker {
  const code_lengths *lengths;
  vp8l_entry *entries;
  int root;
  /// How many entries there are.
  uint32_t end;
  /// The table for long codes that is being filled, told by their first bits.
  uint32_t prefix;
  uint32_t start;
  int bits;
} table_maker;

/// Places a symbol at all indexes that begin with its code.
static void place(table_maker *maker, uint32_t code, int length, uint32_t symbol, uint32_t count) {
  uint32_t bits = reversed(code, length);
  vp8l_entry entry = {.value = (uint16_t)symbol, .length = (uint8_t)length};
  if (length <= maker->root) {
    for (uint32_t at = bits; at < 1U << maker->root; at += 1U << length) maker->entries[at] = entry;
    return;
  }
  uint32_t prefix = bits & ((1U << ROOT) - 1);
  if (prefix != maker->prefix) {
    maker->prefix = prefix;
    maker->start = maker->end;
    maker->bits = table_bits(maker->lengths, length, count);
    maker->end += 1U << maker->bits;
    maker->entries[prefix] =
        (vp8l_entry){.value = (uint16_t)maker->start, .more = (uint8_t)maker->bits};
  }
  uint32_t step = 1U << (length - ROOT);
  for (uint32_t at = bits >> ROOT; at < 1U << maker->bits; at += step) {
    maker->entries[maker->start + at] = entry;
  }
}

/// The tables of a code of more than one symbol.
static codec_status make_tables(const code_lengths *lengths, vp8l_code *code) {
  uint16_t sorted[MOST_SYMBOLS];
  uint32_t first_codes[LONGEST + 2] = {0};
  sort_symbols(lengths, sorted, first_codes);
  int longest = LONGEST;
  while (lengths->counts[longest] == 0) longest--;
  table_maker maker = {
      .lengths = lengths, .root = longest < ROOT ? longest : ROOT, .prefix = UINT32_MAX};
  maker.end = 1U << maker.root;
  // Behind each entry of the first table may be one for all further bits.
  size_t capacity = maker.end + (longest > ROOT ? (size_t)1 << LONGEST : 0);
  maker.entries = malloc(capacity * sizeof *maker.entries);
  if (!maker.entries) return CODEC_NO_MEMORY;
  const uint16_t *symbol = sorted;
  for (int length = 1; length <= longest; length++) {
    for (uint32_t index = 0; index < lengths->counts[length]; index++) {
      uint32_t rest = lengths->counts[length] - index;
      place(&maker, first_codes[length] + index, length, *symbol++, rest);
    }
  }
  code->mask = (1U << maker.root) - 1;
  code->entries = realloc(maker.entries, maker.end * sizeof *maker.entries);
  if (!code->entries) code->entries = maker.entries;
  return CODEC_OK;
}

static codec_status make_code(code_lengths *lengths, vp8l_code *code) {
  count_lengths(lengths);
  uint32_t used = 0;
  for (int length = 1; length <= LONGEST; length++) used += lengths->counts[length];
  if (used == 1) return make_single(lengths, code);
  return is_complete(lengths) ? make_tables(lengths, code) : CODEC_DAMAGED;
}

/// One or two symbols, named.
static void read_simple(vp8l_bits *bits, code_lengths *lengths) {
  bool is_pair = codec_vp8l_read(bits, 1) != 0;
  uint32_t width = codec_vp8l_read(bits, 1) ? 8 : 1;
  lengths->of[codec_vp8l_read(bits, width)] = 1;
  if (is_pair) lengths->of[codec_vp8l_read(bits, 8)] = 1;
}

/// Reads lengths that are themselves coded, with `code`.
static codec_status read_coded(vp8l_bits *bits, const vp8l_code *code, code_lengths *lengths) {
  static const uint8_t extra[] = {2, 3, 7}, least[] = {3, 3, 11};
  uint32_t symbol = 0, left = lengths->count;
  if (codec_vp8l_read(bits, 1)) {
    uint32_t width = 2 + 2 * codec_vp8l_read(bits, 3);
    left = 2 + codec_vp8l_read(bits, width);
    if (left > lengths->count) return CODEC_DAMAGED;
  }
  uint8_t previous = 8;
  while (symbol < lengths->count && left-- > 0) {
    codec_vp8l_refill(bits);
    uint32_t length = codec_vp8l_symbol(bits, code);
    if (length < 16) {
      lengths->of[symbol++] = (uint8_t)length;
      if (length > 0) previous = (uint8_t)length;
      continue;
    }
    uint32_t repeats = codec_vp8l_take(bits, extra[length - 16]) + least[length - 16];
    if (repeats > lengths->count - symbol) return CODEC_DAMAGED;
    memset(lengths->of + symbol, length == 16 ? previous : 0, repeats);
    symbol += repeats;
  }
  return CODEC_OK;
}

static codec_status read_lengths(vp8l_bits *bits, code_lengths *lengths) {
  static const uint8_t order[LENGTHS] = {
      17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  code_lengths own = {.count = LENGTHS};
  uint32_t count = codec_vp8l_read(bits, 4) + 4;
  for (uint32_t index = 0; index < count; index++) {
    own.of[order[index]] = (uint8_t)codec_vp8l_read(bits, 3);
  }
  vp8l_code code = {0};
  codec_status status = make_code(&own, &code);
  if (status == CODEC_OK) status = read_coded(bits, &code, lengths);
  free(code.entries);
  return status;
}

codec_status codec_vp8l_read_code(vp8l_bits *bits, uint32_t symbol_count, vp8l_code *code) {
  code_lengths lengths = {.count = symbol_count};
  codec_status status = CODEC_OK;
  if (codec_vp8l_read(bits, 1)) {
    read_simple(bits, &lengths);
  } else {
    status = read_lengths(bits, &lengths);
  }
  if (codec_vp8l_is_over(bits)) return bits->status;
  return status == CODEC_OK ? make_code(&lengths, code) : status;
}
