import ChatAPI
import Files

/// A file of sound, told by its first bytes.
package struct Recording: Equatable, Sendable {
  /// The most bytes that OpenAI takes at once, as others do.
  package static let usualLimit = 25 << 20

  package let path: String
  /// The path of the recording that the user named, from which this one may have been converted.
  package let givenPath: String
  /// What the file is called where its path does not say so; nil for the path's last part.
  package var name: String?
  package let format: SoundFormat
  package let byteCount: Int
  /// How long it is, by its samples or frames; nil where only a decoder could tell.
  package let seconds: Double?
  /// Whether far more sound follows than the header of a WAV promises, as of a recorder that was killed.
  package let isLongerThanSaid: Bool

  /// Looks at the file's first bytes.
  ///
  /// A WAV whose length is a lie is as long as its bytes say.
  ///
  /// - Throws: ``AudioError/fileUnreadable(path:reason:isMissing:)``, ``AudioError/noSound(path:)``,
  ///   ``AudioError/foreign(path:form:)`` and ``AudioError/recordingEmpty(path:)``.
  package init(path: String, given: String? = nil) throws(AudioError) {
    givenPath = given ?? path
    let head = try Self.head(of: path)
    byteCount = head.byteCount
    guard !head.bytes.isEmpty else { throw .recordingEmpty(path: path) }
    guard let format = SoundFormat(signature: head.bytes) else {
      throw ForeignSound(signature: head.bytes).map { .foreign(path: path, form: $0) }
        ?? .noSound(path: path)
    }
    self.path = path
    self.format = format
    if format == .wav {
      (seconds, isLongerThanSaid) = try Self.length(ofWave: head.bytes, byteCount, path)
    } else {
      (seconds, isLongerThanSaid) = (Self.countedSeconds(of: format, at: path), false)
    }
  }

  /// The first bytes of a file: of a WAV up to its samples, where those are not too far.
  private static func head(
    of path: String
  ) throws(AudioError) -> (bytes: [UInt8], byteCount: Int) {
    do throws(FileError) {
      var source = try FileSource(path)
      let byteCount = try source.byteCount()
      var head = try source.read(upTo: 64 << 10)
      // Pictures and notes may stand before the samples.
      if SoundFormat(signature: head) == .wav, WaveHeader(head) == nil {
        head += try source.read(upTo: longestHead)
      }
      return (head, byteCount)
    } catch {
      throw .fileUnreadable(path: path, reason: error.reason, isMissing: error.isMissing)
    }
  }

  /// How long a WAV is, and whether far more follows than its header promises.
  private static func length(
    ofWave head: [UInt8], _ byteCount: Int, _ path: String
  ) throws(AudioError) -> (seconds: Double?, isLongerThanSaid: Bool) {
    guard let header = WaveHeader(head) else {
      // Servers decode what nobody here can count, as ADPCM and GSM of voicemail.
      guard let offset = WaveHeader.sampleOffset(in: head) else { throw .noSound(path: path) }
      guard byteCount > offset else { throw .recordingEmpty(path: path) }
      return (nil, false)
    }
    let there = byteCount - header.offset
    let promised = min(header.byteCount ?? there, there)
    // Notes and pictures may stand behind the samples too.
    let isLonger = there - promised > max(promised, longestHead)
    let lengths = [isLonger ? there : promised, there].map {
      Double($0) / Double(header.bytesPerSecond)
    }
    guard let length = lengths.first(where: { $0 >= 0.1 }) else {
      throw .recordingEmpty(path: path)
    }
    return (SoundLength.seconds(length), isLonger)
  }

  private static func countedSeconds(of format: SoundFormat, at path: String) -> Double? {
    do throws(FileError) {
      var frames = try FrameCount(format, at: path)
      return try frames.seconds()
    } catch {
      // It is read again when it is sent, and told then.
      return nil
    }
  }

  /// How far the samples of a WAV are looked for, in bytes, and how much may stand behind them.
  private static let longestHead = 16 << 20

  /// The file as a request sends it.
  var file: PictureFile {
    PictureFile(path: path, mediaType: format.mediaType, byteCount: byteCount)
  }

  /// What the file is called, without its folders.
  package var fileName: String {
    name ?? givenPath.split(separator: "/").last.map(String.init) ?? "sound"
  }

  /// A name by which servers tell the form: its own ending may say something else, or nothing.
  var wireName: String {
    let name = fileName
    let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    return (stem.isEmpty ? "sound" : stem) + "." + (format == .aac ? "m4a" : format.rawValue)
  }
}
