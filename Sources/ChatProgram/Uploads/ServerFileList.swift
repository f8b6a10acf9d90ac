import ChatAPI
import Conversation
import ConversationStore
import Language

/// The files of a server under names that people type.
struct ServerFileList: Sendable {
  /// One of them.
  struct Entry: Sendable {
    var file: ServerFile
    /// Its name; of several files of one name with its place among them, the newest first: `a.pdf#2`.
    var name: String
    /// The titles of the conversations whose messages it stands for.
    var conversations: [String] = []
  }

  private(set) var entries: [Entry] = []

  /// The newest first.
  init(_ files: [ServerFile]) {
    let counts = Dictionary(files.map { ($0.name, 1) }, uniquingKeysWith: +)
    var places: [String: Int] = [:]
    entries = files.map { file in
      places[file.name, default: 0] += 1
      let isAlone = counts[file.name] == 1
      let place = places[file.name] ?? 1
      return Entry(file: file, name: isAlone ? file.name : "\(file.name)#\(place)")
    }
  }

  /// Notes which conversations name the files that Iris put there.
  mutating func note(_ titles: [Digest: [String]], _ records: [UploadRecord], at provider: Provider)
  {
    let own = records.filter { $0.lies(on: provider) }
    for index in entries.indices {
      guard let record = own.first(where: { $0.id == entries[index].file.id }) else { continue }
      entries[index].conversations = titles[record.original] ?? []
    }
  }

  /// Why a name means no single file.
  enum Fault: Error, Equatable {
    case missing(String, server: String)
    case ambiguous(String, count: Int, server: String)
  }

  /// The file of a name, of a name with a number, or of an identifier.
  func entry(named name: String, at server: String) throws(Fault) -> Entry {
    if let entry = entries.first(where: { $0.name == name || $0.file.id == name }) { return entry }
    let count = entries.count { $0.file.name == name }
    guard count > 0 else { throw .missing(name, server: server) }
    throw .ambiguous(name, count: count, server: server)
  }
}

extension ServerFileList.Fault {
  /// One sentence that says what is wrong and what to do, in a shell or on the screen.
  func phrase(onScreen: Bool = false) -> Phrase {
    switch self {
    case .missing(let name, let server):
      onScreen
        ? say("There is no file \(name) on \(server). /files lists those there are.")
        : say("There is no file \(name) on \(server). iris files lists those there are.")
    case .ambiguous(let name, let count, let server):
      say("\(count, .files) on \(server) are called \(name): add its number, as in \(name)#1.")
    }
  }
}
