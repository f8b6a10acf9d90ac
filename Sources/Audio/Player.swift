/// A program that plays sound from its standard input.
package struct Player: Equatable, Sendable {
  /// What it is called.
  package let name: String
  package let arguments: [String]

  package init(name: String, arguments: [String]) {
    self.name = name
    self.arguments = arguments
  }
}

extension Player {
  /// Those that are known, the best first; afplay of macOS plays files only.
  package static let names = ["mpv", "ffplay", "pw-cat", "pacat", "play", "aplay"]

  /// How the program of that name plays sound of that form; nil where it cannot.
  ///
  /// Raw samples are those of ``SoundFormat/pcm`` (the programs' own manuals: mpv 0.35, ffplay 5.1, PipeWire
  /// 0.3, PulseAudio 16, SoX 14.4, alsa-utils 1.2).
  package static func known(_ name: String, for format: SoundFormat) -> Player? {
    let isRaw = format == .pcm
    let arguments: [String]?
    switch name {
    case "mpv":
      arguments =
        ["--no-video", "--no-terminal", "--really-quiet"]
        + (isRaw
          ? [
            "--demuxer=rawaudio", "--demuxer-rawaudio-rate=24000",
            "--demuxer-rawaudio-channels=1", "--demuxer-rawaudio-format=s16le",
          ] : []) + ["-"]
    case "ffplay":
      arguments =
        ["-nodisp", "-autoexit", "-loglevel", "error"]
        + (isRaw ? ["-f", "s16le", "-ar", "24000", "-ac", "1"] : []) + ["-i", "-"]
    case "pw-cat":
      arguments =
        isRaw ? ["-p", "--rate=24000", "--channels=1", "--format=s16", "-"] : nil
    case "pacat":
      arguments = isRaw ? ["--raw", "--rate=24000", "--channels=1", "--format=s16le"] : nil
    case "play":
      arguments =
        isRaw
        ? ["-q", "-t", "raw", "-r", "24000", "-e", "signed", "-b", "16", "-c", "1", "-"]
        : ["-q", "-t", format == .ogg ? "opus" : format.rawValue, "-"]
    case "aplay":
      arguments =
        isRaw
        ? ["-q", "-t", "raw", "-f", "S16_LE", "-r", "24000", "-c", "1", "-"]
        : format == .wav ? ["-q", "-t", "wav", "-"] : nil
    default: arguments = nil
    }
    return arguments.map { Player(name: name, arguments: [name] + $0) }
  }

  /// The first player of ``names`` that `isInstalled` and plays sound of that form; nil where there is none.
  package static func first(
    for format: SoundFormat, where isInstalled: (String) -> Bool
  ) -> Player? {
    names.lazy.filter(isInstalled).compactMap { known($0, for: format) }.first
  }
}

/// How a player ended.
package struct PlayerEnding: Equatable, Sendable {
  /// The exit status, as shells count it.
  package var status: Int32
  /// The lines that it wrote to standard error.
  package var lines: [String]

  /// Its words on why it failed; nil where it had none.
  package var words: String? { complaint ?? lines.last }

  package init(status: Int32, errors: [UInt8]) {
    self.status = status
    lines = String(decoding: errors, as: UTF8.self).split(whereSeparator: \.isNewline)
      .map(String.init).filter { line in line.contains { !$0.isWhitespace } }
  }

  /// Whether nothing was heard, or not all of it.
  package var isFailure: Bool { status != 0 || complaint != nil }

  /// The line that says that there is no device; nil for none.
  ///
  /// Without a device mpv, aplay, pacat, pw-cat and SoX's play end with a status above 0, and ffplay with 0,
  /// as if it had played. Other words mean nothing: players that work tell of each device that they tried.
  package var complaint: String? {
    lines.first { line in
      let line = line.lowercased()
      return Self.signs.contains { line.contains($0) }
    }
  }

  /// What players say when they have no device at all (ffplay 5.1, mpv 0.35, alsa-utils 1.2, SoX 14.4).
  private static let signs = [
    "audio open failed", "could not open/initialize audio device", "audio open error",
    "no default audio device",
  ]
}

/// A program that records sound and writes it to its standard output as a WAV, until it is ended.
package struct Recorder: Equatable, Sendable {
  package let name: String
  package let arguments: [String]

  /// Those that are known, the best first: 16 bits, one channel, 16,000 samples a second, as servers hear.
  package static let known = [
    Recorder(
      name: "arecord", arguments: ["-q", "-t", "wav", "-f", "S16_LE", "-r", "16000", "-c", "1"]),
    Recorder(
      name: "parecord",
      arguments: ["--file-format=wav", "--format=s16le", "--rate=16000", "--channels=1"]),
    Recorder(
      name: "rec", arguments: ["-q", "-t", "wav", "-b", "16", "-r", "16000", "-c", "1", "-"]),
    Recorder(
      name: "ffmpeg",
      arguments: [
        "-loglevel", "error", "-f", "alsa", "-i", "default", "-ac", "1", "-ar", "16000", "-f",
        "wav",
        "-",
      ]),
  ]

  private init(name: String, arguments: [String]) {
    self.name = name
    self.arguments = [name] + arguments
  }

  /// The first recorder that `isInstalled`; nil where there is none.
  package static func first(where isInstalled: (String) -> Bool) -> Recorder? {
    known.first { isInstalled($0.name) }
  }
}
