/// One message of a conversation: a node of its tree, and what is known of how it came to be.
package struct Message: Identifiable, Hashable, Sendable {
  /// How far a message has come.
  package enum Status: String, Codable, Sendable {
    /// Whole. The end state of most messages.
    case complete
    /// A user's message whose request failed; `/send` sends it again. Next: `complete`.
    case unsent
    /// A reply that is arriving. Next: `complete`, `stopped`, `cutOff`.
    case streaming
    /// A reply that the user stopped.
    case stopped
    /// A reply whose stream broke; the text up to there is kept.
    case cutOff
  }

  /// What of a message is left out of requests (the message itself stays).
  package enum Omission: String, Codable, Sendable {
    case none
    case pictures
    case all
  }

  package let id: MessageID
  /// The message that this one follows; nil at the start of the conversation.
  package var parent: MessageID?
  package var role: Role
  package var parts: [ContentPart]
  package var created: Timestamp
  package var status: Status
  package var omission: Omission = .none
  package var reply: ReplyDetails?

  package init(
    id: MessageID, parent: MessageID?, role: Role, parts: [ContentPart], created: Timestamp,
    status: Status = .complete, reply: ReplyDetails? = nil
  ) {
    self.id = id
    self.parent = parent
    self.role = role
    self.parts = parts
    self.created = created
    self.status = status
    self.reply = reply
  }

  package var text: String { parts.text }
  package var reasoning: String { parts.reasoning }
  package var pictures: [PictureReference] { parts.pictures }
  /// The pictures among the parts, and those that are in results of tools.
  package var shownPictures: [PictureReference] { parts.media.compactMap(\.picture) }

  /// Whether there is anything but reasoning in it.
  package var hasContent: Bool {
    parts.contains { if case .reasoning = $0 { false } else { true } }
  }
}

extension Message {
  /// All that is said in it, in its order, as plain text: its texts, calls of tools behind `→`, their
  /// results behind `←`, and the JSON of what this version does not know behind `?`.
  ///
  /// Reasoning and pictures are left out. A message of nothing but text is not copied.
  package var plainText: String {
    guard parts.contains(where: \.standsBesideText) else { return text }
    return parts.compactMap(\.plainText).joined(separator: "\n")
  }
}

extension ContentPart {
  /// Whether it is neither said nor drawn: a call of a tool, a result, what a text refers to, other
  /// media, an unknown part.
  package var standsBesideText: Bool {
    switch self {
    case .text, .reasoning, .drawing: false
    case .media: picture == nil
    case .toolCall, .toolResult, .hostedCall, .citations, .unknown: true
    }
  }

  fileprivate var plainText: String? {
    switch self {
    case .text(let text): text
    case .reasoning, .drawing: nil
    case .media(let media): media.picture == nil ? media.name : nil
    case .toolCall(let call): "→ \(call.name) \(call.arguments)"
    case .toolResult(let result):
      (result.isError ? "← ! " : "← ")
        + result.parts.compactMap(\.plainText).joined(separator: "\n")
    case .hostedCall(let call):
      "→ \(call.input)" + (call.output.isEmpty ? "" : "\n← \(call.output)")
    case .citations(let citations): citations.lines.joined(separator: "\n")
    case .unknown(let json): "? " + json
    }
  }
}

/// What is known of a reply beside its parts.
package struct ReplyDetails: Hashable, Codable, Sendable {
  package var model: String
  /// The configured name of the server that answered, or its host.
  package var provider: String
  /// The text of a refusal, which is also the message's text.
  package var isRefusal = false
  package var finishReason: FinishReason?
  package var usage: TokenUsage?
  package var systemFingerprint: String?
  /// From the request to the end of the reply, in milliseconds; at most ``longestDuration``.
  package var milliseconds: Int64?

  /// A year.
  package static let longestDuration: Int64 = 366 * 86_400_000

  package init(model: String, provider: String) {
    self.model = model
    self.provider = provider
  }
}

extension ReplyDetails {
  /// A duration from outside, in milliseconds; nil where it is out of range.
  package static func duration(_ milliseconds: Int64) -> Int64? {
    (0...longestDuration).contains(milliseconds) ? milliseconds : nil
  }

  /// Reads what ``encode(to:)`` writes; figures that are out of range read as absent.
  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      model: try object.decode(String.self, forKey: .model),
      provider: try object.decode(String.self, forKey: .provider))
    isRefusal = try object.decode(Bool.self, forKey: .isRefusal)
    finishReason = try object.decodeIfPresent(FinishReason.self, forKey: .finishReason)
    usage = try? object.decodeIfPresent(TokenUsage.self, forKey: .usage)
    systemFingerprint = try object.decodeIfPresent(String.self, forKey: .systemFingerprint)
    milliseconds = try object.decodeIfPresent(Int64.self, forKey: .milliseconds)
      .flatMap(Self.duration)
  }
}
