import Pictures
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program as its own decoder of pictures: called so by itself, and told nowhere.
package enum DecodingCall {
  private static let name = "decode-pictures"

  /// Whether this program takes the call, so that it may call itself: another one, such as a test's,
  /// would begin anew with all that it does, its own calls among that.
  private static let isTaken = Atomic(false)

  /// Decodes if that is what the program was called for, and ends with the one who called; else notes
  /// that the program may call itself.
  package static func take(_ arguments: [String]) {
    isTaken.store(true, ordering: .relaxed)
    if arguments.count > 1, arguments[1] == name { run(arguments) }
  }

  /// Decodes until the one who called ends; the program ends with it.
  private static func run(_ arguments: [String]) -> Never {
    exit(PictureDecoder.serve(arguments))
  }

  /// A decoder that calls this program again, also where its file has been replaced meanwhile.
  static func makeDecoder() -> PictureDecoder {
    guard isTaken.load(ordering: .relaxed) else { return .inProcess }
    return .confined(program: program, arguments: [name])
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
