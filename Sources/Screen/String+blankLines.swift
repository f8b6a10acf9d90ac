extension String {
  /// The text from its first line that is not blank on, with that line's indentation; models begin
  /// replies, and thoughts, with empty lines.
  package var withoutLeadingBlankLines: String {
    guard first?.isWhitespace == true else { return self }
    let words = firstIndex { !$0.isWhitespace } ?? endIndex
    guard let lineEnd = self[..<words].lastIndex(where: \.isNewline) else { return self }
    return String(self[index(after: lineEnd)...])
  }
}
