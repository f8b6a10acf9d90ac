import Conversation
import Files
import JSON

/// The conversations of one document, one after another, in whatever format its first value has.
struct DocumentReader: ~Copyable {
  private let document: ImportedDocument
  private var elements: JSONElements
  private let format: ImportFormat
  /// The value that told the format, until it is read.
  private var first: JSONElements.Item?
  /// Whether values stand in an array, else one a line.
  private let isArray: Bool
  /// Which value was read last, from 1.
  private var number = 0

  private init(
    _ document: ImportedDocument, _ elements: consuming JSONElements, _ format: ImportFormat,
    first: JSONElements.Item?
  ) {
    self.document = document
    self.elements = elements
    self.format = format
    self.first = first
    if case .object? = first { isArray = false } else { isArray = true }
  }

  /// Begins to read a document of JSON.
  ///
  /// - Throws: ``InterchangeError/unknownFormat(path:)`` for another, and for one of no format that is read.
  static func opening(_ document: ImportedDocument) throws(InterchangeError) -> DocumentReader {
    var elements = JSONElements(try document.open(), at: document.path)
    let first = try elements.next()
    guard let first else {
      throw elements.fault == .cutOff
        ? .malformed(path: document.path, place: "JSON") : .unknownFormat(path: document.path)
    }
    let format = try format(of: first, at: document.path)
    return DocumentReader(document, elements, format, first: first)
  }

  /// The format of a document that begins with this; that of an empty array is one of messages.
  private static func format(
    of first: JSONElements.Item, at path: String
  ) throws(InterchangeError) -> ImportFormat {
    guard let bytes = first.bytes else { return .messages }
    guard let format = value(of: bytes).flatMap({ ImportFormat($0) }) else {
      throw refusal(of: bytes, path)
    }
    if case .archive(let version) = format, version > Archive.version { throw .newer(path: path) }
    return format
  }

  /// Something that begins like JSON with members, and breaks its rules; or no such thing.
  private static func refusal(of bytes: [UInt8], _ path: String) -> InterchangeError {
    let signs = bytes.filter { !$0.isJSONBlank }.prefix(2)
    let isBroken = signs.starts(with: Array("{\"".utf8)) && JSONValue(parsing: bytes) == nil
    return isBroken ? .malformed(path: path, place: "JSON") : .unknownFormat(path: path)
  }

  /// The value of an element; messages that stand in each other too deep are taken out.
  private static func value(of bytes: [UInt8]) -> JSONValue? {
    JSONValue(parsing: bytes) ?? JSONValue(parsing: NestedMessages.flattened(bytes))
  }

  /// The next conversation; nil at the end of the document.
  mutating func next(_ importer: inout Importer) throws(InterchangeError) -> Conversation? {
    if format.isOfMessages { return try nextOfMessages(&importer) }
    while let item = try nextItem() {
      guard let bytes = item.bytes else {
        // An empty array is a conversation without messages.
        if number == 0 { return importer.conversation(from: WireBody(messages: [])) }
        continue
      }
      number += 1
      return try placing { () throws(ImportFault) in
        guard let value = Self.value(of: bytes) else { throw ImportFault() }
        return try conversation(from: value, &importer)
      }
    }
    return nil
  }

  /// The conversation of all messages up to the end of their array, or of the document.
  private mutating func nextOfMessages(
    _ importer: inout Importer
  ) throws(InterchangeError) -> Conversation? {
    var messages: [JSONValue] = []
    number = 0
    while let item = try nextItem(), let bytes = item.bytes {
      number += 1
      messages.append(
        try placing { () throws(ImportFault) in
          guard let value = JSONValue(parsing: bytes) else { throw ImportFault() }
          return value
        })
    }
    if messages.isEmpty { return nil }
    if format == .gptme { return try gptme(messages, &importer) }
    var wired: [WireMessage] = []
    number = 0
    for message in messages {
      number += 1
      wired.append(try placing { () throws(ImportFault) in try WireMessage(message) })
    }
    return importer.conversation(from: WireBody(messages: wired))
  }

  private func gptme(
    _ messages: [JSONValue], _ importer: inout Importer
  ) throws(InterchangeError) -> Conversation {
    var logs = [messages]
    for branch in document.branches {
      var reader = try DocumentReader.opening(branch)
      logs.append(try reader.allValues())
    }
    let name = document.fileName == "conversation" ? document.folderName : document.fileName
    return try placing { () throws(ImportFault) in
      try importer.conversation(fromGptme: logs, named: name)
    }
  }

  private mutating func allValues() throws(InterchangeError) -> [JSONValue] {
    var values: [JSONValue] = []
    while let item = try nextItem() {
      number += 1
      guard let value = item.bytes.flatMap({ JSONValue(parsing: $0) }) else {
        throw .malformed(path: document.path, place: "line \(number)")
      }
      values.append(value)
    }
    return values
  }

  /// - Throws: ``InterchangeError/malformed(path:place:)`` where the document ends too early.
  private mutating func nextItem() throws(InterchangeError) -> JSONElements.Item? {
    if let item = first {
      first = nil
      return item
    }
    if let item = try elements.next() { return item }
    guard elements.fault != nil else { return nil }
    throw .malformed(path: document.path, place: isArray ? "JSON" : "line \(number + 1)")
  }

  /// What `body` gives; a fault is told with its place in the document.
  private func placing<Value>(
    _ body: () throws(ImportFault) -> Value
  ) throws(InterchangeError) -> Value {
    do throws(ImportFault) {
      return try body()
    } catch {
      let place =
        isArray
        ? error.isWhole ? "\(number) JSON" : "\(number) \(error.words)"
        : number > 1 ? "line \(number)" : error.words
      throw .malformed(path: document.path, place: place)
    }
  }

  private func conversation(
    from value: JSONValue, _ importer: inout Importer
  ) throws(ImportFault) -> Conversation {
    switch format {
    case .archive: try importer.conversation(fromArchive: value)
    case .chatGPT: try importer.conversation(fromChatGPT: value, number: number)
    case .claude: try importer.conversation(fromClaude: value)
    case .openWebUI: try importer.conversation(fromOpenWebUI: value)
    case .libreChat: try importer.conversation(fromLibreChat: value)
    case .body: importer.conversation(from: try WireBody(value))
    case .batchLine: importer.conversation(from: try WireBody(try value.required("body")))
    case .messages, .message, .gptme:
      importer.conversation(
        from: WireBody(
          messages: try value.mapElements { message throws(ImportFault) in
            try WireMessage(message)
          }))
    }
  }
}
