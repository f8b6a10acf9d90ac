import Files

/// The elements of a JSON array in a file, one after another, each as its bytes.
///
/// Memory holds a piece of the file and one element, however long the file is. What stands between
/// brackets and quotes is not looked at: an element may be anything but JSON.
struct ArrayElements: ~Copyable {
  private var source: FileSource
  private var piece: ArraySlice<UInt8> = []
  /// Brackets that are open, that of the array included.
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  /// Whether the array's last bracket has come.
  private(set) var isClosed = false

  private static let pieceLength = 256 * 1024

  init(_ path: String) throws(FileError) {
    source = try FileSource(path)
  }

  /// The next element; nil at the end of the array or of the file, and where there is no array.
  mutating func next() throws(FileError) -> [UInt8]? {
    var element: [UInt8] = []
    while !isClosed {
      if piece.isEmpty {
        piece = try source.read(upTo: Self.pieceLength)[...]
        if piece.isEmpty { return nil }
      }
      if depth == 0, !open() { return nil }
      let (end, isWhole) = scan()
      element += piece[piece.startIndex..<end]
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
    depth = 1
    return true
  }

  /// Where the element ends in this piece, and whether it does.
  private mutating func scan() -> (end: Int, isWhole: Bool) {
    for index in piece.indices where ends(at: piece[index]) { return (index, true) }
    return (piece.endIndex, false)
  }

  /// Takes in one byte; true for a comma between two elements and for the array's last bracket.
  private mutating func ends(at byte: UInt8) -> Bool {
    if isInString {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString = false
      }
      return false
    }
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      depth -= 1
      isClosed = depth == 0
      return isClosed
    case UInt8(ascii: ","): return depth == 1
    default: break
    }
    return false
  }
}
