package import Conversation
import Files
import JSON

/// The conversations of a file, a folder or an archive, given one by one: memory holds no more than one
/// of a long export.
///
/// What a path stands for is told by ``ImportedDocument``, what a document holds by its contents.
///
/// The files are read where the caller is, and never while a store is written. A task that is cancelled
/// ends the reading with ``InterchangeError/stopped``.
package struct ImportedConversations: ~Copyable {
  private var importer: Importer
  private let path: String
  /// The documents after the one that is read, the next one last.
  private var waiting: [ImportedDocument]
  private var reader: DocumentReader?
  /// The conversation of a document of YAML.
  private var session: Conversation?
  private var isEmpty = true

  /// Opens what is at `path`, and reads as much of it as tells its format.
  package init(_ path: String, _ importer: Importer) throws(InterchangeError) {
    self.path = path
    self.importer = importer
    waiting = []
    waiting = try ImportedDocument.all(at: path).reversed()
    guard try openNext() else { throw .unknownFormat(path: path) }
  }

  /// Begins the next document that waits; false where none does.
  @discardableResult
  private mutating func openNext() throws(InterchangeError) -> Bool {
    guard let document = waiting.popLast() else { return false }
    importer.files = document.readableFiles(allowing: importer.allowed)
    if document.isYAML {
      reader = nil
      session = try conversation(ofSession: document)
    } else {
      reader = try DocumentReader.opening(document)
    }
    return true
  }

  private mutating func conversation(
    ofSession document: ImportedDocument
  ) throws(InterchangeError) -> Conversation {
    var bytes = try document.open()
    let text = String(
      decoding: try bytes.readToEnd(limit: InterchangeError.mostBytes), as: UTF8.self)
    guard let session = SessionYAML.value(of: text) else {
      throw .malformed(path: document.path, place: "YAML")
    }
    guard session["messages"]?.elements != nil else { throw .unknownFormat(path: document.path) }
    do throws(ImportFault) {
      return try importer.conversation(fromAichat: session, named: document.fileName)
    } catch {
      throw .malformed(path: document.path, place: error.words)
    }
  }

  /// What could not be kept of the conversations that were given.
  package var loss: ImportLoss { importer.loss }

  /// The identifiers that the conversation which was given last had when it had fewer messages, the most
  /// first: it may be in a store under one of them.
  package var earlier: [ConversationID] { importer.earlier }

  /// The next conversation that holds a message; nil at the end.
  ///
  /// - Throws: ``InterchangeError/nothingInside(path:)`` where the end comes first.
  package mutating func next() throws(InterchangeError) -> Conversation? {
    while let conversation = try nextOfAny() {
      if Task.isCancelled { throw .stopped }
      guard conversation.messages.isEmpty else {
        isEmpty = false
        return conversation
      }
    }
    guard !isEmpty else { throw .nothingInside(path: path) }
    return nil
  }

  private mutating func nextOfAny() throws(InterchangeError) -> Conversation? {
    repeat {
      importer.earlier = []
      if let conversation = session.take() { return conversation }
      if let conversation = try reader?.next(&importer) { return conversation }
    } while try openNext()
    return nil
  }
}
