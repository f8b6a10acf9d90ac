import Conversation
import Foundation
import Language
import Pictures
import Processes
import Testing

@Suite struct PhraseTests {
  struct Row: CustomTestStringConvertible {
    var error: PictureError
    var text: String
    var testDescription: String { text }
  }

  static let rows = [
    Row(error: .notReadable(.missing), text: "a b.x does not exist; check the path."),
    Row(error: .notReadable(.forbidden), text: "a b.x may not be read; check its permissions."),
    Row(error: .notReadable(.folder), text: "a b.x is a folder; name the pictures in it."),
    Row(
      error: .notReadable(.special),
      text: "a b.x is a pipe, a socket or a device; save the picture to a file first."),
    Row(
      error: .notReadable(.failure(errno: 5)),
      text: "a b.x cannot be read (error 5); check the disk or choose another file."),
    Row(error: .empty, text: "a b.x is empty; choose another file."),
    Row(error: .changedWhileRead, text: "a b.x changed while it was being read; try again."),
    Row(
      error: .tooManyBytes(300 << 20, limit: 256 << 20),
      text:
        "a b.x is too large to read (300 MiB, at most 256 MiB); scale it down first: vipsthumbnail 'a b.x' --size 2048 -o small.jpg"
    ),
    Row(
      error: .foreign(.psd),
      text:
        "a b.x is a Photoshop document, which models do not read; convert it first: convert 'a b.x[0]' picture.png"
    ),
    Row(
      error: .foreign(.pdf),
      text:
        "a b.x is a PDF document, which models do not read; convert it first: pdftoppm -png -r 150 'a b.x' page"
    ),
    Row(
      error: .foreign(.video),
      text:
        "a b.x is a video, which models do not read; convert it first: ffmpeg -i 'a b.x' -frames:v 1 picture.png"
    ),
    Row(
      error: .foreign(.svg),
      text:
        "a b.x is an SVG drawing, which models do not read; convert it first: rsvg-convert -o picture.png 'a b.x'"
    ),
    Row(
      error: .foreign(.text),
      text: "a b.x is text, not a picture; paste its text into the message."),
    Row(
      error: .foreign(.html),
      text: "a b.x is a web page, not a picture; save the picture itself and attach that."),
    Row(
      error: .foreign(.archive),
      text: "a b.x is an archive; unpack it and attach the pictures in it."),
    Row(error: .foreign(.sound), text: "a b.x is a sound, not a picture; choose another file."),
    Row(
      error: .unknownFormat,
      text:
        "a b.x is no picture that can be told by its content; convert it to PNG or JPEG first."),
    Row(error: .damaged(.png), text: "a b.x is a damaged PNG; get or save it again."),
    Row(error: .truncated(.jpeg), text: "a b.x is a JPEG that breaks off; get or save it again."),
    Row(
      error: .unsupportedVariant(.webp),
      text:
        "a b.x is a rare kind of WebP that cannot be decoded here; convert it first: convert 'a b.x[0]' picture.png"
    ),
    Row(
      error: .noDecoder(.heic),
      text:
        "a b.x cannot be decoded, because no decoder of HEIC is installed: sudo apt install libheif1"
    ),
    Row(
      error: .noDecoder(.jxl),
      text:
        "a b.x cannot be decoded, because no decoder of JPEG XL is installed: sudo apt install libjxl-tools"
    ),
    Row(
      error: .noDecoder(.tiff),
      text:
        "a b.x cannot be decoded, because no decoder of TIFF is installed: sudo apt install libtiff-tools"
    ),
    Row(
      error: .tooManyPixels(PixelSize(width: 100_000, height: 100_000), limit: 200_000_000),
      text:
        "a b.x has too many pixels (100000×100000, at most 200 million); scale it down first: vipsthumbnail 'a b.x' --size 2048 -o small.jpg"
    ),
    Row(
      error: .tooMuchMemory(PixelSize(width: 9000, height: 9000), .webp),
      text:
        "a b.x (WebP, 9000×9000) would take too much memory to decode; scale it down first: vipsthumbnail 'a b.x' --size 2048 -o small.jpg"
    ),
    Row(
      error: .noAcceptedFormat,
      text:
        "a b.x can be sent in no format that the server takes; choose another model."),
    Row(
      error: .cannotShrink(below: 5000),
      text:
        "a b.x cannot be made smaller than the server's limit of 5000 bytes; choose a lower detail or another server."
    ),
    Row(
      error: .outOfMemory,
      text: "a b.x needs more memory than there is; close other programs and try again."),
    Row(
      error: .decoderStopped(.heic, seconds: 5),
      text:
        "a b.x cannot be decoded: the decoder of HEIC was stopped after 5 s; save it anew with another program."
    ),
    Row(
      error: .decoderFailed(.gif),
      text:
        "a b.x cannot be decoded: the decoder of GIF broke down over it; save it anew with another program."
    ),
    Row(
      error: .noDecodingProcess(errno: 11),
      text:
        "a b.x cannot be decoded, because no process can be started for that (error 11); close other programs and try again."
    ),
    Row(
      error: .noPreviewLibrary,
      text:
        "a b.x can be sent but not shown, because libchafa is not installed: sudo apt install libchafa0"
    ),
    Row(
      error: .cancelled,
      text: "a b.x was not prepared, because that was stopped; attach it again."),
    Row(
      error: .invalidDataURL,
      text: "This data: URL holds no base64 picture; it must read data:image/png;base64,…"),
  ]

