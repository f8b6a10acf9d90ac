import Conversation
package import Language
package import Processes

extension PictureError {
  /// What happened and what to do, in one sentence about "the file".
  package var phrase: Phrase { phrase(about: nil) }

  /// What happened and what to do, in one sentence about the file `name` (as the user gave it, not
  /// sanitised), which also stands, quoted for a shell, in the command that would help: one of
  /// `programs`.
  package func phrase(
    about name: String?, programs: InstalledPrograms = .ofThisMachine
  ) -> Phrase {
    let file = name.map { Phrase(key: "%@", arguments: [.text($0)]) } ?? say("The file")
    return switch self {
    case .notReadable(let obstacle): Self.phrase(obstacle, file)
    case .empty: say("\(file) is empty; choose another file.")
    case .changedWhileRead: say("\(file) changed while it was being read; try again.")
    case .tooManyBytes(let count, let limit):
      say(
        "\(file) is too large to read (\(Self.mebibytes(count)), at most \(Self.mebibytes(limit))); scale it down first: \(Self.shrinkingCommand(name, programs))"
      )
    case .foreign(let format): format.phrase(about: file, named: name, programs)
    case .unknownFormat:
      say(
        "\(file) is no picture that can be told by its content; convert it to PNG or JPEG first.")
    case .damaged, .truncated, .unsupportedVariant, .noDecoder:
      phrase(ofDecoding: file, name, programs)
    case .decoderFailed, .decoderStopped, .noDecodingProcess: phrase(ofDecoder: file)
    case .tooManyPixels, .tooMuchMemory, .cannotShrink, .outOfMemory:
      phrase(ofSize: file, name, programs)
    case .noAcceptedFormat:
      say("\(file) can be sent in no format that the server takes; choose another model.")
    case .noPreviewLibrary:
      say(
        "\(file) can be sent but not shown, because libchafa is not installed: sudo apt install libchafa0"
      )
    case .cancelled: say("\(file) was not prepared, because that was stopped; attach it again.")
    case .invalidDataURL:
      say("This data: URL holds no base64 picture; it must read data:image/png;base64,…")
    }
  }

  private func phrase(
    ofDecoding file: Phrase, _ name: String?, _ programs: InstalledPrograms
  ) -> Phrase {
    switch self {
    case .damaged(let format):
      say("\(file) is a damaged \(format.displayName); get or save it again.")
    case .truncated(let format):
      say("\(file) is a \(format.displayName) that breaks off; get or save it again.")
    case .unsupportedVariant(let format):
      say(
        "\(file) is a rare kind of \(format.displayName) that cannot be decoded here; convert it first: \(Self.conversion(of: format, name, programs))"
      )
    case .noDecoder(let format):
      say(
        "\(file) cannot be decoded, because no decoder of \(format.displayName) is installed: sudo apt install \(format.decoderPackage)"
      )
    default: say("\(file) cannot be decoded.")
    }
  }

  private func phrase(ofDecoder file: Phrase) -> Phrase {
    switch self {
    case .decoderStopped(let format, let seconds):
      say(
        "\(file) cannot be decoded: the decoder of \(format.displayName) was stopped after \(seconds) s; save it anew with another program."
      )
    case .noDecodingProcess(let code):
      say(
        "\(file) cannot be decoded, because no process can be started for that (error \(code)); close other programs and try again."
      )
    case .decoderFailed(let format):
      say(
        "\(file) cannot be decoded: the decoder of \(format.displayName) broke down over it; save it anew with another program."
      )
    default: say("\(file) cannot be decoded.")
    }
  }

  private func phrase(
    ofSize file: Phrase, _ name: String?, _ programs: InstalledPrograms
  ) -> Phrase {
    switch self {
    case .tooManyPixels(let size, let limit):
      say(
        "\(file) has too many pixels (\(size), at most \(limit / 1_000_000) million); scale it down first: \(Self.shrinkingCommand(name, programs))"
      )
    case .tooMuchMemory(let size, let format):
      say(
        "\(file) (\(format.displayName), \(size)) would take too much memory to decode; scale it down first: \(Self.shrinkingCommand(name, programs))"
      )
    case .cannotShrink(let limit):
      say(
        "\(file) cannot be made smaller than the server's limit of \(limit, .bytes); choose a lower detail or another server."
      )
    default:
      say("\(file) needs more memory than there is; close other programs and try again.")
    }
  }

  private static func phrase(_ obstacle: Obstacle, _ file: Phrase) -> Phrase {
    switch obstacle {
    case .missing: say("\(file) does not exist; check the path.")
    case .forbidden: say("\(file) may not be read; check its permissions.")
    case .folder: say("\(file) is a folder; name the pictures in it.")
    case .special:
      say("\(file) is a pipe, a socket or a device; save the picture to a file first.")
    case .failure(let code):
      say("\(file) cannot be read (error \(code)); check the disk or choose another file.")
    }
  }

  private static func mebibytes(_ count: Int) -> String {
    "\((count + (1 << 20) - 1) >> 20) MiB"
  }

  private static func shrinkingCommand(
    _ name: String?, _ programs: InstalledPrograms
  ) -> String {
    ConversionCommand.best(of: ConversionCommand.smaller, for: name, programs) ?? ""
  }

  /// ImageMagick reads through the libraries that refused the file here; others do not.
  private static func conversion(
    of format: PictureFormat, _ name: String?, _ programs: InstalledPrograms
  ) -> String {
    let commands =
      switch format {
      case .jpeg: ConversionCommand.frame
      case .heic, .avif: ConversionCommand.heif + ConversionCommand.frame
      case .jxl: ConversionCommand.jxl
      default: ConversionCommand.picture
      }
    return ConversionCommand.best(of: commands, for: name, programs) ?? ""
  }

  /// The name as one word of a POSIX shell that no command takes for an option.
  static func quoted(_ name: String) -> String {
    var name = name
    if name.hasPrefix("-") { name = "./" + name }
    let isPlain = name.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
        || "._-/+,:@%".unicodeScalars.contains($0)
    }
    return isPlain
      ? name
      : "'"
        + name.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
        + "'"
  }
}

extension PictureFormat {
  /// What brings the format's decoder on Debian and its like: where a library's own package has its
  /// version in its name, the programs that come with it.
  fileprivate var decoderPackage: String {
    switch self {
    case .tiff: "libtiff-tools"
    case .jxl: "libjxl-tools"
    default: "libheif1"
    }
  }

  /// The format's name as people write it.
  package var displayName: String {
    switch self {
    case .png: "PNG"
    case .jpeg: "JPEG"
    case .webp: "WebP"
    case .gif: "GIF"
    case .heic: "HEIC"
    case .avif: "AVIF"
    case .bmp: "BMP"
    case .pnm: "Netpbm"
    case .qoi: "QOI"
    case .tga: "TGA"
    case .tiff: "TIFF"
    case .jxl: "JPEG XL"
    case .svg: "SVG"
    }
  }
}
