import Conversation
import Pictures

#if canImport(Glibc)
  import Glibc
#endif

/// What pictures cost: telling, fitting, previewing and sending them.
extension Benchmark {
  /// A picture of 24 megapixels in one format, and the bounds that fitting it has.
  private struct Photograph {
    var name: String
    var seconds: String
    var memory: String
  }

  private static let photographs = [
    Photograph(name: "photo.jpg", seconds: "≤ 0.30 s", memory: "≤ 60 MiB"),
    Photograph(name: "photo.png", seconds: "", memory: "≤ 100 MiB"),
    Photograph(name: "photo.webp", seconds: "", memory: "≤ 60 MiB"),
    Photograph(name: "lossless.webp", seconds: "", memory: "decision 0061"),
  ]

  func pictures() throws {
    _ = PipedProgram(
      [CommandLine.arguments[0], SamplePictures.argument, home], environment: environment)
    let empty = ask([])
    for photograph in Self.photographs { fit(photograph, above: empty) }
    request(above: empty)
    try tellAndPreview()
  }

  private func ask(_ images: [String], _ detail: String = "high", home name: String = "empty")
    -> PipedProgram
  {
    var environment = environment
    // Nothing is cached, and the originals are kept anew.
    environment["HOME"] = home + "/" + name
    mkdir(home + "/" + name, 0o700)
    let images = images.flatMap { ["--image", $0] }
    let arguments = [program, "ask", "--model", "demo", "--detail", detail, "look"] + images
    return PipedProgram(arguments, environment: environment) ?? .nothing
  }

  private func fit(_ photograph: Photograph, above empty: PipedProgram) {
    let path = home + "/" + photograph.name
    let run = ask([path], home: "fit-" + photograph.name)
    let name = "24 MP \(photograph.name) fitted, above an empty ask"
    report(
      name, Self.rounded(run.seconds - empty.seconds, 2) + " s CPU", bound: photograph.seconds)
    report(
      "  memory of the whole ask", Self.rounded(run.peakMiB) + " MiB", bound: photograph.memory)
    let arguments = ["vipsthumbnail", path, "--size", "1152x768", "-o", home + "/vips.jpg[Q=85]"]
    guard let vips = PipedProgram(arguments, environment: environment), vips.status == 0 else {
      return print("  vipsthumbnail is missing: its figures are left out.")
    }
    report(
      "  vipsthumbnail", "\(Self.rounded(vips.seconds, 2)) s, \(Self.rounded(vips.peakMiB)) MiB",
      bound: "")
  }

  private func tellAndPreview() throws {
    let path = home + "/photo.jpg"
    let telling = try Self.seconds(of: 200) { _ = try PictureContent(path: path).inspect() }
    report("telling a picture", Self.rounded(telling * 1000, 3) + " ms CPU", bound: "< 1 ms")
    let fitted = try PictureContent(path: path)
    let target = FitTarget(scale: .within(PixelSize(width: 1152, height: 768)))
    guard
      case .encoded(let picture) = try fitted.fit(try fitted.inspect(), to: target, by: .inProcess)
    else {
      return
    }
    let preview = try Self.seconds(of: 20) {
      let content = try PictureContent(bytes: picture.bytes)
      _ = try content.preview(
        try content.inspect(), within: PreviewSize(columns: 80, rows: 24), palette: .indexed256,
        decoder: .inProcess)
    }
    report("preview 80×24", Self.rounded(preview * 1000) + " ms CPU", bound: "< 20 ms")
  }

  /// Twenty pictures of 3 MB each in one request, as their own bytes.
  private func request(above empty: PipedProgram) {
    let paths = (1...20).map { home + "/large-\($0).jpg" }
    let run = ask(paths, "original", home: "twenty")
    report(
      "20 pictures of 3 MB, memory above an empty ask",
      Self.rounded(run.peakMiB - empty.peakMiB) + " MiB", bound: "≤ 10 MiB")
    report("  CPU", Self.rounded(run.seconds - empty.seconds, 2) + " s", bound: "")
  }

  /// CPU seconds of one of `count` calls.
  private static func seconds(of count: Int, _ body: () throws -> Void) rethrows -> Double {
    var start = timespec()
    var end = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start)
    for _ in 0..<count { try body() }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end)
    let nanoseconds = (end.tv_sec - start.tv_sec) * 1_000_000_000 + end.tv_nsec - start.tv_nsec
    return Double(nanoseconds) / 1e9 / Double(count)
  }
}
