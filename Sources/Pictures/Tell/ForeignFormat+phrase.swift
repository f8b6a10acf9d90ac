import Language

extension ForeignFormat {
  /// What the file is, and the command that would make a picture of it.
  func phrase(about file: Phrase, named name: String?, _ programs: InstalledPrograms) -> Phrase {
    guard let command = ConversionCommand.best(of: commands, for: name, programs) else {
      return phrase(withoutCommand: file)
    }
    return say("\(file) is \(kind), which models do not read; convert it first: \(command)")
  }

  private func phrase(withoutCommand file: Phrase) -> Phrase {
    switch self {
    case .sound: say("\(file) is a sound, not a picture; choose another file.")
    case .archive: say("\(file) is an archive; unpack it and attach the pictures in it.")
    case .html:
      say("\(file) is a web page, not a picture; save the picture itself and attach that.")
    default: say("\(file) is text, not a picture; paste its text into the message.")
    }
  }

  private var kind: Phrase {
    switch self {
    case .tiff: say("a TIFF picture")
    case .ico: say("an icon file")
    case .psd: say("a Photoshop document")
    case .jpegXL: say("a JPEG XL picture")
    case .jpeg2000: say("a JPEG 2000 picture")
    case .openEXR: say("an OpenEXR picture")
    case .radiance: say("a Radiance picture")
    case .dds: say("a DirectDraw texture")
    case .rawPhotograph: say("a raw photograph without a preview that can be read")
    case .avci: say("an AVCI picture")
    case .svg: say("an SVG drawing")
    case .pdf: say("a PDF document")
    case .postScript: say("a PostScript document")
    case .video: say("a video")
    case .sound, .archive, .html, .text: say("another kind of file")
    }
  }

  private typealias Command = ConversionCommand

  private var commands: [ConversionCommand] {
    switch self {
    case .tiff, .ico, .psd, .dds: Command.picture
    case .openEXR, .radiance: Command.picture.filter { $0.program != "gm" }
    case .rawPhotograph:
      [
        Command(program: "dcraw", package: "dcraw", arguments: "-e FILE"),
        Command(
          program: "exiftool", package: "exiftool", arguments: "-b -JpgFromRaw -w jpg FILE"),
      ]
    case .avci, .video: Command.frame
    case .jpegXL: [Command(program: "djxl", package: "libjxl-tools", arguments: "FILE picture.png")]
    case .jpeg2000:
      [
        Command(
          program: "opj_decompress", package: "libopenjp2-tools",
          arguments: "-i FILE -o picture.png")
      ] + Command.picture
    case .svg:
      [
        Command(
          program: "rsvg-convert", package: "librsvg2-bin", arguments: "-o picture.png FILE"),
        Command(
          program: "inkscape", package: "inkscape", arguments: "--export-filename=picture.png FILE"),
      ]
    case .pdf:
      [
        Command(
          program: "pdftoppm", package: "poppler-utils", arguments: "-png -r 150 FILE page"),
        Command(
          program: "mutool", package: "mupdf-tools", arguments: "draw -r 150 -o page-%d.png FILE"),
      ]
    case .postScript:
      [
        Command(
          program: "gs", package: "ghostscript",
          arguments: "-dSAFER -sDEVICE=png16m -r150 -o page-%d.png FILE")
      ]
    case .sound, .archive, .html, .text: []
    }
  }
}
