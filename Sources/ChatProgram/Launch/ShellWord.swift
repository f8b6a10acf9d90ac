/// A text as one word of a shell's command line.
package struct ShellWord: CustomStringConvertible {
  package let description: String

  /// Quotes only what needs it (POSIX shell command language 2.2).
  package init(_ text: String) {
    let isPlain =
      !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber || "-_./".contains($0) }
    description =
      isPlain
      ? text
      : "'"
        + text.split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: #"'\''"#) + "'"
  }
}
