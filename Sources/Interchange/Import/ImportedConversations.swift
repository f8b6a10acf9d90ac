package import Conversation
import Files

/// The conversations of a file, given one by one: memory holds no more than one of a long export.
///
/// A folder stands for the files of a ChatGPT export in it, `conversations.json` or `conversations-000.json`
/// and so on, in the order of their names.
///
/// The file is read where the caller is, and never while a store is written. A task that is cancelled
/// ends the reading with ``InterchangeError/stopped``.
package struct ImportedConversations: ~Copyable {
  private var importer: Importer
  private let path: String
  /// The file that is read, and those after it, the next one last.
  private var file: String
  private var waiting: [String]
  /// ChatGPT's export, which is an array without end.
  private var elements: ArrayElements?
  /// The first element, which told the format.
  private var first: [UInt8]?
  /// What is left of a file that was read whole, last first.
  private var ready: [Conversation] = []
  /// Which element was given last, from 1.
  private var number = 0
  private var isEmpty = true

  /// Opens the file at `path`, whose format is told by its contents, or the export in the folder there.
  package init(_ path: String, _ importer: Importer) throws(InterchangeError) {
    self.path = path
    self.importer = importer
    file = path
    waiting = []
    waiting = try Self.files(at: path).reversed()
    guard try openNext() else { throw .unknownFormat(path: path) }
  }

  /// The files that `path` stands for, in their order; at least one.
  private static func files(at path: String) throws(InterchangeError) -> [String] {
    do throws(FileError) {
      guard try FileSystem.status(of: path)?.isFolder == true else { return [path] }
      let names = try FileSystem.names(in: path).filter {
        $0.hasPrefix("conversations") && $0.hasSuffix(".json")
      }
      return names.sorted().map { path + "/" + $0 }
    } catch {
      throw .unreadable(error)
    }
  }

  /// Begins the next file that waits; false where none does.
  @discardableResult
  private mutating func openNext() throws(InterchangeError) -> Bool {
    guard let next = waiting.popLast() else { return false }
    file = next
    elements = nil
    var elements: ArrayElements? = try Self.elements(of: file)
    if let element = try Self.next(of: &elements), FileSample(element)?.isChatGPT == true {
      self.elements = consume elements
      first = element
    } else {
      ready = try importer.conversations(in: try Importer.bytes(of: file), of: file).reversed()
    }
    return true
  }

  /// What could not be kept of the conversations that were given.
  package var loss: ImportLoss { importer.loss }

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
      if let conversation = try nextOfFile() { return conversation }
    } while try openNext()
    return nil
  }

  private mutating func nextOfFile() throws(InterchangeError) -> Conversation? {
    guard elements != nil else { return ready.popLast() }
    guard let element = try nextElement() else {
      if Task.isCancelled { throw .stopped }
      guard elements?.isClosed == true else { throw .malformed(path: file, place: "JSON") }
      return nil
    }
    number += 1
    return try importer.conversation(fromChatGPT: element, number: number, of: file)
  }

  private mutating func nextElement() throws(InterchangeError) -> [UInt8]? {
    if let element = first {
      first = nil
      return element
    }
    return try Self.next(of: &elements)
  }

  private static func elements(of path: String) throws(InterchangeError) -> ArrayElements {
    do throws(FileError) {
      return try ArrayElements(path)
    } catch {
      throw .unreadable(error)
    }
  }

  private static func next(
    of elements: inout ArrayElements?
  ) throws(InterchangeError) -> [UInt8]? {
    do throws(FileError) {
      return try elements?.next()
    } catch {
      throw error.isTooLarge ? .tooLarge(path: error.path) : .unreadable(error)
    }
  }
}
