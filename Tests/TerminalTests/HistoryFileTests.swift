import Terminal
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The composer's history on disk.
struct HistoryFileTests {
  private let folder: String

  init() throws {
    var template = TemporaryPath.template("history")
    folder = String(cString: try #require(mkdtemp(&template)))
  }

  private var file: HistoryFile { HistoryFile(path: folder + "/history", limit: 10) }

  @Test func `There is no history before there is a file`() throws {
    #expect(try file.load().isEmpty)
  }

  @Test func `Entries come back as they were, line breaks and backslashes too`() throws {
    let entries = ["one", "two\nlines\n", "C:\\new \\n", "桥上🌉", "\\", "/attach a\\ b.png"]
    for entry in entries { try file.append(entry) }
    #expect(try file.load() == entries)
  }

  @Test func `Two programs on one file lose nothing`() throws {
    let other = file
    try file.append("mine")
    try other.append("theirs")
    try file.append("mine again")
    #expect(try file.load() == ["mine", "theirs", "mine again"])
  }

  @Test func `Only the user can read it`() throws {
    try file.append("secret")
    var status = stat()
    try #require(stat(file.path, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
  }

  @Test func `The newest entries are loaded, and a long file is cut to them`() throws {
    for number in 1...25 { try file.append("entry \(number)") }
    let newest = (16...25).map { "entry \($0)" }
    #expect(try file.load() == newest)
    #expect(try HistoryFile(path: file.path, limit: 100).load() == newest)
  }

  @Test func `A line that was cut off by a crash is read as far as it goes`() throws {
    try file.append("whole")
    let descriptor = open(file.path, O_WRONLY | O_APPEND)
    try #require(write(descriptor, "half\\", 5) == 5)
    close(descriptor)
    #expect(try file.load() == ["whole", "half"])
  }

  @Test func `A folder that is not there is told`() {
    let file = HistoryFile(path: folder + "/none/history")
    #expect(throws: TerminalError.file(path: file.path, errno: ENOENT)) { try file.append("x") }
  }
}
