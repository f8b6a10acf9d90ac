/// One part of a message's content (OpenAI API reference, chat/create, `messages[].content[]`).
///
/// Parts stand in the order in which they were said, of every kind among each other. A part is
/// identified by its message and its place in it: parts are added at the end and changed in place,
/// and never change their order (docs/decisions/0122).
package enum ContentPart: Hashable, Sendable {
  case text(String)
  /// A model's visible thoughts on the way to what follows.
  case reasoning(Reasoning)
  case media(MediaReference)
  case toolCall(ToolCall)
  case toolResult(ToolResult)
  /// How the pictures are asked for that the message wants made.
  case drawing(Drawing)
  /// A call of one of the server's own tools, which the server made by itself.
  case hostedCall(HostedToolCall)
  /// What the texts before it, of the same message, refer to.
  case citations([Citation])
  /// A part that this version does not know, as the JSON text that was read: it is kept and written
  /// back as it is, and sent nowhere.
  case unknown(json: String)

  package static func picture(_ picture: PictureReference) -> ContentPart {
    .media(MediaReference(picture))
  }

  package static func reasoning(_ text: String) -> ContentPart {
    .reasoning(Reasoning(text: text))
  }

  /// Whether it holds what only the server that gave it understands.
  package var isSealed: Bool {
    switch self {
    case .reasoning(let reasoning): reasoning.opaque != nil
    case .toolCall(let call): call.opaque != nil
    case .hostedCall: true
    case .text, .media, .toolResult, .citations, .drawing, .unknown: false
    }
  }

  /// The picture that this part is; nil for every other part.
  package var picture: PictureReference? {
    if case .media(let media) = self { media.picture } else { nil }
  }
}

/// What a model said to itself.
package struct Reasoning: Hashable, Sendable {
  package var text: String
  /// JSON text that only the server that gave it can read (a signature, encrypted thoughts); it goes
  /// back to that server as it came, and nowhere else.
  package var opaque: String?

  package init(text: String, opaque: String? = nil) {
    self.text = text
    self.opaque = opaque
  }
}

/// A tool that a model asks to be called (OpenAI API reference, chat/create, `tool_calls[]`).
package struct ToolCall: Hashable, Sendable {
  /// How far a call has come.
  package enum State: String, CaseIterable, Sendable {
    /// The model asked for it. Next: `running`, `refused`.
    case requested
    /// Next: `finished`.
    case running
    /// A ``ToolResult`` answers it.
    case finished
    /// The user did not allow it.
    case refused
  }

  /// The name by which the result refers to the call.
  package var id: String
  package var name: String
  /// The arguments as the model wrote them: JSON text as a rule, but nothing makes sure of it.
  package var arguments: String
  package var state: State
  /// A JSON object of members that only the server that made the call understands (Gemini's
  /// `extra_content` with its thought signature); it goes back to that server as it came, and nowhere
  /// else.
  package var opaque: String?

  package init(
    id: String, name: String, arguments: String, state: State = .requested, opaque: String? = nil
  ) {
    self.id = id
    self.name = name
    self.arguments = arguments
    self.state = state
    self.opaque = opaque
  }
}

/// What a called tool answered.
package struct ToolResult: Hashable, Sendable {
  package var callID: String
  package var parts: [ContentPart]
  /// Whether the tool failed, and `parts` say how.
  package var isError: Bool
  /// How long the tool ran, in milliseconds; nil where that is not known.
  package var milliseconds: Int64?
  /// The places of parts that are for the user alone: they are shown, and not sent to a model.
  package var userOnly: Set<Int> = []

  /// The parts that a model gets.
  package var partsForModel: [ContentPart] {
    parts.indices.filter { !userOnly.contains($0) }.map { parts[$0] }
  }

  /// The parts that the user alone gets.
  package var partsForUser: [ContentPart] {
    userOnly.sorted().filter(parts.indices.contains).map { parts[$0] }
  }

  package init(
    callID: String, parts: [ContentPart], isError: Bool = false, milliseconds: Int64? = nil
  ) {
    self.callID = callID
    self.parts = parts
    self.isError = isError
    self.milliseconds = milliseconds
  }
}

