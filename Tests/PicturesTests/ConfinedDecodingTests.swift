import Conversation
import Foundation
import Pictures
import Testing

/// Decoding behind a wall, with a decoder of the tests' own that breaks every rule on request.
@Suite struct ConfinedDecodingTests {
  private let probe = PictureDecoder.confined(
    program: Sample.products + "/DecoderProbe", arguments: [])

  /// A picture whose decoder does what it is told; the result is its errno.
  @discardableResult
  private func act(
    _ request: String, seconds: Int = 5, isCancelled: @escaping () -> Bool = { false }
  ) throws(PictureError) -> Int {
    var png = PNGSample(Sample.raster(2, 2) { _, _ in [1, 2, 3] })
    png.chunksBefore = [("prVt", Array("PROBE \(request);".utf8))]
    var limits = PictureLimits()
    limits.maximumDecodingSeconds = seconds
    let content = try PictureContent(bytes: png.bytes, limits: limits)
    let raster = try content.decode(
      try content.inspect(), to: PixelSize(width: 2, height: 2), by: probe, isCancelled: isCancelled
    )
    return Int(raster.pixels[0])
  }

  @Test func `A decoder may use memory and threads`() throws {
    #expect(try act("nothing") == 0)
    #expect(try act("thread") == 0)
  }

  @Test(arguments: ["connect", "fork", "signal", "code", "execute /bin/true", "read /etc/passwd"])
  func `What decoding does not need is refused`(request: String) throws {
    #expect([EPERM, EACCES, EAFNOSUPPORT].contains(Int32(try act(request))))
  }

  @Test func `A decoder writes and removes no file`() throws {
    let folder = try TemporaryFolder()
    #expect(try act("write \(folder.path)/new") != 0)
    let old = try folder.file("old", [1])
    #expect(try act("write \(old)") != 0)
    #expect(try act("remove \(old)") != 0)
    #expect(folder.names == ["old"])
  }

  @Test func `Memory has a bound`() throws {
    #expect(try act("allocate") == Int(ENOMEM))
  }

  @Test(arguments: ["die", "leave", "kill"])
  func `A decoder that ends costs one picture`(request: String) throws {
    #expect(throws: PictureError.decoderFailed(.png)) { try act(request) }
    #expect(try act("nothing") == 0)
  }

  @Test(arguments: ["sleep", "spin", "stop"])
  func `A decoder that does not come to an end is stopped`(request: String) throws {
    #expect(throws: PictureError.decoderStopped(.png, seconds: 1)) {
      try act(request, seconds: 1)
    }
    #expect(try act("nothing") == 0)
  }

  @Test func `A decoder is stopped when nobody waits for it any more`() throws {
    #expect(throws: PictureError.cancelled) { try act("sleep", isCancelled: { true }) }
    #expect(try act("nothing") == 0)
  }

  @Test func `A decoder outlives the thread that started it`() throws {
    let (started, mayEnd) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let thread = Thread { [probe] in
      probe.warmUp()
      started.signal()
      mayEnd.wait()
    }
    thread.start()
    started.wait()
    // Killed with its thread, it would have failed; so it sleeps until it is stopped.
    #expect(throws: PictureError.decoderStopped(.png, seconds: 1)) {
      try act("sleep", seconds: 1) {
        mayEnd.signal()
        return false
      }
    }
  }

  @Test func `A program that cannot be started is told`() throws {
    let content = try PictureContent(bytes: Sample.jpeg(Sample.quadrants(8, 8)))
    let inspection = try content.inspect()
    let missing = PictureDecoder.confined(program: "/nonexistent/iris", arguments: [])
    #expect(throws: PictureError.noDecodingProcess(errno: ENOENT)) {
      try content.decode(inspection, to: inspection.size, by: missing)
    }
  }

  @Test(arguments: Sample.formats)
  func `Confined or not, the pixels are the same`(format: PictureFormat) throws {
    let folder = try TemporaryFolder()
    let bytes = try Sample.encoded(format, Sample.quadrants(64, 48))
    let file = try folder.file("picture", bytes)
    let size = PixelSize(width: 20, height: 15)
    let expected = try decode(bytes, to: size)
    for content in [bytes, nil] {
      let content =
        try content.map { try PictureContent(bytes: $0) } ?? PictureContent(path: file)
      #expect(
        try content.decode(try content.inspect(), to: size, by: Sample.confinedDecoder) == expected)
    }
  }
}
