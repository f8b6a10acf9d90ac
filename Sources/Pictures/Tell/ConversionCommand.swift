import Processes

/// A command line that makes a picture of a file.
struct ConversionCommand: Sendable {
  var program: String
  /// What installs the program on Debian and its like.
  var package: String
  /// What follows the program's name; `FILE` stands for the file, which `[0]` may follow: its first
  /// picture, for ImageMagick.
  var arguments: String

  /// The first of `commands` whose program is there; else the first one with what installs it.
  static func best(
    of commands: [Self], for file: String?, _ programs: InstalledPrograms
  ) -> String? {
    if let command = commands.first(where: { programs.contains($0.program) }) {
      return command.line(for: file)
    }
    return commands.first.map { "sudo apt install \($0.package) && \($0.line(for: file))" }
  }

  /// The whole line, with the file's name as one word of a shell.
  private func line(for file: String?) -> String {
    let words = arguments.split(separator: " ").map { word in
      word.hasPrefix("FILE")
        ? PictureError.quoted((file ?? "FILE") + word.dropFirst(4)) : String(word)
    }
    return ([program] + words).joined(separator: " ")
  }

  // The plain picture of a file of one or several, by whatever is there. ImageMagick is `convert` in
  // every version that Debian has, and `magick` since 7, which came with Debian 13: what is to be
  // installed is called by the name that it surely has.
  static let picture = [
    Self(program: "convert", package: "imagemagick", arguments: "FILE[0] picture.png"),
    Self(program: "magick", package: "imagemagick", arguments: "FILE[0] picture.png"),
    Self(program: "gm", package: "graphicsmagick", arguments: "convert FILE[0] picture.png"),
    Self(program: "vips", package: "libvips-tools", arguments: "copy FILE picture.png"),
    Self(program: "ffmpeg", package: "ffmpeg", arguments: "-i FILE -frames:v 1 picture.png"),
  ]
  /// For kinds of JPEG that ImageMagick does not read, and for films.
  static let frame = [
    Self(program: "ffmpeg", package: "ffmpeg", arguments: "-i FILE -frames:v 1 picture.png")
  ]
  static let heif = [
    Self(program: "heif-convert", package: "libheif-examples", arguments: "FILE picture.png"),
    Self(program: "heif-dec", package: "libheif-examples", arguments: "FILE picture.png"),
  ]
  static let jxl = [
    Self(program: "djxl", package: "libjxl-tools", arguments: "FILE picture.png")
  ]
  static let raw = [
    Self(program: "dcraw", package: "dcraw", arguments: "-e FILE"),
    Self(program: "exiftool", package: "exiftool", arguments: "-b -JpgFromRaw -w jpg FILE"),
  ]
  static let dicom = [
    Self(program: "dcmj2pnm", package: "dcmtk", arguments: "--write-png FILE picture.png"),
    Self(program: "dcm2img", package: "dcmtk", arguments: "--write-png FILE picture.png"),
  ]
  static let jpegXR = [
    Self(program: "JxrDecApp", package: "libjxr-tools", arguments: "-i FILE -o picture.bmp")
  ]
  static let jpeg2000 =
    [
      Self(
        program: "opj_decompress", package: "libopenjp2-tools",
        arguments: "-i FILE -o picture.png")
    ] + picture
  static let djVu = [
    Self(
      program: "ddjvu", package: "djvulibre-bin", arguments: "-format=tiff -page=1 FILE page.tif")
  ]
  static let drawing = [
    Self(program: "rsvg-convert", package: "librsvg2-bin", arguments: "-o picture.png FILE"),
    Self(program: "inkscape", package: "inkscape", arguments: "--export-filename=picture.png FILE"),
  ]
  static let metafile = [
    drawing[1],
    Self(program: "soffice", package: "libreoffice-draw", arguments: "--convert-to png FILE"),
  ]
  static let pdf = [
    Self(program: "pdftoppm", package: "poppler-utils", arguments: "-png -r 150 FILE page"),
    Self(program: "mutool", package: "mupdf-tools", arguments: "draw -r 150 -o page-%d.png FILE"),
  ]
  static let postScript = [
    Self(
      program: "gs", package: "ghostscript",
      arguments: "-dSAFER -sDEVICE=png16m -r150 -o page-%d.png FILE")
  ]
  static let smaller = [
    Self(
      program: "vipsthumbnail", package: "libvips-tools",
      arguments: "FILE --size 2048 -o small.jpg"),
    Self(program: "convert", package: "imagemagick", arguments: "FILE -resize 2048x2048 small.jpg"),
    Self(program: "magick", package: "imagemagick", arguments: "FILE -resize 2048x2048 small.jpg"),
  ]
}
