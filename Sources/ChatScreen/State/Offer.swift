package import Conversation

/// A command that a key accepts, with its arguments: what helps in a situation, as a value.
package enum Offer: Equatable, Sendable {
  case send
  case retry
  case undo
  case models
  case context
  case key
  /// The list of servers where none is named.
  case provider(String?)
  /// Leaves messages, counted from 1, or only their pictures, out of requests.
  case forget(ClosedRange<Int>, onlyPictures: Bool)
  /// Sends a picture of the conversation, counted from 1, with another detail.
  case detail(Detail, picture: Int)
  /// Attaches a waiting picture, counted from the conversation's first, as tiles.
  case tiles(picture: Int)
  /// Takes back a waiting picture, counted from the conversation's first.
  case detach(Int)
  case attach(path: String)
  case unset(String)
  /// Help on a command, by its name or another name of it.
  case help(String)
  case pipeOnScreen(String)
  case load(ConversationID)
  /// Lets the model search no library.
  case libraryOff
  /// Shows the files that a server told.
  case files
  case quit

  /// The command as it would be typed.
  package var text: String {
    switch self {
    case .send: "/send"
    case .retry: "/retry"
    case .undo: "/undo"
    case .models: "/models"
    case .context: "/context"
    case .key: "/key"
    case .provider(let name): name.map { "/provider " + $0 } ?? "/provider"
    case .forget(let messages, onlyPictures: true): "/forget \(messages.lowerBound) pictures"
    case .forget(let messages, onlyPictures: false):
      "/forget \(messages.lowerBound)-\(messages.upperBound)"
    case .detail(let detail, let number): "/detail \(detail.rawValue) \(number)"
    case .tiles(let number): "/detail tiles \(number)"
    case .detach(let number): "/detach \(number)"
    case .attach(let path): "/attach " + ArgumentWords.quoted(path)
    case .unset(let name): "/unset " + name
    case .help(let name): "/help " + name
    case .pipeOnScreen(let command): "/pipe! " + command
    case .load(let id): "/load \(id)"
    case .libraryOff: "/library off"
    case .files: "/files"
    case .quit: "/quit"
    }
  }
}

extension ChatState {
  /// Does what an offer says.
  mutating func accept(_ offer: Offer) -> [ChatEffect] {
    switch offer {
    case .send: sendAgain()
    case .retry: retry()
    case .undo: undo()
    case .models: pickModel()
    case .context: showContext()
    case .key: askKey()
    case .provider(let name): name.map { setProvider($0) } ?? pickProvider()
    case .forget(let messages, let onlyPictures): leaveOut(messages, onlyPictures: onlyPictures)
    case .detail(let detail, let number): setDetail(detail, ofSent: number)
    case .tiles(let number): setDetail(["tiles", "\(number)"])
    case .detach(let number): detach(number: number)
    case .attach(let path): findPictures([path], .command)
    case .unset(let name): unset(name)
    case .help(let name): help(name)
    case .pipeOnScreen(let command): pipeOnScreen(command)
    case .load(let id): open(id, at: nil)
    case .libraryOff: setLibraries(["off"])
    case .files: showToldFiles()
    case .quit: leaveWithoutDraft()
    }
  }
}
