import ChatEngine
package import Conversation
import Language

/// A file that a server keeps.
package struct KeptFile: Equatable, Sendable {
  /// As people type it: of several of one name, with a number.
  package var name: String
  package var byteCount: ByteCount?
  /// In how many hours the server removes it; nil for never, or where it does not tell.
  package var hoursLeft: Int?
  /// The titles of the conversations that name it.
  package var conversations: [String]

  package init(
    name: String, byteCount: ByteCount? = nil, hoursLeft: Int? = nil, conversations: [String] = []
  ) {
    self.name = name
    self.byteCount = byteCount
    self.hoursLeft = hoursLeft
    self.conversations = conversations
  }
}

/// Work for a server's files.
package enum ServerFileEffect: Equatable, Sendable {
  /// Answered by `.filesListed`, or by `.remarked`.
  case list(provider: String)
  /// Answered by `.remarked`.
  case remove(String, provider: String)
  /// Removes what Iris put there and no conversation names; answered by `.remarked`.
  case prune(provider: String)
  /// The same of every server, without an answer where all went well.
  case pruneAll
}

// Files on the server, and its vector stores.
extension ChatState {
  /// `/files [rm NAME|prune]`.
  mutating func askFiles(_ words: [String]) -> [ChatEffect] {
    let provider = currentProvider.name
    switch words.first {
    case nil: return [.serverFiles(.list(provider: provider))]
    case "rm" where words.count == 2:
      return [.serverFiles(.remove(words[1], provider: provider))]
    case "prune" where words.count == 1: return [.serverFiles(.prune(provider: provider))]
    default: return misused(.files)
    }
  }

  mutating func showFiles(_ files: [KeptFile], of provider: String) -> [ChatEffect] {
    let host = engine.settings.providers.first { $0.name == provider }?.host ?? provider
    guard !files.isEmpty else { return tell(say("\(host) keeps no file of yours.")) }
    let rows = files.map { Page.Row($0.name, $0.phrase, isDim: $0.conversations.isEmpty) }
    return show(Page(title: say("Files on \(host)"), rows: rows))
  }

  /// `/library NAME…|off`: nothing is searched before the user has named it.
  mutating func setLibraries(_ words: [String]) -> [ChatEffect] {
    guard !words.isEmpty else {
      return tell(Self.phrase(libraries: engine.requestParameters.libraries ?? []))
    }
    let names = words == ["off"] ? [] : words
    var parameters = conversation.parameters
    parameters.libraries = names
    let phrase = Self.phrase(libraries: names)
    return send(.settings(.parameters(parameters)))
      + tell(names.isEmpty ? phrase : onResponses(phrase))
  }

  private static func phrase(libraries names: [String]) -> Phrase {
    guard !names.isEmpty else { return say("The model searches no library.") }
    let list = names.joined(separator: ", ")
    return say("The model may search \(list) on its server, some $0.0025 a search.")
  }
}

extension KeptFile {
  /// “1.2 MB, removed in 23 h, in “trip-photos””.
  fileprivate var phrase: Phrase {
    var parts: [Phrase] = []
    if let byteCount { parts.append(.verbatim("\(byteCount)")) }
    if let hoursLeft { parts.append(say("removed in \(hoursLeft) h")) }
    if let first = conversations.first { parts.append(say("in “\(first)”")) }
    guard let first = parts.first else { return .verbatim("") }
    return parts.dropFirst().reduce(first) { say("\($0), \($1)") }
  }
}
