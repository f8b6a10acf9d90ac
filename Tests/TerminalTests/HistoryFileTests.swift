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

  @Test(.timeLimit(.minutes(1)), arguments: ["fifo", "folder", "/dev/zero"])
  func `What is no regular file is told, and neither read nor waited for`(kind: String) throws {
    let path = folder + "/odd"
    switch kind {
    case "fifo": try #require(mkfifo(path, 0o600) == 0)
    case "folder": try #require(mkdir(path, 0o700) == 0)
    default: try #require(symlink(kind, path) == 0)
    }
    let file = HistoryFile(path: path)
    #expect(throws: TerminalError.notARegularFile(path)) { try file.load() }
    #expect(throws: TerminalError.notARegularFile(path)) { try file.append("x") }
  }

  @Test func `A link to the null device keeps nothing, as its owner wants`() throws {
    try #require(symlink("/dev/null", file.path) == 0)
    try file.append("x")
    #expect(try file.load().isEmpty)
    var status = stat()
    #expect(lstat(file.path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
  }

  @Test func `Of a huge file the newest entries are read, and it is cut to them`() throws {
    let descriptor = open(file.path, O_WRONLY | O_CREAT, 0o600)
    try #require(ftruncate(descriptor, 1 << 40) == 0)
    try #require(lseek(descriptor, 0, SEEK_END) > 0)
    try #require(write(descriptor, "\nnew\n", 5) == 5)
    close(descriptor)
    let file = HistoryFile(path: file.path, limit: 10, byteLimit: 1_000)
    #expect(try file.load() == ["new"])
    var status = stat()
    #expect(stat(file.path, &status) == 0 && status.st_size == 4)
  }

  @Test func `What must not be kept is taken out of the file as well`() throws {
    for entry in ["one", "/key secret", "secret", "two"] { try file.append(entry) }
    let filter = { (entry: String) in
      entry == "secret" ? "" : entry.replacing(" secret", with: "")
    }
    #expect(try file.load(filteredBy: filter) == ["one", "/key", "two"])
    #expect(try file.load() == ["one", "/key", "two"])
  }
}
