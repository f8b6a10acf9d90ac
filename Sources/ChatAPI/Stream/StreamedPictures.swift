import Conversation
import JSON

/// Takes the pictures out of a stream of events before these are read, decoded as they come: of one of
/// several megabytes neither its letters nor the JSON around them are held.
///
/// In the events a number stands in the place of each picture.
package struct StreamedPictures: Sendable {
  /// The members of an event of `/responses`, or of its item, that hold a picture (OpenAI API reference,
  /// `response.image_generation_call.partial_image` and `image_generation_call`).
  private static let names: Set = ["partial_image_b64", "result"]

  private var extractor = Base64Extractor(names: names, limit: .max)
  /// What came of each picture that nobody has taken.
  private var pictures: [Int: [[UInt8]]] = [:]

  package init() {}

  /// Takes the next bytes of the stream; what is left of them without the pictures.
  ///
  /// - Complexity: linear in the bytes fed.
  mutating func feed(_ bytes: [UInt8]) -> [UInt8] {
    bytes.withUnsafeBufferPointer { buffer in
      var left: [UInt8] = []
      var start = 0
      var ends = LineEnds(of: buffer)
      while let end = ends.next() {
        extract(buffer[start..<end])
        extractor.endLine()
        left += extractor.takeText()
        left.append(buffer[end])
        start = end + 1
      }
      extract(buffer[start...])
      return left + extractor.takeText()
    }
  }

  private mutating func extract(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
    for piece in extractor.feed(UnsafeBufferPointer(rebasing: bytes)) {
      pictures[piece.number, default: []].append(piece.bytes)
    }
  }

  /// Takes out the picture that stands in a member of an event: as the number of one that came, or as its
  /// letters where the answer came whole; nil where none stands there.
  ///
  /// What is no base64 gives the bytes before the fault, where it streamed, or none.
  mutating func take(_ json: JSONValue?) -> PictureBytes? {
    switch json {
    case .number?:
      json?.integer.map { PictureBytes(pictures.removeValue(forKey: $0) ?? []) }
    case .string(let letters)? where !letters.isEmpty:
      PictureBytes(Base64.decoded(letters.utf8) ?? [])
    default: nil
    }
  }
}
