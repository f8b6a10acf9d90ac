import JSON

/// A form of named values and files (RFC 7578), whose files are read from disk while they are sent.
package struct MultipartBody: Sendable {
  private let boundary: String
  private var writer = RequestBody.Writer()

  /// An empty form; `boundary` parts its fields and must stand in none of them, as a random one does.
  package init(boundary: String = Self.randomBoundary()) {
    self.boundary = boundary
  }

  /// A boundary of 128 random bits.
  package static func randomBoundary() -> String {
    let halves = (0..<2).map { _ in String(UInt64.random(in: 0...UInt64.max), radix: 36) }
    return "iris-form-" + halves.joined()
  }

  /// What the request's `Content-Type` says.
  package var contentType: String { "multipart/form-data; boundary=" + boundary }

  /// Adds a value of text.
  package mutating func append(_ name: String, _ value: String) {
    begin(name, more: "")
    writer.text.append(value)
    writer.text.append("\r\n")
  }

  /// Adds a file under the name that the server is told, which many servers tell the format by.
  package mutating func append(_ name: String, file: PictureFile, named fileName: String) {
    begin(
      name,
      more: "; filename=\"\(fileName.escapedInForm)\"\r\nContent-Type: \(file.mediaType)")
    writer.append(file: file)
    writer.text.append("\r\n")
  }

  /// The whole form.
  package consuming func body() -> RequestBody {
    writer.text.append("--\(boundary)--\r\n")
    return writer.body()
  }

  private mutating func begin(_ name: String, more: String) {
    writer.text.append("--\(boundary)\r\nContent-Disposition: form-data; name=\"")
    writer.text.append(name.escapedInForm + "\"\(more)\r\n\r\n")
  }
}

extension String {
  /// A name inside quotes (WHATWG HTML §4.10.21.8).
  fileprivate var escapedInForm: String {
    reduce(into: "") { result, character in
      switch character {
      case "\"": result += "%22"
      case "\r\n": result += "%0D%0A"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      default: result.append(character)
      }
    }
  }
}
