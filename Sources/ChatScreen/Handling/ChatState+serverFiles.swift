import ChatEngine
package import Conversation
package import Language

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
  /// Answered by `.filesListed`, or by `.serverAnswered`.
  case list(provider: String)
  /// Looks whether the server has these libraries; answered by `.librariesListed`, or by
  /// `.librariesUnknown`.
  case findLibraries([String], provider: String)
  /// Answered by `.serverAnswered`.
  case remove(String, provider: String)
  /// Removes what Iris put there and no conversation names; answered by `.serverAnswered`.
  case prune(provider: String)
  /// Ends what a server is being asked.
  case stop
  /// The same of every server, without an answer where all went well.
  case pruneAll
}

// Files on the server, and its vector stores.
extension ChatState {
  /// `/files [rm NAME|prune]`.
  mutating func askFiles(_ words: [String]) -> [ChatEffect] {
    let provider = currentProvider.name
    switch words.first {
    case nil:
      return ask(
        .list(provider: provider),
        telling: say("\(currentProvider.host) is asked for its files… Esc stops."))
    case "rm" where words.count == 2:
      return ask(
        .remove(words[1], provider: provider),
        telling: say("\(currentProvider.host) is asked to remove \(words[1])… Esc stops."))
    case "prune" where words.count == 1:
      return ask(
        .prune(provider: provider),
        telling: say("\(currentProvider.host) is asked to remove what nothing names… Esc stops."))
    default: return misused(.files)
    }
  }

  /// Asks a server, which may take long: says what it is asked, until it has answered or Esc ends it.
  private mutating func ask(_ effect: ServerFileEffect, telling phrase: Phrase) -> [ChatEffect] {
    session.serverAsked = effect
    notice = Notice(.information, phrase, topic: .asking)
    return [.serverFiles(effect)]
  }

  /// What was asked has its answer; false where it was stopped, or something else is asked by now.
  private mutating func settle(_ isMeant: (ServerFileEffect) -> Bool) -> Bool {
    guard session.serverAsked.map(isMeant) == true else { return false }
    session.serverAsked = nil
    if notice?.topic == .asking { notice = nil }
    return true
  }

  /// A server has answered what it was asked with a sentence.
  mutating func showAnswer(
    _ phrase: Phrase, _ kind: Notice.Kind, to effect: ServerFileEffect
  ) -> [ChatEffect] {
    guard settle({ $0 == effect }) else { return [] }
    notice = Notice(kind, phrase)
    return []
  }

  /// Esc: a server is asked no more.
  mutating func stopAsking() -> [ChatEffect] {
    (session.serverAsked, session.librariesAsked) = (nil, nil)
    session.isSendingWhenReady = false
    return [.serverFiles(.stop)]
      + tell(say("Stopped: \(currentProvider.host) is asked no more."))
  }

  /// The files of a server came: as a page, or behind a command where something is being typed.
  mutating func receive(_ files: [KeptFile], of provider: String) -> [ChatEffect] {
    let isAsked = settle { if case .list(provider) = $0 { true } else { false } }
    guard isAsked else { return [] }
    guard !files.isEmpty, !composer.text.isEmpty || overlay != nil else {
      return showFiles(files, of: provider)
    }
    session.files = FileList(files: files, provider: provider)
    let host = engine.settings.providers.first { $0.name == provider }?.host ?? provider
    return tell(
      say("\(host) has told its files: \(files.count). /files shows them."), offers: [.files])
  }

  /// Shows the files that a server told while something was being typed.
  mutating func showToldFiles() -> [ChatEffect] {
    guard let list = session.files else { return askFiles([]) }
    session.files = nil
    return showFiles(list.files, of: list.provider)
  }

  private mutating func showFiles(_ files: [KeptFile], of provider: String) -> [ChatEffect] {
    let host = engine.settings.providers.first { $0.name == provider }?.host ?? provider
    guard !files.isEmpty else {
      let none = say("\(host) keeps no file of yours.")
      guard !currentProvider.isDemo else { return tell(say("\(none) \(DemoFiles.phrase)")) }
      return tell(say("\(none) In a shell, iris files put FILE puts one there."))
    }
    let rows = files.map { Page.Row($0.name, $0.phrase, isDim: $0.conversations.isEmpty) }
    return show(Page(title: say("Files on \(host)"), rows: rows))
  }

