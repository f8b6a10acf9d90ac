/// A form of sound that no server takes and ffmpeg reads, told by the first bytes of a file.
package enum ForeignSound: String, CaseIterable, Sendable {
  case aiff = "AIFF"
  case au = "AU"
  case caf = "CAF"
  case amr = "AMR"
  case wma = "WMA"
  case wavPack = "WavPack"
  case ape = "APE"
  case tta = "TTA"
  case dsd = "DSD"
  case voc = "VOC"
  case wave64 = "Wave64"

  /// The form of sound that begins with `bytes`; nil where they begin none of these.
  package init?(signature bytes: [UInt8]) {
    let found = Self.allCases.first { form in
      form.signatures.contains { offset, mark in bytes.dropFirst(offset).starts(with: mark) }
    }
    guard let found else { return nil }
    self = found
  }

  private var signatures: [(offset: Int, mark: [UInt8])] {
    switch self {
    case .aiff: [(8, Array("AIFF".utf8)), (8, Array("AIFC".utf8))]
    case .au: [(0, Array(".snd".utf8))]
    case .caf: [(0, Array("caff".utf8))]
    case .amr: [(0, Array("#!AMR".utf8))]
    // The container is that of WMV as well: of both the sound is heard.
    case .wma: [(0, [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11])]
    case .wavPack: [(0, Array("wvpk".utf8))]
    case .ape: [(0, Array("MAC ".utf8))]
    case .tta: [(0, Array("TTA1".utf8))]
    case .dsd: [(0, Array("DSD ".utf8)), (0, Array("FRM8".utf8))]
    case .voc: [(0, Array("Creative Voice File".utf8))]
    case .wave64: [(0, Array("riff".utf8) + [0x2E, 0x91, 0xCF, 0x11])]
    }
  }

  /// Whether a file is named like one of these.
  static func isNamed(by ending: String) -> Bool {
    ["aif", "aiff", "aifc", "au", "snd", "caf", "amr", "wma", "wv", "ape"].contains(ending)
  }
}
