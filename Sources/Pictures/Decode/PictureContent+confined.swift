import CCodecs
import Conversation
import Processes

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension PictureContent {
  /// Has the picture decoded by a process of the pool, as it is stored.
  func decode(
    _ inspection: PictureInspection, to size: PixelSize, _ layout: ChannelLayout,
    by pool: DecodingPool, isCancelled: () -> Bool
  ) throws(PictureError) -> Raster {
    let memory = try SharedMemory(byteCount: size.pixelCount * layout.rawValue)
    let copy = try sharedCopy()
    let job = codec_job(
      format: inspection.format.codec.rawValue, channels: UInt32(layout.rawValue),
      source_width: UInt32(inspection.storedSize.width),
      source_height: UInt32(inspection.storedSize.height), width: UInt32(size.width),
      height: UInt32(size.height), byte_count: UInt64(byteCount))
    let process: DecodingProcess
    do {
      process = try pool.process(for: DecodingKind(of: inspection.format))
    } catch {
      throw .noDecodingProcess(errno: error.code)
    }
    let status: codec_status
    do {
      status = try process.decode(
        job, file: copy?.descriptor ?? descriptor, pixels: memory.descriptor,
        within: allowance(for: inspection.storedSize), isCancelled: isCancelled)
    } catch {
      process.end()
      throw Self.error(error, inspection.format)
    }
    pool.giveBack(process)
    guard status == CODEC_OK else { throw Self.error(status, inspection.format) }
    return Raster(size: size, layout: layout, pixels: try memory.bytes())
  }

  private func allowance(for size: PixelSize) -> DecodingProcess.Allowance {
    let rest = Duration.seconds(limits.maximumDecodingSeconds)
    return .init(processorTime: rest + .milliseconds(size.pixelCount / 5000), rest: rest)
  }

  /// The bytes of a picture that has no file.
  private func sharedCopy() throws(PictureError) -> SharedMemory? {
    guard case .bytes(let bytes) = source else { return nil }
    return try SharedMemory(bytes)
  }

  private var descriptor: Int32 {
    if case .descriptor(let descriptor) = source { descriptor } else { -1 }
  }

  private static func error(
    _ fault: DecodingProcess.Fault, _ format: PictureFormat
  ) -> PictureError {
    switch fault {
    case .gone: .decoderFailed(format)
    case .stopped(let time): .decoderStopped(format, seconds: Int(time.components.seconds))
    case .cancelled: .cancelled
    }
  }
}

extension PictureFormat {
  var codec: codec_format {
    switch self {
    case .jpeg: CODEC_JPEG
    case .png: CODEC_PNG
    case .webp: CODEC_WEBP
    case .gif: CODEC_GIF
    case .heic, .avif: CODEC_HEIF
    case .bmp: CODEC_BMP
    case .pnm: CODEC_PNM
    case .qoi: CODEC_QOI
    case .tga: CODEC_TGA
    case .tiff: CODEC_TIFF
    case .jxl: CODEC_JXL
    case .svg: CODEC_SVG
    }
  }
}

/// Memory that another process can be given as a descriptor.
private final class SharedMemory {
  let descriptor: Int32
  private let byteCount: Int

  /// - Throws: `.outOfMemory`.
  init(byteCount: Int) throws(PictureError) {
    descriptor = codec_make_memory(byteCount)
    guard descriptor >= 0 else { throw .outOfMemory }
    self.byteCount = byteCount
  }

  /// - Throws: `.outOfMemory`.
  convenience init(_ bytes: [UInt8]) throws(PictureError) {
    try self.init(byteCount: bytes.count)
    var offset = 0
    while offset < bytes.count {
      let count = bytes.withUnsafeBytes {
        pwrite(descriptor, $0.baseAddress.map { $0 + offset }, bytes.count - offset, off_t(offset))
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw .outOfMemory }
      offset += count
    }
  }

  deinit {
    close(descriptor)
  }

  func bytes() throws(PictureError) -> [UInt8] {
    try ByteSource.descriptor(descriptor).read(at: 0, count: byteCount)
  }
}