  /// `/library NAME…|off`: nothing is searched before the user has named it, and the server has it.
  mutating func setLibraries(_ words: [String]) -> [ChatEffect] {
    session.librariesAsked = nil
    guard words != ["off"] else {
      return setLibraries(named: [], offers: offerToSend)
    }
    session.librariesAsked = words
    return ask(
      .findLibraries(words, provider: currentProvider.name),
      telling: say("\(currentProvider.host) is asked for its libraries… Esc stops."))
  }

  /// The server's libraries came, by their names: those that were asked for are searched from now on, or
  /// the one that is missing is told.
  mutating func showLibraries(_ list: LibraryList) -> [ChatEffect] {
    _ = settle(\.findsLibraries)
    guard session.librariesAsked == list.asked else { return [] }
    session.librariesAsked = nil
    guard !list.asked.isEmpty else {
      let now = phrase(libraries: engine.requestParameters.libraries ?? [])
      return tell(say("\(now) \(list.sentence(isDemo: currentProvider.isDemo))"))
    }
    guard let missing = list.missing else {
      return sendIfReady(telling: { $0.setLibraries(named: list.asked) })
    }
    session.isSendingWhenReady = false
    let told = fail(
      say(
        """
        There is no library \(missing) on \(currentProvider.host). \
        \(list.sentence(isDemo: currentProvider.isDemo))
        """))
    return told + giveBackCommand { $0.findsLibraries }
  }

  /// The server could not be asked.
  mutating func missLibraries(_ phrase: Phrase) -> [ChatEffect] {
    _ = settle(\.findsLibraries)
    guard session.librariesAsked != nil else { return [] }
    session.librariesAsked = nil
    session.isSendingWhenReady = false
    return fail(phrase) + giveBackCommand { $0.findsLibraries }
  }

  private mutating func setLibraries(named names: [String], offers: [Offer] = []) -> [ChatEffect] {
    var parameters = conversation.parameters
    parameters.libraries = names
    let phrase = phrase(libraries: names)
    return send(.settings(.parameters(parameters)))
      + tell(names.isEmpty ? phrase : onResponses(phrase), offers: offers)
  }

  private func phrase(libraries names: [String]) -> Phrase {
    guard !names.isEmpty else { return say("The model searches no library.") }
    let list = names.joined(separator: ", ")
    return currentProvider.isDemo
      ? say("The model may search \(list) on its server.")
      : say("The model may search \(list) on its server, some $0.0025 a search.")
  }
}

/// What becomes of what is put on the demo's server.
package enum DemoFiles {
  /// How long files and libraries are kept there, and what keeps them longer.
  package static let phrase = say(
    """
    The demo inside Iris forgets files when it ends; iris demo in another terminal keeps them for \
    OPENAI_BASE_URL.
    """)
}

/// The files that a server told, which are not shown yet.
struct FileList: Equatable, Sendable {
  var files: [KeptFile]
  var provider: String
}

extension ServerFileEffect {
  /// Whether it asks for a server's libraries.
  fileprivate var findsLibraries: Bool {
    if case .findLibraries = self { true } else { false }
  }
}

/// What a server says of its libraries.
package struct LibraryList: Equatable, Sendable {
  /// The names as they were typed.
  package var asked: [String]
  /// The first of them that the server does not have.
  package var missing: String?
  /// The names of all that it has, the newest first.
  package var names: [String]

  package init(asked: [String], missing: String?, names: [String]) {
    self.asked = asked
    self.missing = missing
    self.names = names
  }

  /// Which there are, and how one is made.
  fileprivate func sentence(isDemo: Bool) -> Phrase {
    guard !isDemo else { return DemoFiles.phrase }
    let example = missing ?? "NAME"
    guard !names.isEmpty else {
      return say("It has none; in a shell, iris library add \(example) FILE makes one.")
    }
    return say(
      """
      It has: \(names.joined(separator: ", ")). In a shell, iris library add \(example) FILE makes one.
      """)
  }
}

extension ChatEffect {
  /// Whether it asks for a server's libraries.
  fileprivate var findsLibraries: Bool {
    if case .serverFiles(.findLibraries) = self { true } else { false }
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
