/// A code block that is whole, and where it stands in the text that it was read from.
package struct CodePlace: Hashable, Sendable {
  package var code: CodeBlock
  /// The line that it begins on, counted from 0: that of its opening fence, where it has one.
  package var line: Int

  /// The lines of the code itself.
  package var lines: Range<Int> {
    let first = line + (code.isFenced ? 1 : 0)
    return first..<first + code.lines.count
  }
}

extension [Block] {
  /// The code blocks among these blocks and inside them in reading order, their pieces joined.
  package var codePlaces: [CodePlace] {
    var result: [CodePlace] = []
    for block in self {
      switch block.content {
      case .code(let code):
        if block.isContinuation, !result.isEmpty {
          result[result.count - 1].code.lines += code.lines
        } else {
          result.append(CodePlace(code: code, line: block.lines.lowerBound))
        }
      case .list(let list): result += list.items.flatMap(\.blocks).codePlaces
      case .quote(let blocks): result += blocks.codePlaces
      case .heading, .paragraph, .table, .thematicBreak, .html: break
      }
    }
    return result
  }
}
