import Conversation
import Files
import JSON

/// The elements of a JSON array in a file, one after another, each as its bytes.
///
/// Memory holds a piece of the file and one element, however long the file is. What stands between
/// brackets and quotes is not looked at: an element may be anything but JSON.
struct ArrayElements: ~Copyable {
  private let path: String
  private var source: FileSource
  private var piece: ArraySlice<UInt8> = []
  /// Where elements end; nil before the array's first bracket.
  private var nesting: JSONNesting?

  /// Whether the array's last bracket has come.
  var isClosed: Bool { nesting?.isClosed == true }

  private static let pieceLength = 256 * 1024

  init(_ path: String) throws(FileError) {
    self.path = path
    source = try FileSource(path)
  }

  /// The next element; nil at the end of the array or of the file, where there is no array, and once
  /// the task is cancelled.
  ///
  /// - Throws: `EFBIG` for an element of more than ``InterchangeError/mostBytes``.
  mutating func next() throws(FileError) -> [UInt8]? {
    var element: [UInt8] = []
    while !isClosed, !Task.isCancelled {
      if piece.isEmpty {
        piece = try source.read(upTo: Self.pieceLength)[...]
        if piece.isEmpty { return nil }
      }
      if nesting == nil, !open() { return nil }
      let (end, isWhole) = scan()
      element += piece[piece.startIndex..<end]
      guard element.count <= InterchangeError.mostBytes else {
        throw FileError.tooLarge(path)
      }
      // The comma, or the last bracket, belongs to no element.
      piece = isWhole ? piece[(end + 1)...] : []
      if isWhole, element.contains(where: { $0 > 0x20 }) { return element }
    }
    return nil
  }

  /// Goes behind the array's first bracket; false where another sign comes first.
  private mutating func open() -> Bool {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if piece.starts(with: mark) { piece = piece.dropFirst(mark.count) }
    piece = piece.drop { $0 <= 0x20 }
    guard piece.first == UInt8(ascii: "[") else { return false }
    piece = piece.dropFirst()
    nesting = .insideArray
    return true
  }

  /// Where the element ends in this piece, and whether it does.
  private mutating func scan() -> (end: Int, isWhole: Bool) {
    guard var nesting else { return (piece.endIndex, false) }
    defer { self.nesting = nesting }
    guard let end = nesting.endOfElement(in: piece) else { return (piece.endIndex, false) }
    return (end, true)
  }
}
