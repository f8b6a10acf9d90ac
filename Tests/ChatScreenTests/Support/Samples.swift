import ChatEngine
import ChatScreen
import Conversation
import Language
import ModelCatalog
import SampleValues
import Screen

/// The servers of a chat.
struct Servers {
  var providers: [ProviderFacts]
  var defaultProvider = "openai"

  /// Two servers: one that knows its model, and a plain one.
  static let sample: Servers = {
    var openai = ProviderFacts(name: "openai", host: "api.openai.com", defaultModel: "gpt-4o")
    openai.limits.pictureCount = 3
    let plain = ProviderFacts(name: "plain", host: "localhost:8080")
    return Servers(providers: [openai, plain])
  }()

  /// The sample with other limits of its first server.
  static func limited(_ change: (inout RequestLimits) -> Void) -> Servers {
    var servers = sample
    change(&servers.providers[0].limits)
    return servers
  }

  func settings(_ given: GivenSettings? = nil) -> ChatSettings {
    ChatSettings(
      catalog: .builtIn, providers: providers, defaultProvider: defaultProvider, given: given)
  }
}

extension TargetModel {
  /// A model of the first server.
  static func openAI(_ model: String = "gpt-4o") -> Self { Self(provider: "openai", model: model) }
}

extension Conversation {
  static let empty = Conversation(
    id: ConversationID(rawValue: 1), created: Timestamp(milliseconds: 0))

  /// A conversation of texts, the user's first, then replies and questions in turn.
  static func of(_ texts: String..., id: Int64 = 1) -> Conversation {
    var conversation = Conversation(
      id: ConversationID(rawValue: id), created: Timestamp(milliseconds: 0))
    for (index, text) in texts.enumerated() {
      conversation.messages.append(
        Message(
          id: MessageID(rawValue: id * 100 + Int64(index)), parent: conversation.messages.leaf,
          role: index.isMultiple(of: 2) ? .user : .assistant, parts: [.text(text)],
          created: Timestamp(milliseconds: Int64(index))))
    }
    return conversation
  }

  /// The conversation with one of its messages changed.
  func changing(_ index: Int, _ change: (inout Message) -> Void) -> Conversation {
    var copy = self
    copy.messages.update(messages.pathIDs[index], change)
    return copy
  }
}

extension ConversationSummary {
  static func of(_ conversation: Conversation, updated: Int64 = 0) -> Self {
    ConversationSummary(
      id: conversation.id, name: conversation.name?.text, title: conversation.title,
      updated: Timestamp(milliseconds: updated), messageCount: conversation.messages.count,
      pictureCount: 0, model: conversation.model)
  }

  static func named(_ name: String, id: Int64) -> Self {
    ConversationSummary(
      id: ConversationID(rawValue: id), name: name, title: name,
      updated: Timestamp(milliseconds: 0), messageCount: 2, pictureCount: 0, model: nil)
  }
}

extension PictureReference {
  /// A telephone's picture, of 3 MB.
  static func telephone(_ name: String) -> Self {
    PictureReference(
      source: .stored(
        StoredPicture(
          digest: Digest.sample(name), format: .jpeg,
          size: PixelSize(width: 4032, height: 3024), byteCount: 3_000_000)),
      name: name, detail: .auto)
  }

  /// A picture that is kept; 765 tokens for GPT-4o unless it is sent with `low`.
  static func photo(
    _ name: String = "bridge.jpg", _ detail: Detail = .auto, bytes: ByteCount = 300_000,
    hasLocation: Bool = false
  ) -> Self {
    PictureReference(
      source: .stored(
        StoredPicture(
          digest: Digest.sample(name), format: .jpeg,
          size: PixelSize(width: 1024, height: 768), byteCount: bytes, hasLocation: hasLocation)),
      name: name, detail: detail)
  }

  static func url(_ address: String = "https://example.com/walk.jpg") -> Self {
    PictureReference(source: .remote(SafeURL(stringLiteral: address)), name: address, detail: .auto)
  }
}

extension PreparedPicture {
  /// As it comes when the original is sent.
  static func untouched(_ reference: PictureReference) -> Self {
    guard let stored = reference.stored else { return Self(reference: reference, fitted: nil) }
    return Self(
      reference: reference,
      fitted: FittedFacts(
        format: stored.format, size: stored.size, byteCount: stored.byteCount.bytes,
        isUntouched: true))
  }

  /// As it comes when a smaller form is sent.
  static func fitted(_ reference: PictureReference) -> Self {
    Self(
      reference: reference,
      fitted: FittedFacts(
        format: .png, size: PixelSize(width: 512, height: 384), byteCount: 12_000,
        isUntouched: false))
  }
}

extension UsageLine {
  static let sample = UsageLine(
    label: "2026-11", model: "gpt-4o", replies: 2,
    usage: TokenUsage(prompt: 1_500_000, completion: 20_000, cached: 500_000),
    cost: Money(dollars: 3.325))
}

extension ReplyFailure {
  static let offline = ReplyFailure(kind: .unreachable, phrase: "The server cannot be reached.")
}
