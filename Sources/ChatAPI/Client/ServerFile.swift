import JSON
import Secrets

/// A file that a server keeps for its user (OpenAI API reference, `OpenAIFile`).
package struct ServerFile: Equatable, Sendable {
  /// What it is kept for: by it the server decides what may be done with it.
  package enum Purpose: String, Sendable {
    /// Documents that models read.
    case userData = "user_data"
    /// Pictures that models see.
    case vision
  }

  package var id: String
  package var name: String
  package var byteCount: Int?
  /// Seconds since 1970.
  package var created: Int64?
  /// Seconds since 1970; nil where it is kept until somebody removes it, or the server does not tell.
  package var expires: Int64?
  package var purpose: String

  package init(
    id: String, name: String, byteCount: Int? = nil, created: Int64? = nil,
    expires: Int64? = nil, purpose: String = Purpose.userData.rawValue
  ) {
    self.id = id
    self.name = name
    self.byteCount = byteCount
    self.created = created
    self.expires = expires
    self.purpose = purpose
  }

  /// Nil where the object has no identifier that may stand in a path, and be kept on disk: one that holds a
  /// secret may not.
  init?(_ json: JSONValue, hiding redaction: Redaction) {
    guard let id = json["id"]?.string, id.isPathSegment, redaction.redacting(id) == id else {
      return nil
    }
    self.init(
      id: id, name: redaction.redacting(json["filename"]?.string ?? id),
      byteCount: json["bytes"]?.count,
      created: Self.time(json["created_at"]), expires: Self.time(json["expires_at"]),
      purpose: json["purpose"]?.string ?? "")
  }

  /// Seconds since 1970, up to the year 9999; nil for what is no time.
  private static func time(_ json: JSONValue?) -> Int64? {
    json?.integer.flatMap { (0...253_402_300_799).contains($0) ? Int64($0) : nil }
  }
}

extension String {
  /// Whether a server's identifier may stand in a path as it is: letters, digits, `_`, `-`, `.` and `:`
  /// (RFC 3986 §3.3), at most 256, and no dot in front.
  var isPathSegment: Bool {
    !isEmpty && first != "." && utf8.count <= 256
      && utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || "_-.:".utf8.contains(byte)
      }
  }
}
