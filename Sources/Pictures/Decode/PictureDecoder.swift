import CCodecs
import Conversation

/// Where pictures are decoded.
package struct PictureDecoder: Sendable {
  enum Place: Sendable {
    case here
    case confined(DecodingPool)
  }

  let place: Place

  /// In this process: for tests, benchmarks and fuzzers, whose pictures are their own.
  package static let inProcess = Self(place: .here)

  /// In processes of their own, which get a picture's file and nothing else (docs/decisions/0098).
  ///
  /// `program` is the path of a program that calls ``serve(_:)`` when it gets these arguments and a
  /// last one, the ``DecodingKind``.
  package static func confined(program: String, arguments: [String]) -> Self {
    Self(place: .confined(DecodingPool(program: program, arguments: arguments)))
  }

  /// Starts the process that decodes the usual formats unless one waits, so that a picture that is on its way
  /// need not wait for it.
  ///
  /// One that cannot be started is told of when it is needed.
  package func warmUp() {
    guard case .confined(let pool) = place, let process = try? pool.process(for: .common) else {
      return
    }
    pool.giveBack(process)
  }

  /// Ends processes that have had nothing to do for so long; they are started again when needed.
  package func endIdle(for duration: Duration) {
    if case .confined(let pool) = place { pool.endIdle(for: duration) }
  }

  /// Confines this process and decodes what comes over standard input, until that is closed.
  ///
  /// - Parameter arguments: what the program was called with; the last one is a ``DecodingKind``.
  /// - Returns: the exit status.
  package static func serve(_ arguments: [String]) -> Int32 {
    let kind = arguments.last.flatMap { DecodingKind(rawValue: $0) }
    return codec_serve(0, kind?.library ?? CODEC_NO_LIBRARY, codec_decode)
  }
}

/// What a decoding process has loaded before it is confined.
package enum DecodingKind: String, Sendable {
  case common
  /// libheif too, with its plugins.
  case heif
  case tiff
  case jxl
  /// librsvg, which may read fonts besides.
  case svg

  /// What decodes `format`.
  init(of format: PictureFormat) {
    self =
      switch format {
      case .heic, .avif: .heif
      case .tiff: .tiff
      case .jxl: .jxl
      case .svg: .svg
      case .png, .jpeg, .webp, .gif, .bmp, .pnm, .qoi, .tga: .common
      }
  }

  fileprivate var library: codec_library {
    switch self {
    case .common: CODEC_NO_LIBRARY
    case .heif: CODEC_LIBHEIF
    case .tiff: CODEC_LIBTIFF
    case .jxl: CODEC_LIBJXL
    case .svg: CODEC_LIBRSVG
    }
  }
}
