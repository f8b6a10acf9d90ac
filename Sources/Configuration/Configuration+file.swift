import Files
import Glibc

extension Configuration {
  /// What the file at `path` says; nil where there is no file, or no folder that could hold one.
  ///
  /// - Throws: `unreadable`, and `tooLarge` for more than 1 MB.
  package static func load(
    from path: String
  ) throws(ConfigurationError) -> (configuration: Configuration, mistakes: [ConfigurationMistake])?
  {
    do {
      let bytes = try reading { () throws(FileError) in
        try SmallFile.bytes(of: path, atMost: 1_000_000)
      }
      return read(yaml: String(decoding: bytes, as: UTF8.self))
    } catch .unreadable(_, let code) where code == ENOENT || code == ENOTDIR {
      return nil
    }
  }
}

extension Configuration {
  /// The text of a file that an option names, like a system message; at most 16 MB.
  ///
  /// - Throws: `unreadable`, and `tooLarge`.
  package static func text(at path: String) throws(ConfigurationError) -> String {
    let bytes = try reading { () throws(FileError) in
      try SmallFile.bytes(of: path, atMost: 16_000_000)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Folders {
  /// The home folder that the account has, for when `HOME` is not set.
  package static func accountHome() -> String? {
    guard let entry = getpwuid(getuid()), let home = entry.pointee.pw_dir else { return nil }
    return String(cString: home)
  }
}
