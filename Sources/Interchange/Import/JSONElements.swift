import Files
import JSON

/// The values of a JSON text that comes in pieces, each as its bytes: the elements of its arrays, and
/// objects that stand by themselves, as in JSON Lines.
///
/// Memory holds a piece of the text and one value, however long the text is. What stands between
/// brackets and quotes is not looked at: a value may be anything but JSON.
struct JSONElements: ~Copyable {
  /// What comes next.
  enum Item {
    /// An element of the outermost array.
    case element([UInt8])
    case endOfArray
    /// An object outside of any array.
    case object([UInt8])

    var bytes: [UInt8]? {
      switch self {
      case .element(let bytes), .object(let bytes): bytes
      case .endOfArray: nil
      }
    }
  }

  private enum State {
    case outside
    case inArray(JSONNesting)
    case inObject(JSONNesting)
    /// What came last ended its array.
    case behindLastElement
    case over
  }

  /// What was wrong at the end.
  enum Fault {
    /// The text ends within a value.
    case cutOff
    /// Something other than an array or an object stands at this place.
    case noJSON
  }

  private let path: String
  private var source: ImportedBytes
  private var piece: ArraySlice<UInt8> = []
  private var state = State.outside
  private var isAtStart = true
  /// Set at the end, where it came too early.
  private(set) var fault: Fault?

  private static let pieceLength = 256 * 1024

  /// Begins before the first value; `path` names the text in errors.
  init(_ source: consuming ImportedBytes, at path: String) {
    self.source = source
    self.path = path
  }

  /// The next value; nil at the end, see ``fault``.
  ///
  /// - Throws: ``InterchangeError/tooLarge(path:)`` for a value of more than
  ///   ``InterchangeError/mostBytes``.
  mutating func next() throws(InterchangeError) -> Item? {
    var value: [UInt8] = []
    while true {
      switch state {
      case .over: return nil
      case .behindLastElement:
        state = .outside
        return .endOfArray
      case .outside, .inArray, .inObject: break
      }
      if piece.isEmpty, try !readPiece() { return nil }
      switch state {
      case .outside: open()
      case .inArray(let nesting):
        if let item = extend(&value, inArray: nesting) { return item }
      case .inObject(let nesting):
        if extend(&value, inObject: nesting) { return .object(value) }
      case .behindLastElement, .over: break
      }
      guard value.count <= InterchangeError.mostBytes else { throw .tooLarge(path: path) }
    }
  }

  /// False at the end of the text.
  private mutating func readPiece() throws(InterchangeError) -> Bool {
    piece = try source.read(upTo: Self.pieceLength)[...]
    if isAtStart, piece.starts(with: [0xEF, 0xBB, 0xBF]) { piece = piece.dropFirst(3) }
    isAtStart = false
    guard piece.isEmpty else { return true }
    if case .outside = state {} else { fault = .cutOff }
    state = .over
    return false
  }

  /// Goes to the next bracket.
  private mutating func open() {
    piece = piece.drop(while: \.isJSONBlank)
    switch piece.first {
    case nil: break
    case UInt8(ascii: "["):
      piece = piece.dropFirst()
      state = .inArray(.insideArray)
    case UInt8(ascii: "{"): state = .inObject(JSONNesting())
    default:
      fault = .noJSON
      state = .over
    }
  }

  /// The element that ends in this piece, or the array's own end.
  private mutating func extend(_ value: inout [UInt8], inArray nesting: JSONNesting) -> Item? {
    var nesting = nesting
    let end = nesting.endOfElement(in: piece)
    value += piece[piece.startIndex..<(end ?? piece.endIndex)]
    // The comma, or the last bracket, belongs to no element.
    piece = end.map { piece[($0 + 1)...] } ?? []
    state = nesting.isClosed ? .behindLastElement : .inArray(nesting)
    guard end != nil else { return nil }
    if !value.allSatisfy(\.isJSONBlank) { return .element(value) }
    value = []
    return nil
  }

  /// Whether the object ends in this piece.
  private mutating func extend(_ value: inout [UInt8], inObject nesting: JSONNesting) -> Bool {
    var nesting = nesting
    let end = nesting.endOfValue(in: piece)
    value += piece[piece.startIndex...(end ?? piece.endIndex - 1)]
    piece = end.map { piece[($0 + 1)...] } ?? []
    state = end == nil ? .inObject(nesting) : .outside
    return end != nil
  }
}
