import Files

/// How loud the end of a recording is.
package enum SoundLevel {
  /// So many samples of 16 bits are looked at: a tenth of a second.
  private static let sampleCount = 1_600

  /// 0 for silence to 100 for the loudest, on a scale of decibels of which 60 are shown; nil where there is
  /// too little.
  package static func level(of samples: [UInt8]) -> Int? {
    let count = samples.count / 2
    guard count > 0 else { return nil }
    let power =
      (0..<count).reduce(0.0) { sum, place in
        let value = UInt16(samples[2 * place]) | UInt16(samples[2 * place + 1]) << 8
        let sample = Double(Int16(bitPattern: value)) / 32_768
        return sum + sample * sample
      } / Double(count)
    guard power > 1e-6 else { return 0 }
    return min(100, max(0, Int(100 + decibels(power) * 100 / 60)))
  }

  /// Ten times the logarithm to the base of 10.
  private static func decibels(_ power: Double) -> Double {
    // By halves: 3.01 dB each; a tenth of that is finer than what is drawn.
    let exponent = Double(power.exponent)
    return 3.0103 * (exponent + (power.significand - 1))
  }

  /// The level at the end of the file that grows; nil where it cannot be read.
  package static func level(ofEndOf path: String) -> Int? {
    do throws(FileError) {
      var source = try FileSource(path)
      let size = try source.byteCount()
      let start = max(WaveHeader().offset, (size - sampleCount * 2) & ~1)
      guard size > start + 2 else { return nil }
      source.skip(to: start)
      return level(of: try source.read(upTo: size - start))
    } catch {
      return nil
    }
  }
}
