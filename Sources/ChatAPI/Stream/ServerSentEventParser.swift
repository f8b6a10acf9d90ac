#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One dispatched event of a stream (WHATWG HTML §9.2.6).
package struct ServerSentEvent: Equatable, Sendable {
  /// The `event:` field; empty where none was sent.
  package var name = ""
  /// The `data:` lines joined by line feeds, as bytes: they are read as JSON, not as text.
  package var data: [UInt8]
  /// Whether `data` is a line that is no field of the standard, in the place of an event.
  package var isStrayLine = false

  package init(name: String = "", data: [UInt8]) {
    self.name = name
    self.data = data
  }
}

/// Cuts a stream's bytes into events, however they were split on the way (WHATWG HTML §9.2.6).
///
/// Lines end with LF, CR or CRLF, mixed; one byte order mark is skipped; comments and unknown fields are
/// ignored; `id` and `retry` are kept for who goes on with a stream that broke off. Beyond the standard, as servers need it: the end of the stream
/// dispatches what is pending (relays leave out the last blank line), a field `error` is an
/// event of that name (llama.cpp before September 2025), and lines with an unknown field are given
/// out where they are asked for (servers write bare JSON behind a stream that fails).
package struct ServerSentEventParser: Sendable {
  /// The longest line, and the longest event, that is held, in bytes.
  package static let defaultLimit = 16 << 20

  /// Whether a line or an event was longer than the limit; nothing is parsed from there on.
  package private(set) var hasOverflowed = false
  /// The identifier of the last event that came whole, to go on behind it; nil where none had one.
  package private(set) var lastEventID: String?
  /// How long to wait before the stream is asked for again, in milliseconds, as the server says.
  package private(set) var reconnectionMilliseconds: Int?
  private let limit: Int
  private let keepsStrayLines: Bool
  /// The start of a line whose end has not arrived.
  private var line: [UInt8] = []
  private var isFirstLine = true
  /// A CR ended the last line, so that an LF that comes next belongs to it.
  private var skipsLineFeed = false
  private var name = ""
  private var eventID: String?
  private var data: [UInt8] = []
  private var hasData = false

  /// A parser whose lines and events are at most `limit` bytes long; those without a known field
  /// come out as events of their own where it `keepsStrayLines`.
  package init(limit: Int = Self.defaultLimit, keepsStrayLines: Bool = false) {
    self.limit = limit
    self.keepsStrayLines = keepsStrayLines
  }

  /// Takes the next bytes; the events that they complete, in order.
  ///
  /// - Complexity: linear in the bytes fed, over all calls together.
  package mutating func feed(_ bytes: [UInt8]) -> [ServerSentEvent] {
    var events: [ServerSentEvent] = []
    bytes.withUnsafeBufferPointer { buffer in
      var start = 0
      var ends = LineEnds(of: buffer)
      while let index = ends.next() {
        if skipsLineFeed, buffer[index] == lineFeed, index == start, line.isEmpty {
          start = index + 1
        } else {
          endLine(with: UnsafeBufferPointer(rebasing: buffer[start..<index]), into: &events)
          start = index + 1
        }
        skipsLineFeed = buffer[index] == carriageReturn
      }
      if start < buffer.count {
        skipsLineFeed = false
        hold(UnsafeBufferPointer(rebasing: buffer[start...]))
      }
    }
    return events
  }

  /// Ends the stream; the event that was pending, where there is one.
  package mutating func finish() -> [ServerSentEvent] {
    var events: [ServerSentEvent] = []
    if !line.isEmpty { endLine(with: UnsafeBufferPointer(start: nil, count: 0), into: &events) }
    dispatch(into: &events)
    return events
  }

  private mutating func hold(_ bytes: UnsafeBufferPointer<UInt8>) {
    hasOverflowed = hasOverflowed || line.count + bytes.count > limit
    if hasOverflowed { line = [] } else { line.append(contentsOf: bytes) }
  }
}

