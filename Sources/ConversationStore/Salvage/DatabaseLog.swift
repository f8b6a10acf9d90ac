import Files

/// A write-ahead log, read frame by frame without SQLite.
///
/// SQLite takes the frames up to the first that does not fit and drops the rest in silence: that
/// is right after a power cut, and loses what was committed where a byte was damaged. Each frame
/// holds the checksum of all before it, so a later one can be verified by what its neighbour says
/// (SQLite file format §4.1, §4.2). A damaged frame that no commit follows looks like a write that
/// was cut off, and is taken as one.
struct DatabaseLog {
  /// Where the newest committed content of each page begins in the log's file, in bytes.
  private(set) var places: [UInt32: Int] = [:]
  /// The pages whose newest content stands behind the damage, where SQLite does not look.
  private(set) var pagesBehindDamage: Set<UInt32> = []

  /// Whether commits stand behind a frame that does not fit.
  var isDamaged: Bool { !pagesBehindDamage.isEmpty }

  /// Reads the log at `path`; none, and one without frames, holds no pages.
  init(path: String) throws(FileError) {
    guard let size = try FileSystem.status(of: path)?.byteCount, size > Header.byteCount else {
      return
    }
    var source = try FileSource(path)
    let header = Header(try source.read(upTo: Header.byteCount))
    var frames: [Frame] = []
    while true {
      let bytes = try source.read(upTo: Frame.byteCount)
      guard bytes.count == Frame.byteCount else { break }
      frames.append(Frame(bytes, after: frames.last?.seeds ?? header.seeds, of: header))
    }
    readFrames(frames, of: header)
  }

  private mutating func readFrames(_ frames: [Frame], of header: Header) {
    let salt = header.isSound ? header.salt : frames.first?.salt
    let sound = frames.indices.map { Self.isSound(frames, at: $0, salt: salt) }
    guard let end = frames.indices.last(where: { sound[$0] && frames[$0].isCommit }) else { return }
    let prefix = frames.indices.first { !frames[$0].fits(salt: salt) } ?? frames.count
    let seen = header.isSound ? frames[..<prefix].lastIndex(where: \.isCommit).map { $0 + 1 } : 0
    for index in 0...end where sound[index] {
      places[frames[index].page] = Frame.place(of: index)
      if index >= seen ?? 0 { pagesBehindDamage.insert(frames[index].page) }
    }
  }

  /// Whether a frame is of this log and its content whole: its own checksum tells, or that of the
  /// frame after it where only its checksum is damaged.
  private static func isSound(_ frames: [Frame], at index: Int, salt: UInt64?) -> Bool {
    let frame = frames[index]
    guard frame.page > 0, frame.page < UInt32(Int32.max) else { return false }
    // The salts are in no checksum.
    let isOfThisLog = frame.salt == salt || (index > 0 && frames[index - 1].salt == salt)
    if frame.fitsEither { return isOfThisLog }
    guard frame.salt == salt, index + 1 < frames.count else { return false }
    let next = frames[index + 1]
    return next.salt == salt && next.stored == next.afterComputed
  }
}

extension DatabaseLog {
  /// The running checksum of a log: two words (SQLite file format §4.2).
  struct Checksum: Hashable {
    private var first: UInt32 = 0
    private var second: UInt32 = 0

    init() {}

    init(stored bytes: ArraySlice<UInt8>) {
      first = bytes.bigEndian(at: 0)
      second = bytes.bigEndian(at: 4)
    }

    /// Goes on over `bytes`, whose count is a multiple of eight.
    func over(_ bytes: ArraySlice<UInt8>, wordsAreBigEndian: Bool) -> Checksum {
      var sum = self
      bytes.withUnsafeBytes { buffer in
        for offset in stride(from: 0, to: buffer.count - 7, by: 8) {
          let left = buffer.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
          let right = buffer.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)
          sum.first &+= (wordsAreBigEndian ? left.bigEndian : left.littleEndian) &+ sum.second
          sum.second &+= (wordsAreBigEndian ? right.bigEndian : right.littleEndian) &+ sum.first
        }
      }
      return sum
    }
  }

  /// The checksum with which the next frame begins: as it is stored, and as it should be.
  struct Seeds {
    let stored: Checksum
    let computed: Checksum
  }

  /// The first 32 bytes of a log.
  struct Header {
    static let byteCount = 32

    let salt: UInt64
    let seeds: Seeds
    let isSound: Bool
    let wordsAreBigEndian: Bool

    init(_ bytes: [UInt8]) {
      let bytes = bytes[...]
      let magic = bytes.bigEndian(at: 0)
      // A damaged magic number is taken for the one that most machines write.
      wordsAreBigEndian = magic == 0x377F_0683
      salt = bytes.salt(at: 16)
      seeds = Seeds(
        stored: Checksum(stored: bytes[24...]),
        computed: Checksum().over(bytes[..<24], wordsAreBigEndian: wordsAreBigEndian))
      isSound =
        magic & ~1 == 0x377F_0682 && seeds.stored == seeds.computed
        && bytes.bigEndian(at: 8) == UInt32(DatabasePages.pageSize)
    }
  }

  /// A page in the log, without its content.
  struct Frame {
    private static let headerByteCount = 24
    static let byteCount = headerByteCount + DatabasePages.pageSize

    let page: UInt32
    let isCommit: Bool
    let salt: UInt64
    let stored: Checksum
    /// What the checksum is to be after the one that the frame before stores.
    private let afterStored: Checksum
    /// What it is to be after the right one of the frame before, where that stores another.
    let afterComputed: Checksum?

    init(_ bytes: [UInt8], after before: Seeds, of header: Header) {
      page = bytes[...].bigEndian(at: 0)
      isCommit = bytes[...].bigEndian(at: 4) > 0
      salt = bytes[...].salt(at: 8)
      stored = Checksum(stored: bytes[16..<24])
      func sum(_ seed: Checksum) -> Checksum {
        seed.over(bytes[..<8], wordsAreBigEndian: header.wordsAreBigEndian)
          .over(bytes[Self.headerByteCount...], wordsAreBigEndian: header.wordsAreBigEndian)
      }
      afterStored = sum(before.stored)
      afterComputed = before.stored == before.computed ? nil : sum(before.computed)
    }

    var seeds: Seeds { Seeds(stored: stored, computed: afterStored) }

    /// Whether SQLite takes it, if it took all before it.
    func fits(salt: UInt64?) -> Bool { self.salt == salt && stored == afterStored && page > 0 }

    var fitsEither: Bool { stored == afterStored || stored == afterComputed }

    /// Where the content of the frame of that index begins in the file.
    static func place(of index: Int) -> Int {
      Header.byteCount + index * byteCount + headerByteCount
    }
  }
}

extension ArraySlice<UInt8> {
  /// The four bytes from `offset` on as a number, the largest first.
  func bigEndian(at offset: Int) -> UInt32 {
    self[(startIndex + offset)..<(startIndex + offset + 4)].reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// The two salts that stand at `offset`.
  fileprivate func salt(at offset: Int) -> UInt64 {
    UInt64(bigEndian(at: offset)) << 32 | UInt64(bigEndian(at: offset + 4))
  }
}
