package import Conversation

/// What is known of one model; every fact that nobody has published is nil.
package struct Model: Hashable, Identifiable, Sendable {
  /// The name that requests carry, as the maker writes it (`gpt-4o`).
  package internal(set) var id: String
  /// Prompt and reply together, in tokens.
  package var contextWindow: Int?
  /// The prompt alone, in tokens, where it is less than the whole window.
  package var maxInput: Int?
  /// The reply alone, reasoning included, in tokens.
  package var maxOutput: Int?
  package var price: Price?
  /// Whether it takes pictures; nil where nobody has said.
  package var hasVision: Bool?
  /// The day on which its maker takes it out of service.
  package var shutdown: CalendarDate?
  /// The model that its maker names in its place.
  package var replacement: String?
  package var pictures = PictureRule.unknown
  /// How it makes pictures; nil for a model that makes none, or of which nobody has said.
  package var drawing: DrawingRule?
  /// Whether the maker's own pages gave these facts, or others who quote them.
  package var source = Source.user

  /// Where the facts come from.
  package enum Source: String, Hashable, Sendable {
    case official
    case secondary
    /// The user's own table, or nobody: a model that no table lists.
    case user
  }

  /// A model of which nothing but its name is known.
  package init(id: String) {
    self.id = id
  }
}

extension Model {
  /// How many tokens a prompt may have; nil where unknown.
  package var promptLimit: Int? { maxInput ?? contextWindow }

  /// The share of the room for prompts that `tokens` take: 1 is full, above 1 is too much.
  package func share(ofPrompt tokens: Int) -> Double? {
    promptLimit.flatMap { $0 > 0 ? Double(tokens) / Double($0) : nil }
  }

  /// Whether the model is out of service at `now`; a model without a date never is.
  package func isShutDown(at now: Timestamp) -> Bool {
    shutdown.map { $0 <= CalendarDate(now) } ?? false
  }

  /// What a request cost by the server's own count; nil where the price is unknown.
  package func cost(of usage: TokenUsage) -> Money? { price?.cost(of: usage) }

  /// What `tokens` in a prompt cost, uncached: the price of keeping them for one more turn.
  package func cost(ofPrompt tokens: Int) -> Money? {
    price?.cost(of: TokenUsage(prompt: TokenCount(tokens), completion: 0))
  }

  /// What becomes of a picture of `size` pixels that is sent with `detail`.
  ///
  /// The tokens are those of the size that is sent and of the level that is said on the wire.
  package func plan(for size: PixelSize, detail: Detail) -> PicturePlan {
    let sent = pictures.sentSize(of: size, detail: detail)
    return PicturePlan(
      size: sent, detail: detail.onWire, tokens: pictures.tokens(for: sent, detail: detail.onWire))
  }

  /// As which tiles a picture of `size` pixels can be read; nil where the whole can be.
  package func tilePlan(for size: PixelSize) -> TilePlan? { TilePlan(of: size, by: pictures) }
}

/// How a picture goes into a request, and what it is likely to cost there.
package struct PicturePlan: Hashable, Sendable {
  /// The size to fit to before sending; equal to the picture's own where nothing is to be done.
  package let size: PixelSize
  /// The level that the request names.
  package let detail: Detail
  package let tokens: TokenEstimate
}

extension Detail {
  /// The level that a chat request may name: its schema knows `auto`, `low` and `high` only
  /// (OpenAI API reference, chat/create, `image_url.detail`), so all else becomes `high`.
  package var onWire: Detail { self == .original || self == .tiles ? .high : self }
}
