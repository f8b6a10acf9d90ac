/// The words that a search looks for; text in double quotes is one word.
struct SearchQuery: Hashable, Sendable {
  /// Words of three characters up, which the trigram index finds.
  var indexed: [String] = []
  /// Shorter words, which only a look at each text finds.
  var short: [String] = []

  init(_ text: String) {
    for (index, piece) in text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
    {
      let isQuoted = index % 2 == 1
      for word in isQuoted ? [piece] : piece.split(whereSeparator: \.isWhitespace) {
        add(String(word))
      }
    }
  }

  private mutating func add(_ word: String) {
    let word = word.filter { $0 != "\0" }
    switch word.unicodeScalars.count {
    case 0: break
    case 1, 2: short.append(word)
    default: indexed.append(word)
    }
  }

  var isEmpty: Bool { indexed.isEmpty && short.isEmpty }

  /// The word that tells most about where a match is: the longest.
  var leadingWord: String { (indexed + short).max { $0.utf8.count < $1.utf8.count } ?? "" }

  /// The query in FTS5's language (SQLite FTS5 §3.1): every word as a string of its own.
  var match: String {
    indexed.map { "\"\($0)\"" }.joined(separator: " AND ")
  }

  /// What a message says whose part under its own identifier is `p`.
  ///
  /// Few messages have several parts that are searched: they are listed once for the whole search.
  static let words = """
    iif(
      p.id IN (
        SELECT message FROM part WHERE id <> message AND type IN (\(Schema.searchedTypes))),
      (SELECT text FROM message_words w WHERE w.id = p.id), p.text)
    """

  /// The condition on ``words`` that each of the short words makes, and its argument.
  ///
  /// Text without case is compared by its bytes, which is faster.
  var conditions: [(sql: String, argument: String)] {
    short.map { word in
      if word.lowercased() == word.uppercased() { return ("instr(\(Self.words), ?) > 0", word) }
      let pattern = word.reduce(into: "") { $0 += "%_\\".contains($1) ? "\\\($1)" : "\($1)" }
      return ("\(Self.words) LIKE ? ESCAPE '\\'", "%\(pattern)%")
    }
  }
}
