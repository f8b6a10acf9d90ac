/// The replies to many questions as one text: in the questions' order, each behind a header, as
/// head(1) prints several files.
///
/// Text of the first question that has not ended goes out as it comes; that of later ones waits.
package struct EachText: Sendable {
  private let names: [String]
  /// The question whose text goes out as it comes.
  private var front = 0
  /// Whether the front's header is out, and whether its last line has not ended.
  private var hasHeader = false
  private var isInLine = false
  private var isFirst = true
  /// The text of questions behind the front.
  private var waiting: [Int: String] = [:]
  private var ended: Set<Int> = []

  package init(names: [String]) {
    self.names = names
  }

  /// Takes more of a reply; what goes out now.
  package mutating func add(_ text: String, of index: Int) -> String {
    guard index == front else {
      waiting[index, default: ""] += text
      return ""
    }
    return emit(text)
  }

  /// Takes note of a reply's end; what goes out now.
  package mutating func end(_ index: Int) -> String {
    ended.insert(index)
    var out = ""
    while ended.contains(front) {
      out += isInLine ? "\n" : ""
      (isInLine, hasHeader) = (false, false)
      front += 1
      if let text = waiting.removeValue(forKey: front) { out += emit(text) }
    }
    return out
  }

  private mutating func emit(_ text: String) -> String {
    guard !text.isEmpty else { return "" }
    let header = hasHeader ? "" : (isFirst ? "" : "\n") + "==> \(names[front]) <==\n"
    (hasHeader, isFirst, isInLine) = (true, false, !text.hasSuffix("\n"))
    return header + text
  }
}
