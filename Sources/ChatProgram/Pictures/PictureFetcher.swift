import ChatAPI
import Configuration
import Conversation
import Language

/// Fetches a picture from the web, so that it is sent inside the request.
struct PictureFetcher: Sendable {
  /// The largest file that is fetched, in bytes, and how long it may take.
  private static let byteLimit = 50 << 20
  private static let timeLimit = Duration.seconds(60)

  let client: ChatClient
  let pipeline: ImagePipeline
  let installation: Installation

  static func isURL(_ source: String) -> Bool {
    let lower = source.prefix(8).lowercased()
    return lower.hasPrefix("http://") || lower.hasPrefix("https://")
  }

  /// What helps where a server has no such picture: `base_url` has nothing to do with it.
  static func phrase(of error: ChatAPIError, fetching url: String) -> Phrase {
    guard case .answer = error.kind, let status = error.status else { return error.phrase }
    let address = url.prefix { $0 != "?" }
    return say(
      "\(address) did not give the picture (HTTP \(status)): check that address in a browser.")
  }

  /// What helps where a picture that was made is not at the address that its server gave: it is gone
  /// for good.
  static func phrase(ofMade error: ChatAPIError, at url: String) -> Phrase {
    let address = url.prefix { $0 != "?" }
    guard case .answer = error.kind, let status = error.status else {
      return say("The picture was made, and \(address) does not give it: \(error.phrase)")
    }
    return say(
      "The picture was made, and \(address) does not give it (HTTP \(status)): ask for it again.")
  }

  /// The picture at `url`, kept; what it is is told by its bytes, not by what the server says.
  func fetch(
    _ url: String, detail: Detail
  ) async throws(ImagePipeline.Failure) -> PictureReference {
    let file: FetchedFile
    do {
      file = try await client.fetch(
        url, proxy: ProxySettings(environment: installation.environment),
        authorityFile: installation.environment.value(of: "SSL_CERT_FILE"),
        byteLimit: Self.byteLimit, timeLimit: Self.timeLimit)
    } catch {
      throw ImagePipeline.Failure(phrase: Self.phrase(of: error, fetching: url))
    }
    let name = url.prefix { $0 != "?" }.split(separator: "/").last.map(String.init) ?? url
    return try pipeline.keep(file.bytes, name: name, detail: detail)
  }
}
