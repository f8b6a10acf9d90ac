package import Conversation
package import Language

/// The form in which a document goes to a server.
package enum DocumentForm: Equatable, Sendable {
  /// Its own bytes, inside the request.
  case file
  /// Its own bytes, put on the server and named in requests.
  case upload
  case text
  /// A picture of each page.
  case pages
  /// Sound, for models that hear.
  case sound
  /// What is said in the sound.
  case transcript

  /// From how many bytes on a document is put on a server that keeps files: each request would carry them
  /// again.
  package static let uploadLimit = 5_000_000

  /// The media type of PDF (RFC 8118).
  package static let pdf = "application/pdf"

  /// A page of A4 at the resolution at which it is drawn, 110 dots per inch.
  package static let pageSize = PixelSize(width: 910, height: 1287)

  /// “as text”, to stand in the line that tells what is sent.
  package var phrase: Phrase {
    switch self {
    case .file: say("as a file")
    case .upload: say("as a file that is put on the server")
    case .text: say("as text")
    case .pages: say("as pictures of its pages")
    case .sound: say("as sound")
    case .transcript: say("as its transcript")
    }
  }
}

extension MediaReference {
  /// Whether its bytes are text, which goes to every server as it is.
  package var isPlainText: Bool { mediaType?.hasPrefix("text/") ?? false }

  /// “report.pdf: 12 pages, 1.2 MB”.
  package var documentFigures: Phrase {
    let size = byteCount.map { "\($0)" } ?? ""
    if case .sound(let seconds?) = facts { return .verbatim("\(Self.length(seconds)), \(size)") }
    guard case .document(let pages?, _) = facts else { return .verbatim(size) }
    return say("\(pages, .pages), \(size)")
  }

  /// `12:03`; `1:02:03` from an hour on.
  private static func length(_ seconds: Double) -> String {
    // Imported files may say anything.
    let all = Int(seconds.isFinite ? min(max(0, seconds.rounded()), 1e9) : 0)
    let tail = [all / 60 % 60, all % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return all < 3600 ? "\(all / 60):\(tail[1])" : "\(all / 3600):\(tail[0]):\(tail[1])"
  }
}
