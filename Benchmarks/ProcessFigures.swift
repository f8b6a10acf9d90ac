#if canImport(Glibc)
  import Glibc
#endif

/// What a process has used so far, from `/proc` (Linux, proc(5)).
struct ProcessFigures {
  /// CPU time of all its threads, in seconds.
  var seconds: Double
  /// The most memory it ever had resident, in MiB.
  var peakMiB: Double
  /// How often its threads went to sleep and were woken.
  var wakeUps: Int

  init(pid: Int32) {
    let threads = Self.entries(of: "/proc/\(pid)/task")
    seconds = threads.reduce(0) { sum, thread in
      let text = Self.text(of: "/proc/\(pid)/task/\(thread)/schedstat")
      let nanoseconds = text.split(separator: " ").first.flatMap { Double($0) } ?? 0
      return sum + nanoseconds / 1e9
    }
    peakMiB = Self.peakMiB(of: pid)
    wakeUps = threads.reduce(0) { sum, thread in
      let status = Self.text(of: "/proc/\(pid)/task/\(thread)/status")
      return sum + (Self.number("voluntary_ctxt_switches:", in: status) ?? 0)
    }
  }

  /// The most memory that a process ever had resident; 0 where it has ended.
  static func peakMiB(of pid: Int32) -> Double {
    field("VmHWM:", of: pid).map { Double($0) / 1024 } ?? 0
  }

  /// The memory that a process has resident now; 0 where it has ended.
  static func residentMiB(of pid: Int32) -> Double {
    field("VmRSS:", of: pid).map { Double($0) / 1024 } ?? 0
  }

  private static func field(_ name: String, of pid: Int32) -> Int? {
    number(name, in: text(of: "/proc/\(pid)/status"))
  }

  private static func number(_ name: String, in text: String) -> Int? {
    let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
    let digits = line?.drop { !$0.isNumber }.prefix { $0.isNumber }
    return digits.flatMap { Int($0) }
  }

  private static func text(of path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 16_384)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  private static func entries(of folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.first?.isNumber == true { names.append(name) }
    }
    return names
  }
}