extension [ContentPart] {
  /// The text parts as one text, as they stand on the screen: those between which something else is
  /// shown are paragraphs of their own, and no line of one runs into another.
  ///
  /// A single part is not copied.
  package var text: String {
    var joined: String?
    for place in indices {
      guard case .text(let text) = self[place] else { continue }
      guard joined != nil else {
        joined = text
        continue
      }
      joined?.append(String(repeating: "\n", count: lineBreaks(beforeText: place)) + text)
    }
    return joined ?? ""
  }

  /// How many line breaks ``text`` puts between the text at a place and the one before it.
  ///
  /// Pictures stand above the whole message: texts on both sides of one are lines of one paragraph.
  package func lineBreaks(beforeText place: Int) -> Int {
    var isParted = false
    for part in self[..<place].reversed() {
      switch part {
      case .text(let before):
        guard isParted, case .text(let text) = self[place] else { return 1 }
        return before.lineBreaks(beforeParagraph: text)
      case .media where part.picture != nil: break
      case .citations, .drawing: break
      case .media, .reasoning, .toolCall, .toolResult, .hostedCall, .unknown: isParted = true
      }
    }
    return 0
  }

  /// The reasoning parts as one text, each a paragraph of its own; a single one is not copied.
  package var reasoning: String {
    let texts = compactMap { if case .reasoning(let part) = $0 { part.text } else { nil } }
    guard var joined = texts.first else { return "" }
    for text in texts.dropFirst() { joined.append(paragraph: text) }
    return joined
  }

  package var pictures: [PictureReference] { compactMap(\.picture) }

  /// What the parts refer to that is no text, those inside tools' results included.
  package var media: [MediaReference] {
    flatMap { part -> [MediaReference] in
      switch part {
      case .media(let media): [media]
      case .toolResult(let result): result.parts.media
      case .text, .reasoning, .toolCall, .hostedCall, .citations, .drawing, .unknown: []
      }
    }
  }

  package var toolCalls: [ToolCall] {
    compactMap { if case .toolCall(let call) = $0 { call } else { nil } }
  }

  package var hostedCalls: [HostedToolCall] {
    compactMap { if case .hostedCall(let call) = $0 { call } else { nil } }
  }

  /// What its texts refer to, in the order of the numbers by which it is shown.
  package var citations: [Citation] {
    flatMap { part -> [Citation] in
      if case .citations(let citations) = part { citations } else { [] }
    }
  }

  /// The documents and sounds that requests carry.
  package var documents: [MediaReference] {
    compactMap { if case .media(let media) = $0, media.isKeptDocument { media } else { nil } }
  }

  package var toolResults: [ToolResult] {
    compactMap { if case .toolResult(let result) = $0 { result } else { nil } }
  }

  /// How many parts this version does not know.
  package var unknownCount: Int {
    count { if case .unknown = $0 { true } else { false } }
  }

  /// Adds to the last part where that is a text, else as a part of its own; nothing where `text` is
  /// empty.
  ///
  /// - Complexity: linear in `text`, not in what it is added to.
  package mutating func append(text: String) {
    guard !text.isEmpty else { return }
    guard case .text(var whole) = last else {
      append(.text(text))
      return
    }
    // Taken out first, so that the text grows in place instead of being copied.
    removeLast()
    whole += text
    append(.text(whole))
  }

  /// Adds to the last part where that is reasoning that no server has sealed, else as a part of its
  /// own; nothing where `text` is empty.
  ///
  /// - Complexity: linear in `text`, not in what it is added to.
  package mutating func append(reasoning text: String) {
    guard !text.isEmpty else { return }
    guard case .reasoning(var whole) = last, whole.opaque == nil else {
      append(.reasoning(text))
      return
    }
    removeLast()
    whole.text += text
    append(.reasoning(whole))
  }
}

extension String {
  /// Adds a text as a paragraph of its own: a blank line parts it from what is there already.
  package mutating func append(paragraph text: String) {
    self += String(repeating: "\n", count: lineBreaks(beforeParagraph: text)) + text
  }

  /// How many line breaks are missing between this text and the next for a blank line.
  fileprivate func lineBreaks(beforeParagraph next: String) -> Int {
    guard !isEmpty, !next.isEmpty else { return 0 }
    let lineFeed = UInt8(ascii: "\n")
    let ending = utf8.reversed().prefix(2).prefix { $0 == lineFeed }.count
    return Swift.max(0, 2 - ending - next.utf8.prefix(2).prefix { $0 == lineFeed }.count)
  }
}
