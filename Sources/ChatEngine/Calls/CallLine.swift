package import Conversation
package import Language

/// A call and its result on one line, as `▸ weather {"city":"Paris"}  0.4 s  212 B`.
package struct CallLine: Equatable, Sendable {
  private let call: ToolCall
  private let result: ToolResult?

  package init(_ call: ToolCall, _ result: ToolResult?) {
    self.call = call
    self.result = result
  }

  package var text: String {
    (["▸ \(call.name) \(arguments)"] + facts).joined(separator: "  ")
  }

  /// The beginning of the arguments, on one line.
  package var arguments: String { String((call.compactArguments ?? call.arguments).prefix(300)) }

  /// The line as what is told, the same in every language.
  package var phrase: Phrase { Phrase(key: "%@", arguments: [.text(text)]) }

  /// How long it took, and how much came.
  package var facts: [String] {
    guard let result else { return [] }
    let bytes = result.parts.reduce(0) { sum, part in
      switch part {
      case .text(let text): sum + text.utf8.count
      case .media(let media): sum + (media.byteCount?.bytes ?? 0)
      default: sum
      }
    }
    let tenths = result.milliseconds.map { ($0 + 50) / 100 }
    let time = tenths.map { "\($0 / 10).\($0 % 10) s" }
    return [time, "\(ByteCount(bytes))", result.isError ? "!" : nil].compactMap(\.self)
  }
}
