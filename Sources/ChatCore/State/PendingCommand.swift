import ChatEngine

/// A command that was done as far as the state can: what was asked of the world may still fail.
package struct PendingCommand: Equatable, Sendable {
  /// As it was typed.
  package let line: String
  /// What it waits for.
  private var effects: [ChatEffect]

  init(_ line: String, _ effects: [ChatEffect]) {
    self.line = line
    self.effects = effects.filter(\.answersCommand)
  }

  /// What it waited for has come, and it waits for these now.
  mutating func goOn(with effects: [ChatEffect]) {
    self.effects = effects.filter { $0.answersCommand || $0.prepares() }
  }

  /// Whether it waits for such an effect.
  func awaits(_ isIt: (ChatEffect) -> Bool) -> Bool { effects.contains(where: isIt) }

  /// One of several has failed; tells whether nothing is left to wait for.
  mutating func lose(_ isIt: (ChatEffect) -> Bool) -> Bool {
    guard awaits(isIt) else { return false }
    effects.removeAll(where: isIt)
    return effects.isEmpty
  }
}

extension ChatEffect {
  /// Whether what becomes of it is the command's own success: not what is written, fitted or asked
  /// for beside it.
  fileprivate var answersCommand: Bool {
    switch self {
    case .store(.saveConversation), .store(.append), .store(.update), .store(.extend),
      .store(.insert), .store(.count), .store(.cancelImport):
      false
    case .picture(.find), .picture(.paste), .store, .readSchema: true
    case .tool(.pipe), .terminal(.pipe): true
    case .picture, .preview, .tool, .reply, .composer, .terminal, .listModels, .forgetLearned,
      .checkKey,
      .findLocalServers, .wake, .quit:
      false
    }
  }

  /// Whether it looks for the pictures of this request.
  func looks(for search: Int) -> Bool {
    switch self {
    case .picture(.find(let request, _, _)), .picture(.paste(let request)): request == search
    default: false
    }
  }

  /// Whether it prepares this picture, or any.
  func prepares(_ picture: AttachmentID? = nil) -> Bool {
    guard case .picture(.prepare(let id, _, _, _)) = self else { return false }
    return picture.map { $0 == id } ?? true
  }

  /// Whether it hands a text to this run of a program.
  func pipes(to run: Int) -> Bool {
    if case .tool(.pipe(let id, _, _)) = self { id == run } else { false }
  }

  /// Whether it hands a text to a command that gets the terminal.
  var isOnScreen: Bool {
    if case .terminal(.pipe) = self { true } else { false }
  }

  /// Whether it reads a schema.
  var readsSchema: Bool {
    if case .readSchema = self { true } else { false }
  }
}
