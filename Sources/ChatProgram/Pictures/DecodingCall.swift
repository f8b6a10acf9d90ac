import Pictures

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program as its own decoder of pictures: called so by itself, and told nowhere.
package enum DecodingCall {
  package static let name = "decode-pictures"

  /// Decodes until the one who called ends; the program ends with it.
  package static func run(_ arguments: [String]) -> Never {
    exit(PictureDecoder.serve(arguments))
  }

  /// A decoder that calls this program again, also where its file has been replaced meanwhile.
  static func makeDecoder() -> PictureDecoder {
    .confined(program: program, arguments: [name])
  }

  private static var program: String {
    #if os(Linux)
      return "/proc/self/exe"
    #else
      var length: UInt32 = 0
      _NSGetExecutablePath(nil, &length)
      var path = [CChar](repeating: 0, count: Int(length))
      _NSGetExecutablePath(&path, &length)
      return String(decoding: path.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    #endif
  }
}
