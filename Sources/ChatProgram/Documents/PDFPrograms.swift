import Files
import Processes

/// What poppler's programs tell of PDF files: `pdfinfo`, `pdftotext`, `pdftoppm` (docs/decisions/0162).
///
/// They run in processes of their own with a limit of time: a file that breaks them costs a sentence.
struct PDFPrograms: Sendable {
  let environment: [String: String]

  enum Fault: Error, Equatable {
    /// The programs are not there.
    case missing
    /// The file asks for a password.
    case encrypted
    /// The file is no PDF, or damaged.
    case unreadable
    /// It took longer than it may.
    case slow
  }

  /// How many pages a file has.
  func pageCount(of path: String) throws(Fault) -> Int {
    let output = try run(["pdfinfo", path], atMost: 1 << 20, within: .seconds(20))
    let line = String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline)
      .first { $0.hasPrefix("Pages:") }
    guard let count = line?.split(separator: " ").last.flatMap({ Int($0) }), count > 0 else {
      throw .unreadable
    }
    return count
  }

  /// The text of each page, in order; empty for a page without text.
  func pageTexts(of path: String) throws(Fault) -> [String] {
    let output = try run(
      ["pdftotext", "-enc", "UTF-8", path, "-"], atMost: 32 << 20, within: .seconds(120))
    // A form feed ends each page.
    let pages = String(decoding: output, as: UTF8.self).split(
      separator: "\u{C}", omittingEmptySubsequences: false)
    return pages.dropLast().map { String($0).trimmed }
  }

  /// Draws each page as a JPEG into `folder`, which is there; their paths in order.
  func drawPages(of path: String, into folder: String) throws(Fault) -> [String] {
    _ = try run(
      [
        "pdftoppm", "-jpeg", "-jpegopt", "quality=85", "-r", "110", path, folder + "/page",
      ], atMost: 1 << 16, within: .seconds(120))
    let names = (try? FileSystem.names(in: folder)) ?? []
    return names.filter { $0.hasSuffix(".jpg") }.sorted().map { folder + "/" + $0 }
  }

  private func run(
    _ arguments: [String], atMost byteLimit: Int, within limit: Duration
  ) throws(Fault) -> [UInt8] {
    var program = ChildProgram(arguments: arguments, environment: environment, input: [])
    program.byteLimit = byteLimit
    program.timeLimit = limit
    program.errorLimit = 4096
    let outcome = program.run { Task.isCancelled }
    if outcome.status == 127 { throw .missing }
    if outcome.isLate { throw .slow }
    guard outcome.status == 0 else {
      let words = String(decoding: outcome.errors, as: UTF8.self).lowercased()
      throw words.contains("password") ? .encrypted : .unreadable
    }
    return outcome.output
  }
}
