/// How a programming language is written, as far as colours need it: a row of the table of
/// languages.
///
/// Adding a language is adding a row to one of the `Syntax+….swift` files and to ``all``.
struct Syntax: Sendable {
  /// Text between two marks; it goes on over line ends if `isMultiline`.
  struct Span: Hashable, Sendable {
    var start: [UInt8]
    var end: [UInt8]
    var kind: CodeKind
    /// The character that takes the meaning from the next one.
    var escape: UInt8?
    var isMultiline: Bool
    /// Whether the same mark inside opens another span, which must be closed too.
    var isNested: Bool
    /// Whether the mark counts only at the start of a line.
    var startsLine: Bool
    /// Whether the mark counts only where no word stands before it: `don't` opens nothing.
    var startsWord = false
    /// Whether it counts only inside a tag.
    var isInTags = false
    /// What opens code inside the text; its last character is the bracket that must be closed.
    var insertion: [UInt8] = []
    /// The character that opens the name of a variable inside the text.
    var variable: UInt8?
  }

  /// The names it goes by, in lower case.
  var names: [String]
  var keywords: Set<String> = []
  var types: Set<String> = []
  /// Text to the line's end behind one of these is a comment; the longest mark comes first.
  var lineComments: [String] = []
  var spans: [Span] = []
  /// Texts whose mark at the end is chosen where they begin.
  var rawTexts = RawTexts.none
  /// Characters that open a word of the kind `attribute` (`@`, `#`, `$`).
  var sigils: String = ""
  /// Characters beside letters, digits and `_` that a word may have inside.
  var wordCharacters: String = ""
  var isCaseInsensitive = false
  /// Whether a capitalised word is a type.
  var hasCapitalTypes = false
  /// Whether a word before `(` is a function.
  var hasCalls = true
  /// Whether a slash where no value stands before it opens a regular expression.
  var hasRegexes = false
  /// Whether `'` is around one character, or else opens a name.
  var hasCharacters = false
  /// Whether a word before `!(` is a function.
  var hasMacros = false
  /// Whether the first word of a command is a function.
  var hasCommands = false
  /// Whether text stands without quotes, so that words and numbers count only as whole values.
  var hasPlainText = false
  /// Whether a line comment's mark counts only behind space.
  var needsSpaceBeforeComment = false
  /// Whether `<<WORD` opens a text that goes on to a line with that word alone.
  var hasHeredocs = false
  /// What the start of a line tells of it.
  var lineRule = LineRule.none

  /// How languages are read that are told by lines more than by words.
  enum LineRule: Sendable {
    case none
    /// A word or a string before a colon is a key (JSON, YAML, CSS).
    case colonKeys
    /// The first word before an equals sign is a key, a line in brackets a heading (TOML, INI).
    case equalsKeys
    /// The first word before a colon is a rule's name, before an equals sign a variable's.
    case makefile
    /// A name behind `<` or `</` is a key, and what follows it are attributes.
    case markup
    case diff
    /// A line is a command behind a prompt, and what was printed without one.
    case prompts
    case markdown
  }
}

extension Syntax.Span {
  /// A string in one line, with `\` as escape.
  static func string(_ mark: String) -> Self { .init(mark, mark, .string, escape: true) }

  /// A string that goes on over line ends.
  static func text(_ mark: String, to end: String? = nil, escape: Bool = true) -> Self {
    .init(mark, end ?? mark, .string, escape: escape, isMultiline: true)
  }

  /// The same with code inside it, from `opening` to the bracket that closes it.
  func inserting(_ opening: String) -> Self {
    var span = self
    span.insertion = Array(opening.utf8)
    return span
  }

  /// The same with variables inside it that begin with `sign`.
  func naming(_ sign: Unicode.Scalar) -> Self {
    var span = self
    span.variable = UInt8(ascii: sign)
    return span
  }

  /// The same, but only where no word stands before it.
  var apart: Self {
    var span = self
    span.startsWord = true
    return span
  }

  /// The same, but only inside tags.
  var inTags: Self {
    var span = self
    span.isInTags = true
    return span
  }

  /// A comment between two marks.
  static func comment(_ start: String, _ end: String, isNested: Bool = false) -> Self {
    .init(start, end, .comment, isMultiline: true, isNested: isNested)
  }

  init(
    _ start: String, _ end: String, _ kind: CodeKind, escape: Bool = false,
    isMultiline: Bool = false, isNested: Bool = false, startsLine: Bool = false
  ) {
    self.start = Array(start.utf8)
    self.end = Array(end.utf8)
    self.kind = kind
    self.escape = escape ? UInt8(ascii: "\\") : nil
    self.isMultiline = isMultiline
    self.isNested = isNested
    self.startsLine = startsLine
  }
}

extension Syntax {
  /// The whole table.
  static let all: [Syntax] =
    cFamily + appFamily + scriptFamily + shellFamily + dataFamily
    + markupFamily + otherFamily
}

/// The words of a text.
func words(_ text: String) -> Set<String> { Set(text.split(separator: " ").map(String.init)) }