  @Test(arguments: rows)
  func `Every refusal says what happened and what to do`(row: Row) {
    let all = InstalledPrograms { _ in true }
    #expect(row.error.phrase(about: "a b.x", programs: all).text() == row.text)
  }

  @Test(arguments: ForeignFormat.allCases)
  func `Every foreign format has its own sentence`(format: ForeignFormat) {
    let sentence = PictureError.foreign(format).phrase(about: "x").text()
    #expect(sentence.hasPrefix("x is a") || sentence.hasPrefix("x is text"))
    let others = ForeignFormat.allCases.filter { $0 != format }
    #expect(!others.contains { PictureError.foreign($0).phrase(about: "x").text() == sentence })
  }

  @Test func `A command names a program that is there`() {
    func command(_ error: PictureError, _ programs: String...) -> String {
      let programs = InstalledPrograms { programs.contains($0) }
      let text = error.phrase(about: "dir/a b.tif", programs: programs).text()
      return text.components(separatedBy: "first: ").last ?? ""
    }
    #expect(command(.foreign(.psd), "convert", "vips") == "convert 'dir/a b.tif[0]' picture.png")
    #expect(command(.foreign(.psd), "vips") == "vips copy 'dir/a b.tif' picture.png")
    #expect(
      command(.foreign(.psd))
        == "sudo apt install imagemagick && convert 'dir/a b.tif[0]' picture.png")
    // ImageMagick reads JPEG through the library that refused it.
    #expect(
      command(.unsupportedVariant(.jpeg), "convert", "ffmpeg")
        == "ffmpeg -i 'dir/a b.tif' -frames:v 1 picture.png")
    #expect(
      command(.tooMuchMemory(PixelSize(width: 9, height: 9), .webp), "convert")
        == "convert 'dir/a b.tif' -resize 2048x2048 small.jpg")
  }

  @Test func `Programs are looked for in the folders of PATH`() {
    #expect(InstalledPrograms.ofThisMachine.contains("sh"))
    #expect(!InstalledPrograms.ofThisMachine.contains("no-such-program"))
  }

  @Test func `Without a name it is the file`() {
    #expect(PictureError.empty.phrase.text() == "The file is empty; choose another file.")
    #expect(PictureError.foreign(.svg).phrase.text().hasSuffix("rsvg-convert -o picture.png FILE"))
  }

  @Test(arguments: [
    ("plain-1.tif", "plain-1.tif"), ("a b.tif", "'a b.tif'"), ("it's.tif", #"'it'\''s.tif'"#),
    ("$(rm).tif", "'$(rm).tif'"), ("ü.tif", "'ü.tif'"), ("-x.tif", "./-x.tif"),
  ])
  func `A name in a command is one word of the shell`(name: String, word: String) {
    let sentence = PictureError.foreign(.svg).phrase(about: name).text()
    #expect(sentence.hasSuffix("rsvg-convert -o picture.png " + word))
  }
}
