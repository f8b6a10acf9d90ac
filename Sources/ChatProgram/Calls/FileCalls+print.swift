import ChatAPI
import Language

extension FileCalls {
  /// Writes a file of the server to standard output: as it is to a file or a pipe, to a terminal as text
  /// that does not steer it, and nothing there of what is no text.
  func print(_ answer: ServerAnswer, named name: String) async throws(AskFailure) {
    var answer = answer
    guard !StandardOutput.isTerminal else { return try await show(&answer, named: name) }
    while let bytes = try await next(&answer) {
      guard StandardOutput.sink.write(bytes: bytes) else { return }
    }
  }

  private func show(_ answer: inout ServerAnswer, named name: String) async throws(AskFailure) {
    var output = StandardOutput.sink.stream()
    var rest: [UInt8] = []
    while let bytes = try await next(&answer) {
      rest += bytes
      let whole = rest.count - rest.unfinishedLetterCount
      guard rest[..<whole].isText else { throw Self.noText(name, &output) }
      guard output.write(String(decoding: rest[..<whole], as: UTF8.self)) else { return }
      rest.removeFirst(whole)
    }
    guard rest.isEmpty else { throw Self.noText(name, &output) }
    output.end()
  }

  private static func noText(_ name: String, _ output: inout OutputStream) -> AskFailure {
    output.end()
    return AskFailure(.usage, say("\(name) is no text. Send it to a file or a pipe: -o FILE"))
  }
}

extension [UInt8] {
  /// How many bytes at the end begin a letter of UTF-8 whose others are still to come.
  fileprivate var unfinishedLetterCount: Int {
    for count in 1...3 where count <= self.count {
      let byte = self[self.count - count]
      if byte & 0xC0 == 0x80 { continue }
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      return length > count ? count : 0
    }
    return 0
  }
}

extension ArraySlice<UInt8> {
  /// Whether the bytes are letters of UTF-8, and none of them is zero.
  fileprivate var isText: Bool { !contains(0) && String(validating: self, as: UTF8.self) != nil }
}
