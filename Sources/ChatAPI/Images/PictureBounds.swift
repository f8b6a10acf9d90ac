/// What is taken of one answer of an Images API: a server could send one picture without end, or pictures
/// without end.
struct PictureBounds {
  /// The most previews, of which a server is asked for three at most.
  private static let previewLimit = 64

  private let byteLimit: Int
  private let pictureLimit: Int
  /// The bytes of each picture that came, by its number.
  private var byteCounts: [Int: Int] = [:]
  private var pictureCount = 0
  private var previewCount = 0

  init(of request: ImageRequest) {
    byteLimit = request.byteLimit
    pictureLimit = request.pictureLimit
  }

  /// Counts bytes of a picture; what is wrong where they are too many.
  ///
  /// A stream may tell its pictures once more at its end.
  mutating func take(_ count: Int, of number: Int) -> ReplyFault? {
    byteCounts[number, default: 0] += count
    if byteCounts[number, default: 0] > byteLimit { return .pictureTooLarge(limit: byteLimit) }
    let most = 2 * pictureLimit + Self.previewLimit
    return byteCounts.count > most ? .tooManyPictures(limit: pictureLimit) : nil
  }

  /// The answer with as many of its pictures as are taken, and what is wrong where there are more.
  mutating func take(_ answer: ImageAnswer) -> (ImageAnswer, ReplyFault?) {
    let room =
      answer.isPartial ? Self.previewLimit - previewCount : pictureLimit - pictureCount
    var taken = answer
    taken.pictures = Array(answer.pictures.prefix(room))
    if answer.isPartial {
      previewCount += taken.pictures.count
    } else {
      pictureCount += taken.pictures.count
    }
    let isTooMuch = answer.pictures.count > room
    return (taken, isTooMuch ? .tooManyPictures(limit: pictureLimit) : nil)
  }
}
