import Files
import Language

/// The pictures of one answer while their bytes come, by their numbers.
///
/// A picture that cannot be stored is dropped, which makes room for the others, and fails where it is taken:
/// whether it was only a preview shows at its end.
struct ArrivingPictures {
  private let places: [ArrivingFile.Place]
  private var pictures: [Int: Result<ArrivingFile, ImagePipeline.Failure>] = [:]

  /// No pictures; their files will stand in the first of `places` that can be written to.
  init(_ places: [ArrivingFile.Place]) {
    self.places = places
  }

  /// Those that nothing was said of, in the order of their numbers.
  var rest: [ArrivingFile] {
    pictures.sorted { $0.key < $1.key }.compactMap { try? $0.value.get() }
  }

  /// Adds bytes behind those of the picture that came.
  mutating func append(_ bytes: [UInt8], to number: Int) {
    let known = pictures[number]
    pictures[number] = Result { () throws(ImagePipeline.Failure) in
      let known = try known?.get()
      return try Self.storing { () throws(FileError) in
        guard let known else {
          return try ArrivingFile.make(in: places) { file throws(FileError) in
            try file.append(bytes)
          }
        }
        let whole = known.byteCount
        do throws(FileError) {
          try known.append(bytes)
          return known
        } catch {
          // What was paid for goes on where there is room.
          let others = Array(places.drop { $0 != known.place }.dropFirst())
          guard !others.isEmpty else { throw error }
          return try ArrivingFile.make(in: others) { file throws(FileError) in
            try file.append(fileAt: known.path, upTo: whole)
            try file.append(bytes)
          }
        }
      }
    }
  }

  /// Takes a picture out; nil where no bytes of it came.
  mutating func take(_ number: Int) throws(ImagePipeline.Failure) -> ArrivingFile? {
    try pictures.removeValue(forKey: number)?.get()
  }

  /// Removes a picture that is of no use.
  mutating func drop(_ number: Int) { pictures[number] = nil }

  /// Does `body`, whose failure is told as one of the store.
  static func storing(
    _ body: () throws(FileError) -> ArrivingFile
  ) throws(ImagePipeline.Failure) -> ArrivingFile {
    do throws(FileError) { return try body() } catch {
      let phrase = say(
        "The picture cannot be stored (\(error.reason)): make room in the cache folder.")
      throw ImagePipeline.Failure(phrase: phrase, isOfStore: true)
    }
  }
}
