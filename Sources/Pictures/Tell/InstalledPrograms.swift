#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which programs a shell of this machine finds, so that advice names what is there.
package struct InstalledPrograms: Sendable {
  private let isThere: @Sendable (String) -> Bool

  package init(_ isThere: @Sendable @escaping (String) -> Bool) {
    self.isThere = isThere
  }

  /// Those in the folders of `PATH`.
  package static let ofThisMachine = Self { name in
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
    return path.split(separator: ":").contains { access("\($0)/\(name)", X_OK) == 0 }
  }

  package func contains(_ name: String) -> Bool { isThere(name) }
}

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

  // The plain picture of a file of one or several, by whatever is there. ImageMagick is `convert`
  // until its version 7, which Debian has since 13.
  static let picture = [
    Self(program: "magick", package: "imagemagick", arguments: "FILE[0] picture.png"),
    Self(program: "convert", package: "imagemagick", arguments: "FILE[0] picture.png"),
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
  static let smaller = [
    Self(
      program: "vipsthumbnail", package: "libvips-tools",
      arguments: "FILE --size 2048 -o small.jpg"),
    Self(program: "magick", package: "imagemagick", arguments: "FILE -resize 2048x2048 small.jpg"),
    Self(program: "convert", package: "imagemagick", arguments: "FILE -resize 2048x2048 small.jpg"),
  ]
}
