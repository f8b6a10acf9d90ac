/// A stretch of a line of code that is of one kind.
package struct CodeRun: Hashable, Sendable {
  package var text: String
  package var kind: CodeKind

  package init(_ text: String, _ kind: CodeKind) {
    self.text = text
    self.kind = kind
  }
}

/// What a stretch of code is, as far as one line at a time can tell.
package enum CodeKind: Hashable, Sendable {
  case plain
  case keyword
  case type
  case string
  case number
  case comment
  /// A name before an opening parenthesis.
  case function
  /// An attribute, an annotation, a directive of a preprocessor, a variable of a shell.
  case attribute
  /// A key of a mapping, a tag, a property.
  case key
  /// A line of a diff that came in.
  case inserted
  /// A line of a diff that went out.
  case deleted
  case heading
}
