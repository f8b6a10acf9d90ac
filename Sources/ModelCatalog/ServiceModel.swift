package import Conversation

/// What is known of a model that speaks, hears or makes vectors: what it costs, when it ends, and what
/// replaces it then.
package struct ServiceModel: Hashable, Sendable {
  /// What a price is for.
  package enum Price: Hashable, Sendable {
    /// Dollars for a million characters that are spoken.
    case characters(Double)
    /// Dollars for a minute of sound, spoken or heard.
    case minutes(Double)
    /// Dollars for a million tokens of text.
    case tokens(Double)
  }

  package let id: String
  package let price: Price
  /// The day on which its maker takes it out of service.
  package let shutdown: CalendarDate?
  /// What its maker, or experience, names in its place.
  package let successor: String?

  private init(
    _ id: String, _ price: Price, until shutdown: String? = nil, then successor: String? = nil
  ) {
    self.id = id
    self.price = price
    self.shutdown = shutdown.flatMap(CalendarDate.init(iso:))
    self.successor = successor
  }

  /// The model of that name; nil where nothing is known of it.
  package init?(named name: String) {
    let plain = name.split(separator: "/").last.map(String.init) ?? name
    guard let known = Self.all.first(where: { $0.id == plain }) else { return nil }
    self = known
  }

  /// The models that are known, as of 2026-11-29.
  ///
  /// OpenAI's speech and older hearing models end without a successor of their own kind:
  /// gpt-audio-1.5 speaks by chat, gpt-transcribe hears without times.
  private static let all = [
    ServiceModel("tts-1", .characters(15), until: "2027-01-06", then: "gpt-audio-1.5"),
    ServiceModel("tts-1-hd", .characters(30), until: "2027-01-06", then: "gpt-audio-1.5"),
    ServiceModel("gpt-4o-mini-tts", .minutes(0.015), until: "2027-01-06", then: "gpt-audio-1.5"),
    ServiceModel("gpt-transcribe", .minutes(0.0045)),
    ServiceModel("whisper-1", .minutes(0.006), until: "2027-02-26", then: "gpt-transcribe"),
    ServiceModel("gpt-4o-transcribe", .minutes(0.006), until: "2027-02-26", then: "gpt-transcribe"),
    ServiceModel(
      "gpt-4o-mini-transcribe", .minutes(0.003), until: "2027-02-26", then: "gpt-transcribe"),
    ServiceModel(
      "gpt-4o-transcribe-diarize", .minutes(0.006), until: "2027-02-26", then: "gpt-transcribe"),
    ServiceModel("text-embedding-3-small", .tokens(0.02)),
    ServiceModel("text-embedding-3-large", .tokens(0.13)),
    ServiceModel("text-embedding-ada-002", .tokens(0.10)),
  ]
}

extension ServiceModel {
  /// So many days before its end a model is told of.
  package static let noticeDays = 60

  /// Whether the model ends within the days of notice, or has ended.
  package func endsSoon(at now: Timestamp) -> Bool {
    let notice = Timestamp(milliseconds: now.milliseconds + Int64(Self.noticeDays) * 86_400_000)
    return shutdown.map { $0 <= CalendarDate(notice) } ?? false
  }

  /// What so many characters cost; nil where the price is for something else.
  package func cost(ofCharacters count: Int) -> Money? {
    if case .characters(let price) = price {
      Money(dollars: Double(count) * price / 1e6)
    } else {
      nil
    }
  }

  /// What so many spoken characters cost: by the character, or by the minute, which has some 900 of them.
  package func cost(ofSpoken characters: Int) -> Money? {
    cost(ofCharacters: characters) ?? cost(ofSeconds: Double(characters) / 15)
  }

  /// What so many seconds of sound cost; nil where the price is for something else.
  package func cost(ofSeconds seconds: Double) -> Money? {
    if case .minutes(let price) = price { Money(dollars: seconds / 60 * price) } else { nil }
  }

  /// What so many tokens of text cost; nil where the price is for something else.
  package func cost(ofTokens count: Int) -> Money? {
    if case .tokens(let price) = price { Money(dollars: Double(count) * price / 1e6) } else { nil }
  }
}
