import ChatEngine
import Conversation
package import Language

extension ChatState {
  mutating func startNew(at moment: Moment) -> [ChatEffect] {
    let old = conversation
    let wasReplying = !reply.isIdle
    let effects = leaveConversation()
    var new = Conversation(id: moment.makeIdentifier(), created: moment.timestamp)
    new.model = old.model
    new.provider = providerOfNextConversation
    new.parameters = engine.settings.sources.parameters
    new.parameters.tools = engine.calls.toolsGiven(beside: nil)
    new.instructions = engine.settings.sources.instructions
    let isReset = old.parameters != new.parameters || old.instructions != new.instructions
    return effects + enter(.enter(new, isStored: false))
      + tell(newsOfNew(isReset: isReset, wasReplying: wasReplying))
  }

  /// The sentence about what `/new` stopped, reset and took along.
  private func newsOfNew(isReset: Bool, wasReplying: Bool) -> Phrase {
    var news = say("A new conversation. /list opens the old ones.")
    if wasReplying { news = say("\(say("The reply was stopped.")) \(news)") }
    if isReset {
      news = say("\(news) \(say("Parameters and system message are those of the start."))")
    }
    guard !pictures.isEmpty else { return news }
    return say("\(news) \(say("What waits to be sent comes along."))")
  }

  /// Ends what is under way in the conversation that is open, and writes its row.
  ///
  /// What is being written, and the pictures that wait with it, go along to the next conversation,
  /// unless that one has a draft of its own: `staying` keeps them here.
  mutating func leaveConversation(draftIsStaying staying: Bool = false) -> [ChatEffect] {
    var effects = hush() + send(.run(.stop)) + closeOverlays()
    if session.editing != nil { effects += stopEditing() }
    var draft = Draft()
    if staying {
      draft.text = draftText
      draft.attach(pictures.keptParts)
    }
    return effects + send(.conversation(.leave(draft: draft)))
  }

  /// Opens a conversation, and forgets what belonged to the one before.
  mutating func enter(_ opening: ConversationEvent) -> [ChatEffect] {
    session.isSendingWhenReady = false
    session.librariesAsked = nil
    session.isReadingSchema = false
    session.isOpening = false
    library.formerName = nil
    session.mask = nil
    transcript.reset()
    notice = nil
    rememberOrigin(of: opening)
    let effects = send(.conversation(opening))
    let goesAlong = !composer.draft.isEmpty || !pictures.isEmpty
    return goesAlong ? effects + send(.draft(.changed)) : effects
  }

  /// A stored conversation brings settings of its own; over those of the first that the program opens,
  /// the command line's are laid.
  private mutating func rememberOrigin(of opening: ConversationEvent) {
    switch opening {
    case .enter(_, isStored: false):
      (session.isReopened, session.followsCommandLine) = (false, true)
    case .enter(_, isStored: true):
      session.followsCommandLine = engine.settings.given.map { $0 != GivenSettings() } ?? false
      session.isReopened = true
    default: session.isReopened = true
    }
  }

  mutating func load(_ rest: String) -> [ChatEffect] {
    guard !rest.isEmpty else { return list() }
    let word = rest.unquoted
    return looksLikeFile(word) ? read(word) : beginOpening(.name(word), at: nil)
  }

  /// Has the store read a conversation, which the next message waits for.
  private mutating func beginOpening(
    _ query: ConversationQuery, at message: MessageID?
  ) -> [ChatEffect] {
    session.isOpening = true
    return [.store(.load(query, at: message))]
  }

  /// Reads a file of conversations; one at a time.
  private mutating func read(_ path: String) -> [ChatEffect] {
    if let reading = library.reading {
      return fail(say("\(reading.path) is still being read. Esc stops it."))
    }
    library.reading = FileReading(path: path, conversation: conversation.id, leaf: leaf)
    return [.store(.importFile(path: path))]
  }

  /// Stops the reading of a file; conversations that are stored already stay.
  mutating func stopReading() -> [ChatEffect] {
    library.reading = nil
    return [.store(.cancelImport)]
  }

  mutating func open(_ id: ConversationID, at message: MessageID?) -> [ChatEffect] {
    beginOpening(.id(id), at: message)
  }

  mutating func list() -> [ChatEffect] {
    library.listIsWanted = true
    return [.store(.list)]
  }

