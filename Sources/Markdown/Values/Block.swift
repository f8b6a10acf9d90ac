/// One block of a Markdown text: a paragraph, a list, a table and so on.
///
/// Long blocks come in pieces of at most a few dozen lines each, so that no block is costly to lay
/// out: the second and later pieces are marked as continuations and belong, without any space
/// between them, below the block before them.
package struct Block: Hashable, Sendable {
  /// What kind of block it is, with what it holds.
  package enum Content: Hashable, Sendable {
    /// `level` is 1 to 6.
    case heading(level: Int, [InlineRun])
    case paragraph([InlineRun])
    case list(List)
    case quote([Block])
    case code(CodeBlock)
    case table(Table)
    case thematicBreak
    /// HTML as it was written, without line breaks.
    case html([String])
  }

  package var content: Content
  /// The lines of the document that the block was read from, counted from 0, without blank lines
  /// after it.
  ///
  /// The pieces of one long paragraph share all its lines.
  package var lines: Range<Int>
  /// Whether the source has a blank line before it.
  ///
  /// Blocks inside a list item or a quote stand apart where the source has them apart: this does
  /// not change as a list grows, as CommonMark's "loose" does.
  package var followsBlankLine: Bool
  /// Whether it goes on where the block before it stopped.
  package var isContinuation: Bool

  package init(
    _ content: Content, lines: Range<Int> = 0..<0, followsBlankLine: Bool = false,
    isContinuation: Bool = false
  ) {
    self.content = content
    self.lines = lines
    self.followsBlankLine = followsBlankLine
    self.isContinuation = isContinuation
  }
}

/// A list, or a piece of one.
package struct List: Hashable, Sendable {
  /// What stands before an item.
  package enum Marker: Hashable, Sendable {
    case bullet
    /// `1.`
    case period
    /// `1)`
    case parenthesis
  }

  package var marker: Marker
  /// The number of the first item here; 1 for bullets.
  package var start: Int
  package var items: [ListItem]

  package init(_ marker: Marker, start: Int = 1, items: [ListItem]) {
    self.marker = marker
    self.start = start
    self.items = items
  }
}

/// An item of a list.
package struct ListItem: Hashable, Sendable {
  /// A task's check box.
  package enum Task: Hashable, Sendable {
    case open
    case done
  }

  package var blocks: [Block]
  package var task: Task?
  /// The line that its marker is on.
  package var line: Int
  package var followsBlankLine: Bool

  package init(
    _ blocks: [Block], task: Task? = nil, line: Int = 0, followsBlankLine: Bool = false
  ) {
    self.blocks = blocks
    self.task = task
    self.line = line
    self.followsBlankLine = followsBlankLine
  }
}

/// A code block, fenced or indented, or a piece of one.
package struct CodeBlock: Hashable, Sendable {
  /// All that stands after the opening fence; empty if nothing does.
  package var info: String
  /// Without line breaks.
  package var lines: [String]
  /// False for code that is told by its indentation.
  package var isFenced: Bool

  package init(info: String = "", lines: [String], isFenced: Bool = true) {
    self.info = info
    self.lines = lines
    self.isFenced = isFenced
  }

  /// The code as one text, each line ended by a line break.
  package var text: String { lines.map { $0 + "\n" }.joined() }
}

/// A table, or a piece of one.
package struct Table: Hashable, Sendable {
  /// Where the text of a column stands.
  package enum Alignment: Hashable, Sendable {
    case none
    case left
    case center
    case right
  }

  /// One for each column.
  package var alignments: [Alignment]
  /// As many cells as there are columns; a later piece repeats it, for widths, not to be drawn.
  package var header: [[InlineRun]]
  /// Each as many cells as there are columns.
  package var rows: [[[InlineRun]]]

  package init(alignments: [Alignment], header: [[InlineRun]], rows: [[[InlineRun]]]) {
    self.alignments = alignments
    self.header = header
    self.rows = rows
  }
}
