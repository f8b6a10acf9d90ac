extension ToolResult {
  /// The most bytes of a result's text that a request carries; the store keeps all of it.
  package static let sentByteLimit = 64 << 10

  /// The parts as a request carries them: those for the model, with words in the place of what it cannot
  /// get, cut where they are too long.
  ///
  /// A result is never empty, which some servers refuse. What a request is counted as goes by the same
  /// parts.
  package var partsSent: [ContentPart] {
    let parts = partsForModel.map { part -> ContentPart in
      guard case .media(let media) = part, media.picture == nil else { return part }
      let kind = media.mediaType ?? "a file"
      let size = media.byteCount.map { ", \($0.bytes) bytes" } ?? ""
      return .text("[\(kind)\(size): the user has it; it cannot be sent to you]")
    }
    guard !parts.isEmpty else {
      return [.text("[The result is for the user alone, who has seen it.]")]
    }
    return parts.cut(to: Self.sentByteLimit)
  }
}

extension [ContentPart] {
  /// The parts with at most so many bytes of text; where some is left out, that is told.
  fileprivate func cut(to limit: Int) -> [ContentPart] {
    let whole = reduce(0) { sum, part in
      if case .text(let text) = part { sum + text.utf8.count } else { sum }
    }
    guard whole > limit else { return self }
    var room = limit
    var cut = compactMap { part -> ContentPart? in
      guard case .text(let text) = part else { return part }
      // A character that is cut in two becomes U+FFFD.
      let kept = String(decoding: text.utf8.prefix(room), as: UTF8.self)
      room -= Swift.min(room, text.utf8.count)
      return kept.isEmpty ? nil : .text(kept)
    }
    cut.append(.text("[cut: \(limit) of \(whole) bytes are shown]"))
    return cut
  }
}