  mutating func search(_ rest: String) -> [ChatEffect] {
    if rest.hasPrefix("~") { return searchByMeaning(String(rest.dropFirst()).trimmed) }
    return rest.isEmpty ? misused(.search) : [.store(.search(rest))]
  }

  /// `/save`: a name, or a file by its slash or its ending.
  mutating func save(_ rest: String) -> [ChatEffect] {
    guard !rest.isEmpty else {
      guard let name = conversation.name else {
        return tell(say("Everything is stored already. /save NAME gives it a name."))
      }
      return tell(say("Everything is stored already, as \(name.text)."))
    }
    return looksLikeFile(rest.unquoted) ? export(rest) : rename(rest)
  }

  mutating func rename(_ rest: String) -> [ChatEffect] {
    rest.isEmpty ? misused(.rename) : rename(exactly: rest.unquoted)
  }

  /// Gives the open conversation a name, whatever characters it is made of.
  mutating func rename(exactly text: String) -> [ChatEffect] {
    let name: Label
    do throws(LabelError) {
      name = try Label(typed: text)
    } catch {
      return fail(error.phrase)
    }
    library.formerName = conversation.name
    return send(.conversation(.rename(name))) + [.store(.rename(conversation.id, name.text))]
  }

  /// The store refused the name: this one keeps its old one, unless the user takes it.
  mutating func refuseName(_ name: String) -> [ChatEffect] {
    let former = library.formerName
    library.formerName = nil
    let restored = conversation.name?.text == name ? send(.conversation(.named(former))) : []
    // The list tells who has the name, should it be taken.
    return restored + [.store(.list)]
      + ask(
        Question(
          phrase: say("Another conversation is called \(name). Take the name from it?"),
          consequence: .overwriteName(name)))
  }

  /// Gives the name that another conversation has to this one; the other's gets a number.
  mutating func takeName(_ name: String) -> [ChatEffect] {
    let names = library.summaries.compactMap(\.name)
    guard let other = library.summaries.first(where: { $0.name == name }) else {
      return rename(exactly: name)
    }
    var number = 2
    func numbered() -> String { Label("\(name) \(number)").text }
    while names.contains(numbered()) { number += 1 }
    return [.store(.rename(other.id, numbered()))] + rename(exactly: name)
  }

  mutating func export(_ rest: String) -> [ChatEffect] {
    guard !rest.isEmpty else { return misused(.export) }
    guard !conversation.messages.isEmpty else {
      return fail(say("There is nothing to write yet."))
    }
    return [.store(.export(conversation, path: rest.unquoted, isReplacing: false))]
  }

  mutating func askToDelete(_ rest: String) -> [ChatEffect] {
    guard rest.isEmpty else {
      let name = rest.unquoted
      return ask(
        Question(
          phrase: say("Delete the conversation “\(name)”?"), consequence: .delete(.name(name))))
    }
    guard engine.persistence.isStored else {
      return fail(say("This conversation is not stored yet: there is nothing to delete."))
    }
    let title = conversation.title
    let phrase =
      title.isEmpty
      ? say("Delete this conversation?") : say("Delete the conversation “\(title)”?")
    return ask(Question(phrase: phrase, consequence: .delete(.id(conversation.id))))
  }

  mutating func delete(_ query: ConversationQuery) -> [ChatEffect] {
    [.store(.delete(query))]
  }

  mutating func undelete() -> [ChatEffect] {
    guard let last = library.deleted.last else {
      return fail(say("No conversation was deleted since the start."))
    }
    return [.store(.restore(last.id))]
  }

  private func looksLikeFile(_ text: String) -> Bool {
    if ["/", "~/", "./", "../"].contains(where: text.hasPrefix) { return true }
    let endings = [
      ".json", ".jsonl", ".md", ".html", ".sh", ".db", ".sqlite", ".zip", ".yaml", ".yml", "/",
    ]
    return endings.contains { text.lowercased().hasSuffix($0) }
  }
}

extension LabelError {
  /// Why the text is no name, and what to do.
  package var phrase: Phrase {
    switch self {
    case .tooWide(let columns):
      say(
        "A name takes at most \(Label.columns) columns, this one \(columns). Give it a shorter one."
      )
    case .empty: say("A name needs letters. Give it one, as in /rename walk.")
    }
  }
}

extension String {
  /// Without the quotes or backslashes that make one word of it; else as it is.
  var unquoted: String {
    let words = ArgumentWords(self).words
    return words.count == 1 ? words[0] : self
  }
}
