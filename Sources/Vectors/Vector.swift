import CVectors

/// The numbers by which a model says what a text means: finite, and not all of them zero.
package struct Vector: Equatable, Sendable {
  package let values: [Float]

  /// The numbers as a server gave them; nil where there are none, where one is no finite number, and where
  /// all are zero: such a vector is as near to every text as to any other.
  package init?(_ values: [Float]) {
    let isUsable = values.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { cvectors_usable($0, buffer.count) != 0 } ?? false
    }
    guard isUsable else { return nil }
    self.values = values
  }

  /// Reads floats of four bytes, little-endian; nil where they are no vector.
  package init?(littleEndian bytes: [UInt8]) {
    self.init(upTo: bytes.count) { target in
      target.copyBytes(from: bytes)
      return bytes.count
    }
  }

  /// Reads the same from base64 (RFC 4648 §4), at once; nil where it is no vector, or not plain base64.
  package init?(base64 letters: UnsafeBufferPointer<UInt8>) {
    self.init(upTo: letters.count / 4 * 3 + 3) { target in
      guard let start = letters.baseAddress,
        let bytes = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
      else { return -1 }
      return cvectors_read_base64(start, letters.count, bytes)
    }
  }

  /// Reads little-endian floats that `fill` writes, at most so many bytes; it says how many there are.
  private init?(upTo byteCount: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Int) {
    var isWhole = false
    let values = [Float](unsafeUninitializedCapacity: (byteCount + 3) / 4) { buffer, count in
      let filled = fill(UnsafeMutableRawBufferPointer(buffer))
      isWhole = filled >= 0 && filled.isMultiple(of: 4)
      count = isWhole ? filled / 4 : 0
    }
    guard isWhole else { return nil }
    #if _endian(little)
      self.init(values)
    #else
      self.init(values.map { Float(bitPattern: UInt32(littleEndian: $0.bitPattern)) })
    #endif
  }

  /// Four bytes a number, little-endian: as they are sent, stored, and written for other programs.
  package var littleEndianBytes: [UInt8] {
    #if _endian(little)
      values.withUnsafeBytes { Array($0) }
    #else
      values.map(\.bitPattern.littleEndian).withUnsafeBytes { Array($0) }
    #endif
  }

  /// The vector of length 1 in the same direction.
  package var normalised: Vector {
    let result = [Float](unsafeUninitializedCapacity: values.count) { buffer, count in
      values.withUnsafeBufferPointer { values in
        guard let start = values.baseAddress, let target = buffer.baseAddress else { return }
        cvectors_normalise(start, values.count, target)
      }
      count = values.count
    }
    return Vector(result) ?? self
  }

  /// The sum of the products of two vectors of one size: for vectors of length 1, the cosine of the angle
  /// between them.
  package func dot(_ other: Vector) -> Float {
    precondition(values.count == other.values.count, "vectors of one model have one size")
    return Self.dot(values, other.values)
  }

  private static func dot(_ left: [Float], _ right: [Float]) -> Float {
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        guard let start = left.baseAddress, let other = right.baseAddress else { return 0 }
        return cvectors_dot(start, other, left.count)
      }
    }
  }
}

/// A vector of length 1 in a byte a number, with what is needed to bound how wrong that is.
struct VectorCodes: Equatable {
  var codes: [Int8]
  /// What a code is multiplied with.
  var step: Float
  /// The length of the difference to the vector itself.
  var lost: Float

  init(_ vector: Vector) {
    let values = vector.values
    let largest = values.reduce(0) { max($0, abs($1)) }
    var lost: Float = 0
    codes = [Int8](unsafeUninitializedCapacity: values.count) { buffer, count in
      values.withUnsafeBufferPointer { values in
        guard let start = values.baseAddress, let target = buffer.baseAddress else { return }
        lost = cvectors_encode(start, values.count, largest, target)
      }
      count = values.count
    }
    step = largest / 127
    self.lost = lost
  }
}

/// A vector of length 1 that is looked for, in two bytes a number.
struct QueryCodes {
  let codes: [Int16]
  private let step: Float
  private let lost: Float

  init(_ vector: Vector) {
    let values = vector.values
    let largest = values.reduce(0) { max($0, abs($1)) }
    // So that no sum with codes of one byte overflows.
    let most = Float(min(32_767, Int(Int32.max) / (128 * values.count)))
    let step = largest / most
    codes = values.map { Int16(min(max(($0 / step).rounded(), -most), most)) }
    lost = zip(values, codes).reduce(Float(0)) { sum, pair in
      let difference = pair.0 - Float(pair.1) * step
      return sum + difference * difference
    }.squareRoot()
    self.step = step
  }

  /// The cosine that a sum of codes stands for, and how far the true one may be from it.
  ///
  /// With v = c + e for a stored vector and q = d + f for this one, v·q = c·d + c·f + e·q, of which c·d is
  /// computed; |c·f| ≤ (1 + |e|)|f| and |e·q| ≤ |e| since v and q have length 1.
  func estimate(_ sum: Int32, step other: Float, lost otherLost: Float) -> (Float, bound: Float) {
    let rounding: Float = 1e-5
    return (
      Float(sum) * step * other, bound: otherLost + (1 + otherLost) * lost + rounding
    )
  }
}
