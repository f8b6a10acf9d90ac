import Configuration
import Testing

@Suite struct FoldersTests {
  @Test func `The usual folders lie in the home folder`() throws {
    let folders = try Folders(environment: ["HOME": "/home/me/"])
    #expect(folders.configurationFile == "/home/me/.config/iris/config.yaml")
    #expect(folders.data == "/home/me/.local/share/iris")
    #expect(folders.state == "/home/me/.local/state/iris")
    #expect(folders.cache == "/home/me/.cache/iris")
  }

  @Test func `The XDG variables move each folder`() throws {
    let folders = try Folders(environment: [
      "XDG_CONFIG_HOME": "/c", "XDG_DATA_HOME": "/d/", "XDG_STATE_HOME": "/s",
      "XDG_CACHE_HOME": "/k",
    ])
    #expect(folders.configuration == "/c/iris")
    #expect(folders.data == "/d/iris")
    #expect(folders.state == "/s/iris")
    #expect(folders.cache == "/k/iris")
    #expect(folders.home == nil)
  }

  @Test(arguments: ["", "relative/path"])
  func `A path that is not absolute counts as not set`(path: String) throws {
    let folders = try Folders(environment: ["HOME": "/h", "XDG_DATA_HOME": path])
    #expect(folders.data == "/h/.local/share/iris")
  }

  @Test func `The account's home stands in for HOME`() throws {
    #expect(try Folders(environment: [:], accountHome: "/a").data == "/a/.local/share/iris")
  }

  @Test func `Without any home there is a sentence`() {
    #expect(throws: ConfigurationError.noHome) { try Folders(environment: [:]) }
  }

  @Test(arguments: [
    ("~", "/h"), ("~/a b", "/h/a b"), ("~other/x", "~other/x"), ("/x/~", "/x/~"), ("", ""),
  ])
  func `A tilde at the start is the home folder`(path: String, expanded: String) throws {
    #expect(try Folders(environment: ["HOME": "/h"]).expand(path) == expanded)
  }
}
