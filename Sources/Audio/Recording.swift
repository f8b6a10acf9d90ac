import ChatAPI
import Files

/// A file of sound, told by its first bytes.
package struct Recording: Equatable, Sendable {
  /// The most bytes that OpenAI takes at once, as others do.
  package static let usualLimit = 25 << 20

  package let path: String
  /// What the file is called where its path does not say so; nil for the path's last part.
  package var name: String?
  package let format: SoundFormat
  package let byteCount: Int
  /// How long it is; nil where only a decoder could tell.
  package let seconds: Double?
  /// Whether far more sound follows than the header of a WAV promises, as of a recorder that was killed.
  package let isLongerThanSaid: Bool

  /// Looks at the file's first bytes.
  ///
  /// A WAV whose length is a lie is as long as its bytes say.
  ///
  /// - Throws: ``AudioError/fileUnreadable(path:reason:isMissing:)``, ``AudioError/noSound(path:)`` and
  ///   ``AudioError/recordingEmpty(path:)``.
  package init(path: String) throws(AudioError) {
    var head: [UInt8]
    do throws(FileError) {
      var source = try FileSource(path)
      byteCount = try source.byteCount()
      head = try source.read(upTo: 64 << 10)
      // Pictures and notes may stand before the samples.
      if SoundFormat(signature: head) == .wav, WaveHeader(head) == nil {
        head += try source.read(upTo: Self.longestHead)
      }
    } catch {
      throw .fileUnreadable(path: path, reason: error.reason, isMissing: error.isMissing)
    }
    guard !head.isEmpty else { throw .recordingEmpty(path: path) }
    guard let format = SoundFormat(signature: head) else { throw .noSound(path: path) }
    self.path = path
    self.format = format
    guard format == .wav else {
      isLongerThanSaid = false
      seconds = nil
      return
    }
    guard let header = WaveHeader(head) else {
      // Servers decode what nobody here can count, as ADPCM and GSM of voicemail.
      guard let offset = WaveHeader.sampleOffset(in: head) else { throw .noSound(path: path) }
      guard byteCount > offset else { throw .recordingEmpty(path: path) }
      isLongerThanSaid = false
      seconds = nil
      return
    }
    let there = byteCount - header.offset
    let promised = min(header.byteCount ?? there, there)
    // Notes and pictures may stand behind the samples too.
    isLongerThanSaid = there - promised > max(promised, Self.longestHead)
    let lengths = [isLongerThanSaid ? there : promised, there].map {
      Double($0) / Double(header.bytesPerSecond)
    }
    guard let length = lengths.first(where: { $0 >= 0.1 }) else {
      throw .recordingEmpty(path: path)
    }
    seconds = SoundLength.seconds(length)
  }

  /// How far the samples of a WAV are looked for, in bytes, and how much may stand behind them.
  private static let longestHead = 16 << 20

  /// The file as a request sends it.
  var file: PictureFile {
    PictureFile(path: path, mediaType: format.mediaType, byteCount: byteCount)
  }

  /// A name by which servers tell the form: its own ending may say something else, or nothing.
  var wireName: String {
    let name = name ?? path.split(separator: "/").last.map(String.init) ?? "sound"
    let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    return (stem.isEmpty ? "sound" : stem) + "." + (format == .aac ? "m4a" : format.rawValue)
  }
}
