import Conversation
import Files
import Foundation
import Interchange
import Testing

@Suite struct ExportTests {
  @Test(arguments: [
    ("a.json", ExportFormat.request), ("a.iris.json", .archive), ("A.IRIS.JSON", .archive),
    ("a.md", .markdown), ("x/y.z.html", .page), ("a.sh", .script), (".json", .request),
  ])
  func `A file's ending tells its format`(_ row: (path: String, format: ExportFormat)) throws {
    #expect(try ExportFormat(path: row.path) == row.format)
  }

  @Test func `An ending that is none is refused`() {
    #expect(throws: InterchangeError.unknownEnding(path: "Notes.TXT")) {
      _ = try ExportFormat(path: "Notes.TXT")
    }
  }

  @Test func `A body is written piece by piece, files in base64`() throws {
    try withFolder { folder in
      let bytes = Data((0..<200_001).map { UInt8(truncatingIfNeeded: $0 &* 7) })
      try bytes.write(to: URL(filePath: folder + "/p"))
      try RequestExport.write(
        [.bytes(Array("{\"a\":\"".utf8)), .base64(path: folder + "/p"), .bytes(Array("\"}".utf8))],
        to: folder + "/a.json")
      #expect(
        try read(folder + "/a.json") == "{\"a\":\"" + bytes.base64EncodedString() + "\"}\n")
    }
  }

  /// A text with what steers a terminal or reorders what stands around it.
  private static let hostile = "a\u{1B}[2Jb\u{9B}31mc\u{7F}d\u{202E}e\u{2028}f\u{7}\u{8}\r"

  private static var hostileConversation: Conversation {
    var conversation = Conversation.full
    conversation.instructions = hostile
    conversation.model = hostile
    conversation.messages.append(
      .new(
        9, after: 4, .user, .text(hostile),
        .picture(PictureReference(source: .remote("https://e.org/x"), name: hostile, detail: .low)))
    )
    conversation.messages.append(
      .new(10, after: 9, .assistant, .text("```\(hostile)\n\(hostile)\n```")))
    return conversation
  }

  private static func isSteering(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A: false
    case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069:
      true
    default: false
    }
  }

  @Test func `No file that people open steers a terminal, whatever a conversation holds`() throws {
    try withFolder { folder in
      let conversation = Self.hostileConversation
      _ = try MarkdownExport(conversation, pictures: { _ in nil }).write(to: folder + "/a.md")
      _ = try PageExport(conversation, pictures: { _ in nil }).write(to: folder + "/a.html")
      _ = try ArchiveExport(conversation, pictures: { _ in nil })
        .write(to: folder + "/a.iris.json")
      let body = BodyPiece.bytes(Array(try JSONEncoder().encode(["content": Self.hostile])))
      try RequestExport.write([body], to: folder + "/b.json")
      try ScriptExport(url: "http://e.org").write([body], to: folder + "/a.sh")
      for name in ["a.md", "a.html", "a.iris.json", "b.json", "a.sh"] {
        let text = try read(folder + "/" + name)
        #expect(text.unicodeScalars.filter(Self.isSteering).isEmpty, "\(name)")
      }
    }
  }

  @Test func `JSON holds every character of a conversation all the same`() throws {
    try withFolder { folder in
      let conversation = Self.hostileConversation
      _ = try ArchiveExport(conversation, pictures: { _ in nil })
        .write(to: folder + "/a.iris.json")
      let back = try #require(
        try SampleImporter().read(folder + "/a.iris.json").conversations.first)
      #expect(back.messages[MessageID(rawValue: 9)]?.text == Self.hostile)
      try RequestExport.write(
        [.bytes(Array(try JSONEncoder().encode(["content": Self.hostile])))], to: folder + "/b.json"
      )
      let body = Data(try read(folder + "/b.json").utf8)
      #expect(
        try JSONDecoder().decode([String: String].self, from: body) == ["content": Self.hostile])
    }
  }

  @Test func `A file that breaks off leaves none`() throws {
    try withFolder { folder in
      let error = #expect(throws: InterchangeError.self) {
        try RequestExport.write(
          [.bytes([1]), .base64(path: folder + "/none")], to: folder + "/a.json")
      }
      guard case .unwritable(let cause) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(cause.path == folder + "/none")
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left.isEmpty)
    }
  }

  @Test func `A Markdown file stands beside its pictures`() throws {
    try withFolder { folder in
      let export = MarkdownExport(.full, pictures: try pictureFile(in: folder))
      #expect(try export.write(to: folder + "/trip.md") == ExportReport())
      #expect(
        try read(folder + "/trip.md") == """
          # Brücke 桥

          ## system

          Be <brief> & *kind*.

          ## you (pictures left out)

          What <b>is</b> this?
          Look.

          ![a \\[1\\].png](<trip-pictures/1-a-1.png>)

          ![walk](<https://e.org/x?a=1&b=2>)

          ## iris (gpt-4o, stopped)

          A *walk*

          """)
      let copy = try Data(contentsOf: URL(filePath: folder + "/trip-pictures/1-a-1.png"))
      #expect(copy == pictureBytes)
    }
  }

  @Test func `A picture that came unfinished is called so`() throws {
    var unfinished = PictureReference(source: .stored(picture), name: "a cat", detail: .auto)
    unfinished.isUnfinished = true
    var conversation = Conversation(
      id: ConversationID(rawValue: 1), created: Timestamp(milliseconds: 0))
    conversation.messages.append(
      Message(
        id: MessageID(rawValue: 1), parent: nil, role: .assistant, parts: [.picture(unfinished)],
        created: Timestamp(milliseconds: 0)))
    try withFolder { folder in
      let pictures = try pictureFile(in: folder)
      _ = try MarkdownExport(conversation, pictures: pictures).write(to: folder + "/a.md")
      #expect(try read(folder + "/a.md").contains("a-cat.png>) *(unfinished)*"))
      _ = try PageExport(conversation, pictures: pictures).write(to: folder + "/a.html")
      #expect(try read(folder + "/a.html").contains("a cat · 2×1 · auto · unfinished</figcaption>"))
    }
  }

  @Test func `A missing picture is told, and the rest is written`() throws {
    try withFolder { folder in
      let report = ExportReport(missingPictures: ["a [1].png"])
      #expect(
        try MarkdownExport(.full, pictures: { _ in nil }).write(to: folder + "/a.md") == report)
      #expect(try read(folder + "/a.md").contains("*a \\[1\\].png is missing*"))
      #expect(
        try PageExport(.full, pictures: { _ in nil }).write(to: folder + "/a.html") == report)
      #expect(try read(folder + "/a.html").contains("a [1].png: missing"))
      #expect(
        try ArchiveExport(.full, pictures: { _ in nil }).write(to: folder + "/a.iris.json")
          == report)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(names.sorted() == ["a.html", "a.iris.json", "a.md"])
    }
  }

  @Test func `A picture whose file is gone is a missing picture`() throws {
    try withFolder { folder in
      let export = MarkdownExport(
        .full, pictures: { _ in ExportedPicture(path: folder + "/none", format: .png) })
      let report = try export.write(to: folder + "/trip.md")
      #expect(report == ExportReport(missingPictures: ["a [1].png"]))
    }
  }

  @Test func `A Markdown file that cannot be written leaves no copies of pictures`() throws {
    try withFolder { folder in
      let find = try pictureFile(in: folder)
      // A folder stands where the file would.
      try FileManager.default.createDirectory(
        atPath: folder + "/trip.md", withIntermediateDirectories: true)
      #expect(throws: InterchangeError.self) {
        try MarkdownExport(.full, pictures: find).write(to: folder + "/trip.md", isReplacing: true)
      }
      #expect(!FileManager.default.fileExists(atPath: folder + "/trip-pictures"))
    }
  }

  @Test func `A second export that fails leaves the first one's pictures`() throws {
    try withFolder { folder in
      let find = try pictureFile(in: folder)
      let path = folder + "/trip.md"
      _ = try MarkdownExport(.full, pictures: find).write(to: path)
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      #expect(throws: InterchangeError.self) {
        try MarkdownExport(.full, pictures: find).write(to: path, isReplacing: true)
      }
      let copy = try Data(contentsOf: URL(filePath: folder + "/trip-pictures/1-a-1.png"))
      #expect(copy == pictureBytes)
    }
  }

  @Test func `What is in the folder of the pictures is not written over`() throws {
    try withFolder { folder in
      let find = try pictureFile(in: folder)
      let pictures = folder + "/trip-pictures"
      try FileManager.default.createDirectory(atPath: pictures, withIntermediateDirectories: true)
      try write("mine", to: pictures + "/1-a-1.png")
      try FileManager.default.createDirectory(
        atPath: pictures + "/1-a-1-2.png", withIntermediateDirectories: true)
      for isReplacing in [false, true] {
        _ = try MarkdownExport(.full, pictures: find)
          .write(to: folder + "/trip.md", isReplacing: isReplacing)
        #expect(try read(folder + "/trip.md").contains("](<trip-pictures/1-a-1-3.png>)"))
      }
      #expect(try read(pictures + "/1-a-1.png") == "mine")
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: pictures).sorted()
          == ["1-a-1-2.png", "1-a-1-3.png", "1-a-1.png"])
    }
  }

  @Test(arguments: [".md", ".html", ".iris.json", ".json", ".sh"])
  func `What is there already stays unless it is to be replaced`(ending: String) throws {
    try withFolder { folder in
      let path = folder + "/x" + ending
      let export = { (isReplacing: Bool) throws(InterchangeError) in
        switch ending {
        case ".md":
          _ = try MarkdownExport(.full, pictures: { _ in nil })
            .write(to: path, isReplacing: isReplacing)
        case ".html":
          _ = try PageExport(.full, pictures: { _ in nil })
            .write(to: path, isReplacing: isReplacing)
        case ".iris.json":
          _ = try ArchiveExport(.full, pictures: { _ in nil })
            .write(to: path, isReplacing: isReplacing)
        case ".json":
          try RequestExport.write([.bytes(Array("{}".utf8))], to: path, isReplacing: isReplacing)
        default:
          try ScriptExport(url: "http://e.org")
            .write([.bytes(Array("{}".utf8))], to: path, isReplacing: isReplacing)
        }
      }
      try write("mine", to: path)
      #expect(throws: InterchangeError.exists(path: path)) { try export(false) }
      #expect(try read(path) == "mine")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["x" + ending])
      try export(true)
      #expect(try read(path) != "mine")
    }
  }

  @Test func `Pictures that cannot be copied leave no Markdown file`() throws {
    try withFolder { folder in
      let find = try pictureFile(in: folder)
      // A file stands where the folder of the pictures would.
      try write("", to: folder + "/trip-pictures")
      let error = #expect(throws: InterchangeError.self) {
        try MarkdownExport(.full, pictures: find).write(to: folder + "/trip.md")
      }
      guard case .unwritable = error else { throw error ?? .nothingInside(path: "") }
      #expect(!FileManager.default.fileExists(atPath: folder + "/trip.md"))
    }
  }
}
