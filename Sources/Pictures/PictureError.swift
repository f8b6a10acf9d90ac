package import Conversation

/// Why a picture cannot be told, decoded or fitted.
package enum PictureError: Error, Equatable, Sendable {
  /// What stands at a path where a picture's file should.
  package enum Obstacle: Equatable, Sendable {
    case missing
    case forbidden
    case folder
    /// A FIFO, a socket or a device: reading one could wait for ever.
    case special
    /// Any other `errno` of open(2), fstat(2) or pread(2).
    case failure(errno: Int32)
  }

  case notReadable(Obstacle)
  case empty
  /// The file became another while it was being read.
  case changedWhileRead
  case tooManyBytes(Int, limit: Int)
  /// A known format that no decoder here reads.
  case foreign(ForeignFormat)
  case unknownFormat
  /// The file breaks its format's rules.
  case damaged(PictureFormat)
  /// The file ends before its picture does.
  case truncated(PictureFormat)
  /// A variant of the format that the decoder does not know (12-bit JPEG, for one).
  case unsupportedVariant(PictureFormat)
  /// The library that decodes the format is not on this machine.
  case noDecoder(PictureFormat)
  /// libchafa, which draws pictures on terminals, is not on this machine.
  case noPreviewLibrary
  case tooManyPixels(PixelSize, limit: Int)
  /// The format's way of storing pixels needs more memory than the limit allows.
  case tooMuchMemory(PixelSize, PictureFormat)
  /// The server takes no format that Iris can write.
  case noAcceptedFormat
  /// The picture cannot be made small enough for the server.
  case cannotShrink(below: Int)
  case outOfMemory
  /// The decoding process ended before it was done, by itself or by somebody's signal.
  case decoderFailed(PictureFormat)
  /// The decoding process took longer than it may, and was ended.
  case decoderStopped(PictureFormat, seconds: Int)
  /// No decoding process could be started.
  case noDecodingProcess(errno: Int32)
  case cancelled
  case invalidDataURL
}
