#include "CMarkdown.h"

#include <cmark-gfm-extension_api.h>
#include <pthread.h>

// Exported by libcmark-gfm-extensions without a header.
extern cmark_node_type CMARK_NODE_TABLE;
extern cmark_node_type CMARK_NODE_TABLE_ROW;
extern cmark_node_type CMARK_NODE_TABLE_CELL;
extern cmark_node_type CMARK_NODE_STRIKETHROUGH;

// The library registers its extensions without a lock of its own.
static pthread_once_t registered = PTHREAD_ONCE_INIT;

// While a parser reads inlines, its extensions' characters are in a table that all parsers share
// (cmark_manage_extensions_special_characters): two at a time would spoil each other's reading.
static pthread_mutex_t parsing = PTHREAD_MUTEX_INITIALIZER;

static void attach(cmark_parser *parser, const char *name) {
  cmark_syntax_extension *extension = cmark_find_syntax_extension(name);
  if (extension) cmark_parser_attach_syntax_extension(parser, extension);
}

static cmark_node *parse(const char *text, size_t length) {
  cmark_parser *parser = cmark_parser_new(
      CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE | CMARK_OPT_FULL_INFO_STRING);
  if (!parser) return NULL;
  attach(parser, "table");
  attach(parser, "strikethrough");
  attach(parser, "autolink");
  attach(parser, "tasklist");
  cmark_parser_feed(parser, text, length);
  cmark_node *root = cmark_parser_finish(parser);
  cmark_parser_free(parser);
  return root;
}

cmark_node *syntax_tree_parse(const char *text, size_t length) {
  pthread_once(&registered, cmark_gfm_core_extensions_ensure_registered);
  pthread_mutex_lock(&parsing);
  cmark_node *root = parse(text, length);
  pthread_mutex_unlock(&parsing);
  return root;
}

static SyntaxKind extension_kind(cmark_node_type type) {
  if (type == CMARK_NODE_TABLE) return SyntaxKindTable;
  if (type == CMARK_NODE_TABLE_ROW) return SyntaxKindTableRow;
  if (type == CMARK_NODE_TABLE_CELL) return SyntaxKindTableCell;
  if (type == CMARK_NODE_STRIKETHROUGH) return SyntaxKindStrikethrough;
  return SyntaxKindOther;
}

SyntaxKind syntax_node_kind(cmark_node *node) {
  cmark_node_type type = cmark_node_get_type(node);
  switch (type) {
    case CMARK_NODE_DOCUMENT: return SyntaxKindDocument;
    case CMARK_NODE_BLOCK_QUOTE: return SyntaxKindQuote;
    case CMARK_NODE_LIST: return SyntaxKindList;
    case CMARK_NODE_ITEM: return SyntaxKindItem;
    case CMARK_NODE_CODE_BLOCK: return SyntaxKindCodeBlock;
    case CMARK_NODE_HTML_BLOCK: return SyntaxKindMarkupBlock;
    case CMARK_NODE_PARAGRAPH: return SyntaxKindParagraph;
    case CMARK_NODE_HEADING: return SyntaxKindHeading;
    case CMARK_NODE_THEMATIC_BREAK: return SyntaxKindThematicBreak;
    case CMARK_NODE_TEXT: return SyntaxKindText;
    case CMARK_NODE_SOFTBREAK: return SyntaxKindSoftBreak;
    case CMARK_NODE_LINEBREAK: return SyntaxKindLineBreak;
    case CMARK_NODE_CODE: return SyntaxKindCode;
    case CMARK_NODE_HTML_INLINE: return SyntaxKindMarkup;
    case CMARK_NODE_EMPH: return SyntaxKindEmphasis;
    case CMARK_NODE_STRONG: return SyntaxKindStrong;
    case CMARK_NODE_LINK: return SyntaxKindLink;
    case CMARK_NODE_IMAGE: return SyntaxKindImage;
    default: return extension_kind(type);
  }
}

bool syntax_node_is_task(cmark_node *item) {
  return cmark_node_get_syntax_extension(item) != NULL;
}
