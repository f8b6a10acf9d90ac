// cmark-gfm with the extensions that chat replies use, and what Swift cannot say of it:
// the extensions' node types are mutable globals, so nodes are told apart here.
#ifndef C_MARKDOWN_H
#define C_MARKDOWN_H

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum __attribute__((enum_extensibility(closed))) {
  SyntaxKindOther,
  SyntaxKindDocument,
  SyntaxKindQuote,
  SyntaxKindList,
  SyntaxKindItem,
  SyntaxKindCodeBlock,
  SyntaxKindMarkupBlock,
  SyntaxKindParagraph,
  SyntaxKindHeading,
  SyntaxKindThematicBreak,
  SyntaxKindTable,
  SyntaxKindTableRow,
  SyntaxKindTableCell,
  SyntaxKindText,
  SyntaxKindSoftBreak,
  SyntaxKindLineBreak,
  SyntaxKindCode,
  SyntaxKindMarkup,
  SyntaxKindEmphasis,
  SyntaxKindStrong,
  SyntaxKindStrikethrough,
  SyntaxKindLink,
  SyntaxKindImage,
} SyntaxKind;

// Parses UTF-8 text with tables, strikethrough (two tildes), autolinks and task lists. May be
// called on any thread; calls take turns. The caller frees the tree with cmark_node_free; NULL if
// there is no parser.
cmark_node *syntax_tree_parse(const char *text, size_t length);

SyntaxKind syntax_node_kind(cmark_node *node);

// Whether a list's item has a check box.
bool syntax_node_is_task(cmark_node *item);

#endif
