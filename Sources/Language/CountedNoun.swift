/// A noun behind a number: the one place that knows its singular.
///
/// `\(count, .messages)` in a sentence is “1 message” or “5 messages”, and what the other languages make of
/// it; HouseTests find sentences in which a plural stands behind a bare number.
package enum CountedNoun: CaseIterable, Sendable {
  case messages, conversations, pictures, replies, models, parts, characters, bytes, pages, tiles,
    files, vectors

  /// The number with its noun.
  package func phrase(of count: Int) -> Phrase {
    switch self {
    case .messages: count == 1 ? say("1 message") : say("\(count) messages")
    case .conversations: count == 1 ? say("1 conversation") : say("\(count) conversations")
    case .pictures: count == 1 ? say("1 picture") : say("\(count) pictures")
    case .replies: count == 1 ? say("1 reply") : say("\(count) replies")
    case .models: count == 1 ? say("1 model") : say("\(count) models")
    case .parts: count == 1 ? say("1 part") : say("\(count) parts")
    case .characters: count == 1 ? say("1 character") : say("\(count) characters")
    case .bytes: count == 1 ? say("1 byte") : say("\(count) bytes")
    case .pages: count == 1 ? say("1 page") : say("\(count) pages")
    case .vectors: count == 1 ? say("1 vector") : say("\(count) vectors")
    case .tiles: count == 1 ? say("1 tile") : say("\(count) tiles")
    case .files: count == 1 ? say("1 file") : say("\(count) files")
    }
  }
}

extension Phrase.StringInterpolation {
  package mutating func appendInterpolation(_ count: Int, _ noun: CountedNoun) {
    appendInterpolation(noun.phrase(of: count))
  }
}
