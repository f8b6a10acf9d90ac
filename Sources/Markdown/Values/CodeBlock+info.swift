/// What the words behind a fence tell: `swift`, `python:src/main.py`, `{.haskell .numberLines}`,
/// `js {1,3} title="a.js"`, `src/main.rs`.
extension CodeBlock {
  /// A language's name as the writer calls it, or as a file's name ends; empty if there is none.
  package var language: String {
    let word = firstWord.prefix { !":,{}=".contains($0) }
    guard word.contains("/") || word.dropFirst().contains(".") else { return String(word) }
    return String(word.split(separator: ".").last ?? word)
  }

  /// What stands above the code: its language, and its file where that is named.
  package var title: String {
    let word = firstWord.prefix { !":,{}=".contains($0) }
    let rest = firstWord.dropFirst(word.count)
    let file = rest.first == ":" ? rest.dropFirst() : attribute
    return file.isEmpty ? String(word) : "\(word) \(file)"
  }

  /// Without the marks that Pandoc has before it.
  private var firstWord: Substring {
    info.drop { $0.isWhitespace || "{.".contains($0) }.prefix { !$0.isWhitespace }
  }

  /// The value of `title="…"`, `filename="…"` or `file="…"`.
  private var attribute: Substring {
    for name in ["title=", "filename=", "file="] {
      guard let range = info.firstRange(of: name) else { continue }
      let value = info[range.upperBound...]
      guard let quote = value.first, quote == "\"" || quote == "'" else {
        return value.prefix { !$0.isWhitespace && $0 != "}" }
      }
      return value.dropFirst().prefix { $0 != quote }
    }
    return ""
  }
}
