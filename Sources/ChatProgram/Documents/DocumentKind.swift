import Conversation

/// What a document is: told by its first bytes, among office files by its name as well.
enum DocumentKind: Equatable {
  case pdf
  /// A file of an office program, with its media type (IANA).
  case office(mediaType: String)
  /// UTF-8 text, with its media type.
  case text(mediaType: String)
}

/// What the beginning of a file says of it.
enum DocumentFinding: Equatable {
  case document(DocumentKind)
  /// It is a picture, or nothing that could be told: whoever reads pictures says what.
  case other
  /// Its name says document, and its bytes do not.
  case misnamed
  /// Its name says text, and it is not UTF-8.
  case foreignText
}

extension DocumentFinding {
  /// Reads the first bytes of a file, up to a few thousand, and its name.
  init(head: [UInt8], name: String) {
    let ending = DocumentKind.ending(of: name)
    if head.prefix(1024).contains(sequence: "%PDF-") {
      self = .document(.pdf)
    } else if let mediaType = DocumentKind.officeTypes[ending] {
      let isOffice =
        ["PK\u{3}\u{4}", "{\\rtf"].contains { head.starts(with: $0.utf8) }
        || head.starts(with: [0xD0, 0xCF, 0x11, 0xE0])
      self = isOffice ? .document(.office(mediaType: mediaType)) : .misnamed
    } else if ending == "pdf" {
      self = .misnamed
    } else if head.contains(sequence: "<svg") || PictureFormat.isNamed(by: name) {
      self = .other
    } else if DocumentKind.isText(head) {
      self = .document(.text(mediaType: DocumentKind.textTypes[ending] ?? "text/plain"))
    } else {
      self = DocumentKind.textTypes[ending] == nil ? .other : .foreignText
    }
  }
}

extension DocumentKind {
  /// The endings of documents' names, without dots.
  static let fileExtensions = ["pdf"] + officeTypes.keys.sorted() + textTypes.keys.sorted()

  /// Whether a file is named like a document.
  static func isNamed(by path: String) -> Bool {
    let ending = ending(of: path)
    return ending == "pdf" || officeTypes[ending] != nil || textTypes[ending] != nil
  }

  fileprivate static func ending(of name: String) -> String {
    let last = name.split(separator: "/").last ?? ""
    guard let dot = last.lastIndex(of: "."), dot > last.startIndex else { return "" }
    return last[last.index(after: dot)...].lowercased()
  }

  /// Whether the beginning of a file is UTF-8 without a NUL; a character may be cut at its end.
  fileprivate static func isText(_ head: [UInt8]) -> Bool {
    guard !head.isEmpty, !head.contains(0) else { return false }
    return (0...3).contains { cut in
      String(validating: head.dropLast(cut), as: UTF8.self) != nil
    }
  }

  fileprivate static let officeTypes = [
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "doc": "application/msword", "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint", "rtf": "application/rtf",
  ]

  /// Texts whose media type says more than that they are text, and endings by which texts are told from
  /// other files before they are read.
  fileprivate static let textTypes: [String: String] = {
    var types = [
      "csv": "text/csv", "tsv": "text/tab-separated-values", "md": "text/markdown",
      "html": "text/html", "htm": "text/html", "css": "text/css", "xml": "text/xml",
    ]
    let plain = [
      "txt", "text", "log", "json", "jsonl", "yaml", "yml", "toml", "ini", "conf", "tex", "rst",
      "org", "diff", "patch", "sql", "sh", "bash", "zsh", "fish", "c", "h", "cc", "cpp", "hpp",
      "m", "swift", "py", "rb", "pl", "php", "js", "ts", "tsx", "jsx", "java", "kt", "go", "rs",
      "cs", "scala", "hs", "lua", "r", "jl", "vue",
    ]
    for ending in plain { types[ending] = "text/plain" }
    return types
  }()
}

extension Sequence<UInt8> {
  /// Whether ASCII bytes stand in these in a row.
  fileprivate func contains(sequence: String) -> Bool {
    let wanted = Array(sequence.utf8)
    var matched = 0
    for byte in self {
      matched = byte == wanted[matched] ? matched + 1 : byte == wanted[0] ? 1 : 0
      if matched == wanted.count { return true }
    }
    return false
  }
}
