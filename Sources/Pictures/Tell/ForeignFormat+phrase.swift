import Language

extension ForeignFormat {
  /// What the file is, and the command that would make a picture of it.
  func phrase(about file: Phrase, quoted name: String) -> Phrase {
    guard let command = command(quoted: name) else { return phrase(withoutCommand: file) }
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
    case .bmp: say("a BMP picture")
    case .ico: say("an icon file")
    case .psd: say("a Photoshop document")
    case .jpegXL: say("a JPEG XL picture")
    case .jpeg2000: say("a JPEG 2000 picture")
    case .svg: say("an SVG drawing")
    case .pdf: say("a PDF document")
    case .postScript: say("a PostScript document")
    case .video: say("a video")
    case .sound, .archive, .html, .text: say("another kind of file")
    }
  }

  private func command(quoted name: String) -> String? {
    switch self {
    case .tiff, .bmp, .ico, .psd: "magick \(name) -delete 1--1 picture.png"
    case .jpegXL: "djxl \(name) picture.png"
    case .jpeg2000: "opj_decompress -i \(name) -o picture.png"
    case .svg: "rsvg-convert -o picture.png \(name)"
    case .pdf: "pdftoppm -png -r 150 \(name) page"
    case .postScript: "gs -dSAFER -sDEVICE=png16m -r150 -o page-%d.png \(name)"
    case .video: "ffmpeg -i \(name) -frames:v 1 picture.png"
    case .sound, .archive, .html, .text: nil
    }
  }
}
