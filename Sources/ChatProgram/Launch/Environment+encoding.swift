extension [String: String] {
  /// Has programs that are started read and write text as `locale` does, by POSIX's names (8.2).
  ///
  /// Where the user's locale is not installed (as over ssh, which hands its name on), a pager or an
  /// editor falls back to ASCII, and shows the bytes of a Chinese text. The language that is wished
  /// for stays.
  mutating func encode(as locale: String) {
    if let all = self["LC_ALL"], !all.isEmpty {
      self["LANG"] = all
      self["LC_MESSAGES"] = nil
    }
    self["LC_ALL"] = nil
    self["LC_CTYPE"] = locale
  }
}
