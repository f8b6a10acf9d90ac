import Conversation
import Pictures

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The words behind `iris ask`: paths of pictures, as a shell's pattern gives them, and the question.
package struct AskWords: Equatable, Sendable {
  /// The paths among the words that are pictures, in order.
  package private(set) var pictures: [String] = []
  /// The other words, joined by spaces; nil where there are none.
  package private(set) var question: String?

  /// `isPicture` tells whether a word is the path of a picture that is there.
  package init(_ words: [String], isPicture: (String) -> Bool = Self.isPicture) {
    var rest: [String] = []
    for word in words {
      if isPicture(word) { pictures.append(word) } else { rest.append(word) }
    }
    question = rest.isEmpty ? nil : rest.joined(separator: " ")
  }

  /// Whether a path is that of a file that is a picture, or is named like one.
  package static func isPicture(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
    return PictureFormat.isNamed(by: path)
      || (try? PictureContent(path: path).inspect()) != nil
  }
}
