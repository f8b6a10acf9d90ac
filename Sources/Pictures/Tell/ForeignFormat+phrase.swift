import Language
import Processes

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
    case .ico: say("an icon file")
    case .psd: say("a Photoshop document")
    case .jpeg2000: say("a JPEG 2000 picture")
    case .openEXR: say("an OpenEXR picture")
    case .radiance: say("a Radiance picture")
    case .dds: say("a DirectDraw texture")
    case .pcx: say("a PCX picture")
    case .fits: say("a FITS picture")
    case .dicom: say("a DICOM picture")
    case .jpegXR: say("a JPEG XR picture")
    case .gimp: say("a GIMP document")
    case .djVu: say("a DjVu document")
    case .windowsMetafile: say("a Windows metafile")
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
    case .ico, .psd, .dds, .pcx, .fits, .gimp: Command.picture
    case .openEXR, .radiance: Command.picture.filter { $0.program != "gm" }
    case .rawPhotograph: Command.raw
    case .avci, .video: Command.frame
    case .dicom: Command.dicom
    case .jpegXR: Command.jpegXR
    case .jpeg2000: Command.jpeg2000
    case .djVu: Command.djVu
    case .windowsMetafile: Command.metafile
    case .svg: Command.drawing
    case .pdf: Command.pdf
    case .postScript: Command.postScript
    case .sound, .archive, .html, .text: []
    }
  }
}
