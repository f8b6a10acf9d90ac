package import Language

/// How much a server did that makes no reply: characters that it spoke, seconds that it heard, vectors that it
/// made.
package enum ServiceAmount: Hashable, Sendable {
  case characters(Int)
  case seconds(Double)
  case vectors(Int)

  /// The sum of two amounts of one kind; of two kinds the first alone.
  package static func + (left: Self, right: Self) -> Self {
    switch (left, right) {
    case (.characters(let one), .characters(let other)):
      .characters(one.addingReportingOverflow(other).partialValue)
    case (.seconds(let one), .seconds(let other)): .seconds(one + other)
    case (.vectors(let one), .vectors(let other)):
      .vectors(one.addingReportingOverflow(other).partialValue)
    default: left
    }
  }

  /// “1200 characters”, “2.5 min of sound”, “30 vectors”.
  package var phrase: Phrase {
    switch self {
    case .characters(let count): CountedNoun.characters.phrase(of: count)
    case .seconds(let seconds): say("\(Self.minutes(seconds)) min of sound")
    case .vectors(let count): CountedNoun.vectors.phrase(of: count)
    }
  }

  /// Minutes to the tenth.
  private static func minutes(_ seconds: Double) -> String {
    let tenths = Int((seconds / 6).rounded(.up))
    return "\(tenths / 10).\(tenths % 10)"
  }
}

extension ServiceAmount: Codable {
  private enum Key: String, CodingKey {
    case characters, seconds, vectors
  }

  /// No sum of the lines of a file of 64 MiB is out of range.
  private static let most = 1 << 40

  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    if let count = try object.decodeIfPresent(Int.self, forKey: .characters) {
      self = .characters(min(max(0, count), Self.most))
    } else if let count = try object.decodeIfPresent(Int.self, forKey: .vectors) {
      self = .vectors(min(max(0, count), Self.most))
    } else {
      let seconds = try object.decode(Double.self, forKey: .seconds)
      self = .seconds(min(max(0, seconds), Double(Self.most)))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    switch self {
    case .characters(let count): try object.encode(count, forKey: .characters)
    case .seconds(let seconds): try object.encode(seconds, forKey: .seconds)
    case .vectors(let count): try object.encode(count, forKey: .vectors)
    }
  }
}
