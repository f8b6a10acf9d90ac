/// Where Iris keeps its files (XDG Base Directory Specification 0.8), as absolute paths.
package struct Folders: Equatable, Sendable {
  /// `config.yaml`.
  package let configuration: String
  /// Conversations and pictures.
  package let data: String
  /// What was typed, and logs.
  package let state: String
  /// What may be deleted at any time.
  package let cache: String
  /// What `~` stands for; nil where there is none.
  package let home: String?

  /// The folders that `environment` asks for.
  ///
  /// - Parameters:
  ///   - environment: read are `HOME` and the `XDG_…_HOME` variables; a path that is not absolute
  ///     counts as not set, as the specification asks.
  ///   - accountHome: the home folder of the account, for when `HOME` is not set.
  /// - Throws: `noHome` when a folder needs a home and there is none.
  package init(
    environment: [String: String], accountHome: String? = nil
  ) throws(ConfigurationError) {
    let home = environment.path("HOME") ?? accountHome
    func folder(_ variable: String, _ usual: String) throws(ConfigurationError) -> String {
      if let base = environment.path(variable) { return base + "/iris" }
      guard let home else { throw .noHome }
      return "\(home)/\(usual)/iris"
    }
    self.home = home
    configuration = try folder("XDG_CONFIG_HOME", ".config")
    data = try folder("XDG_DATA_HOME", ".local/share")
    state = try folder("XDG_STATE_HOME", ".local/state")
    cache = try folder("XDG_CACHE_HOME", ".cache")
  }

  package var configurationFile: String { configuration + "/config.yaml" }

  /// The path with a leading `~` or `~/` replaced by the home folder.
  package func expand(_ path: String) -> String {
    guard let home, path == "~" || path.hasPrefix("~/") else { return path }
    return home + path.dropFirst()
  }
}

extension [String: String] {
  /// The absolute path in a variable, without slashes at its end.
  fileprivate func path(_ variable: String) -> String? {
    guard var path = self[variable], path.hasPrefix("/") else { return nil }
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }
}
