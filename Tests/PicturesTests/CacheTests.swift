import Conversation
import Foundation
import Pictures
import Testing

@Suite struct CacheTests {
  private let target = FitTarget(scale: .within(PixelSize(width: 20, height: 20)))
  private let bytes = PNGSample(Sample.quadrants(40, 30)).bytes

  private func fit(_ cache: FittedCache, _ target: FitTarget) throws -> FittedForm {
    let content = try PictureContent(bytes: bytes)
    return try cache.fit(content, digest: Digest(hashing: bytes), to: target, by: .inProcess)
  }

  @Test func `A fitted form is kept and found again`() throws {
    let folder = try TemporaryFolder()
    let cache = FittedCache(folder: folder.path + "/deep/cache")
    let form = try fit(cache, target)
    guard case .file(let path, let format, let size, let byteCount) = form else {
      Issue.record("not in a file: \(form)")
      return
    }
    #expect(size == PixelSize(width: 20, height: 15))
    let content = try PictureContent(path: path)
    #expect(content.byteCount == byteCount)
    #expect(try content.inspect().format == format)
    #expect(cache.form(of: Digest(hashing: bytes), for: target) == form)
  }

  @Test func `A kept form is not fitted again`() throws {
    let folder = try TemporaryFolder()
    let cache = FittedCache(folder: folder.path)
    let form = try fit(cache, target)
    let unreadable = try PictureContent(bytes: [1, 2, 3])
    #expect(
      try cache.fit(unreadable, digest: Digest(hashing: bytes), to: target, by: .inProcess)
        == form)
  }

  @Test func `That a picture stays untouched is kept too`() throws {
    let folder = try TemporaryFolder()
    let cache = FittedCache(folder: folder.path)
    let target = FitTarget(scale: .within(PixelSize(width: 40, height: 40)))
    #expect(try fit(cache, target) == .untouched)
    #expect(cache.form(of: Digest(hashing: bytes), for: target) == .untouched)
  }

  @Test func `Each target has its own form`() throws {
    let folder = try TemporaryFolder()
    let cache = FittedCache(folder: folder.path)
    var targets = [target, target, target, target]
    targets[1].scale = .exactly(PixelSize(width: 20, height: 20))
    targets[2].formats = [.jpeg]
    targets[3].maximumBytes = 10_000
    for target in targets { _ = try fit(cache, target) }
    #expect(folder.names.count == 4)
  }

  @Test func `Files are for their owner only, and no draft is left`() throws {
    let folder = try TemporaryFolder()
    _ = try fit(FittedCache(folder: folder.path), target)
    #expect(folder.names.count == 1)
    let name = try #require(folder.names.first)
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/" + name)
    #expect((attributes[.posixPermissions] as? Int) == 0o600)
  }

  @Test func `A deleted or damaged form is made again`() throws {
    let folder = try TemporaryFolder()
    let cache = FittedCache(folder: folder.path)
    let form = try fit(cache, target)
    let name = try #require(folder.names.first)
    _ = try folder.file(name, [1, 2, 3])
    #expect(cache.form(of: Digest(hashing: bytes), for: target) == nil)
    #expect(try fit(cache, target) == form)
    try FileManager.default.removeItem(atPath: folder.path)
    #expect(try fit(cache, target) == form)
  }

  @Test func `Trimming takes the oldest first`() throws {
    let folder = try TemporaryFolder()
    for (name, age) in [("old", 300.0), ("older", 400), ("new", 100)] {
      let path = try folder.file(name, [UInt8](repeating: 1, count: 10))
      let date = Date(timeIntervalSinceNow: -age)
      try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
    }
    FittedCache(folder: folder.path).trim(toByteCount: 20)
    #expect(folder.names == ["new", "old"])
    FittedCache(folder: folder.path).trim(toByteCount: 0)
    #expect(folder.names.isEmpty)
  }

  @Test func `A cache that cannot be written is no error`() throws {
    let folder = try TemporaryFolder()
    let blocked = try folder.file("file", [1])
    guard case .memory(let picture) = try fit(FittedCache(folder: blocked + "/cache"), target)
    else {
      Issue.record("kept where nothing can be kept")
      return
    }
    #expect(picture.size == PixelSize(width: 20, height: 15))
  }
}
