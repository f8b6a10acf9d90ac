import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// What a test can make go wrong around a program that was started in ``Home/faulty()``.
enum Fault: String {
  /// The data folder takes not another byte.
  case full
  /// Nor does it, since the user's share of the disk is used up.
  case quota
  /// Nor does it, since a file would be larger than files may be.
  case limit
  /// Nothing in the data folder can be opened for writing, made or removed.
  case readonly
  /// No folder can be brought to the disk (fsync(2), EINVAL), as on some network file systems.
  case nosync
  /// The wall clock stands a day back.
  case back
  /// None: what reaches the disk is noted, for ``Home/stepsToDisk()``.
  case steps
  /// None: what is written to the terminal is noted, for ``Home/writesToTerminal()``.
  case writes
}

extension Home {
  /// The library that is loaded into the program, beside it in the build folder; Linux only.
  static let faults = URL(filePath: program).deletingLastPathComponent().appending(
    path: "libFaults.so"
  ).path

  /// Whether faults can be made here.
  static var takesFaults: Bool { FileManager.default.fileExists(atPath: faults) }

  /// The same home, in which ``begin(_:)`` and ``end(_:)`` work.
  func faulty() throws -> Home {
    var home = self
    let folder = path + "/faults"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    home.environment["LD_PRELOAD"] = Self.faults
    home.environment["IRIS_FAULTS"] = folder
    home.environment["IRIS_FAULTY"] = path + "/data"
    return home
  }

  func begin(_ fault: Fault) throws { try write([], to: "faults/" + fault.rawValue) }
  func end(_ fault: Fault) throws { try remove("faults/" + fault.rawValue) }

  /// What reached the disk in the data folder since ``Fault/steps`` began, in order: `sync PATH`,
  /// `rename PATH` with the new name.
  func stepsToDisk() throws -> [String] {
    try text(of: "faults/steps").split(separator: "\n").map(String.init)
  }

  /// What was written to a terminal since ``Fault/writes`` began, write by write.
  func writesToTerminal() throws -> [String] {
    try text(of: "faults/writes").split(separator: "\n").map { line in
      let digits = Array(line.utf8)
      let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
        UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16)
      }
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}

/// The right to write to a home's database, held as another program would; it ends with the value.
final class WriteLock {
  private let file: Int32

  /// Locks the byte that stands for it in the index of the log (SQLite WAL-mode file format §2.3).
  init(_ home: Home) throws {
    file = open(home.path + "/data/iris/iris.sqlite-shm", O_RDWR)
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = 120
    lock.l_len = 1
    guard fcntl(file, F_SETLKW, &lock) == 0 else {
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
  }

  func release() { close(file) }
}