extension ServerSentEventParser {
  private mutating func endLine(
    with rest: UnsafeBufferPointer<UInt8>, into events: inout [ServerSentEvent]
  ) {
    // Also for a line that comes whole: what is refused must not hang on how the bytes were cut.
    hasOverflowed = hasOverflowed || line.count + rest.count > limit
    guard !hasOverflowed else {
      line = []
      return
    }
    guard !line.isEmpty else { return consumeLine(rest, into: &events) }
    line.append(contentsOf: rest)
    let whole = line
    line.removeAll(keepingCapacity: true)
    whole.withUnsafeBufferPointer { consumeLine($0, into: &events) }
  }

  private mutating func consumeLine(
    _ line: UnsafeBufferPointer<UInt8>, into events: inout [ServerSentEvent]
  ) {
    // What nearly every line is, without looking at it as a collection of fields.
    if !isFirstLine, line.count > dataField.count,
      dataField.indices.allSatisfy({ line[$0] == dataField[$0] })
    {
      let start = line[dataField.count] == UInt8(ascii: " ") ? dataField.count + 1 : dataField.count
      return append(UnsafeBufferPointer(rebasing: line[start...]))
    }
    var line = line[...]
    if isFirstLine, line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
    isFirstLine = false
    guard !line.isEmpty else {
      lastEventID = eventID
      return dispatch(into: &events)
    }
    let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
    var value = line[colon...].dropFirst()
    if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
    if takeField(line[..<colon], value) || !keepsStrayLines { return }
    var stray = ServerSentEvent(data: Array(line))
    stray.isStrayLine = true
    events.append(stray)
  }

  /// Takes a field of the standard, or `error`; false for any other.
  ///
  /// A comment's name is empty.
  private mutating func takeField(
    _ field: Slice<UnsafeBufferPointer<UInt8>>, _ value: Slice<UnsafeBufferPointer<UInt8>>
  ) -> Bool {
    if field.elementsEqual("data".utf8) {
      append(UnsafeBufferPointer(rebasing: value))
    } else if field.elementsEqual("event".utf8) {
      name = String(decoding: value, as: UTF8.self)
    } else if field.elementsEqual("error".utf8) {
      name = "error"
      append(UnsafeBufferPointer(rebasing: value))
    } else if field.elementsEqual("id".utf8) {
      if !value.contains(0) { eventID = String(decoding: value, as: UTF8.self) }
    } else if field.elementsEqual("retry".utf8) {
      let isNumber = value.allSatisfy(\.isDigit)
      if isNumber { reconnectionMilliseconds = Int(String(decoding: value, as: UTF8.self)) }
    } else {
      return field.isEmpty
    }
    return true
  }

  private mutating func append(_ value: UnsafeBufferPointer<UInt8>) {
    hasOverflowed = hasOverflowed || data.count + value.count > limit
    guard !hasOverflowed else { return }
    if hasData { data.append(lineFeed) }
    data.append(contentsOf: value)
    hasData = true
  }

  private mutating func dispatch(into events: inout [ServerSentEvent]) {
    if hasData, !hasOverflowed { events.append(ServerSentEvent(name: name, data: data)) }
    name = ""
    data = []
    hasData = false
  }
}

/// The places of line feeds and carriage returns in bytes, found by the C library's `memchr`: nearly all of a
/// long stream is neither.
struct LineEnds {
  private let bytes: UnsafeBufferPointer<UInt8>
  /// The next place of each, the end of the bytes where there is none.
  private var lineFeedIndex: Int
  private var carriageReturnIndex: Int

  init(of bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    lineFeedIndex = Self.index(of: lineFeed, in: bytes, from: 0)
    carriageReturnIndex = Self.index(of: carriageReturn, in: bytes, from: 0)
  }

  mutating func next() -> Int? {
    let index = min(lineFeedIndex, carriageReturnIndex)
    guard index < bytes.count else { return nil }
    if index == lineFeedIndex {
      lineFeedIndex = Self.index(of: lineFeed, in: bytes, from: index + 1)
    } else {
      carriageReturnIndex = Self.index(of: carriageReturn, in: bytes, from: index + 1)
    }
    return index
  }

  private static func index(
    of byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> Int {
    guard start < bytes.count, let base = bytes.baseAddress else { return bytes.count }
    let found = memchr(base + start, Int32(byte), bytes.count - start)
    return found.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) } ?? bytes.count
  }
}

private let dataField = Array("data:".utf8)
private let lineFeed: UInt8 = 0x0A
private let carriageReturn: UInt8 = 0x0D
