import Glibc
import Testing

@Suite struct ForbiddenTests {
  struct Rule: CustomTestStringConvertible, Sendable {
    let word: String
    let reason: String
    /// Modules that may.
    var except: Set<String> = []
    var testDescription: String { "\(word): \(reason)" }
  }

  private static let rules = [
    Rule(word: "public", reason: "package is the widest access"),
    Rule(word: "open class", reason: "package is the widest access"),
    Rule(word: "@_exported", reason: "a module shows what it owns"),
    Rule(word: "@testable", reason: "tests use a package interface"),
    Rule(word: "try!", reason: "an error is handled"),
    Rule(word: "as!", reason: "a cast may fail"),
    Rule(word: "fatalError(", reason: "no path ends the program"),
    Rule(word: "NSLock", reason: "locks are Synchronization's Mutex"),
    Rule(word: "pthread_mutex_t", reason: "locks are Synchronization's Mutex"),
    Rule(
      word: "DispatchSemaphore", reason: "only the program's start waits for a task",
      except: ["ChatProgram"]),
    Rule(
      word: "Task.detached", reason: "tasks are kept by the effect runner",
      except: ["ChatProgram"]),
    Rule(
      word: "Task {", reason: "tasks are kept by the effect runner",
      except: ["DemoServer"]),
    Rule(word: "Task.detached {", reason: "tasks name their executor (docs/decisions/0070)"),
    Rule(word: "DispatchQueue.global", reason: "its threads are watched (docs/decisions/0070)"),
    Rule(word: "dup(", reason: "children get it; F_DUPFD_CLOEXEC keeps it from them"),
    Rule(word: "posix_spawn(", reason: "children get every open file", except: ["Processes"]),
    Rule(word: "posix_spawnp(", reason: "children get every open file", except: ["Processes"]),
    Rule(word: "print(", reason: "what is printed goes through a sink (docs/decisions/0088)"),
    Rule(word: "fputs(", reason: "what is printed goes through a sink (docs/decisions/0088)"),
    Rule(word: "perror(", reason: "what is printed goes through a sink (docs/decisions/0088)"),
  ]

  @Test(arguments: rules)
  func `What the house forbids is not there`(_ rule: Rule) {
    let found = House.sources.filter { !rule.except.contains($0.module) }.flatMap { file in
      file.source.lines(containing: rule.word).map { file.place(line: $0) }
    }
    #expect(found == [])
  }

  // `Process()`: see StartedPrograms.
  @Test(arguments: ["@testable", "try!", "as!", "Process()"])
  func `What the house forbids is not in the tests either`(word: String) {
    let found = House.tests.flatMap { file in
      file.source.lines(containing: word).map { file.place(line: $0) }
    }
    #expect(found == [])
  }

  @Test(arguments: ["@unchecked Sendable", "nonisolated(unsafe)", "@preconcurrency"])
  func `A promise to the compiler names its decision record`(word: String) {
    let found = House.sources.flatMap { file -> [String] in
      let lines = file.source.lines
      return file.source.lines(containing: word).filter { number in
        let near = lines[max(0, number - 4)..<number]
        return !near.contains { $0.contains("docs/decisions/") }
      }.map { file.place(line: $0) }
    }
    #expect(found == [])
  }

  @Test(arguments: ["TODO", "FIXME", "HACK"])
  func `Nothing is left to be done in a comment`(word: String) {
    let found = House.sources.flatMap { file in
      file.source.lines.enumerated().filter { $0.element.contains(word) }.map {
        file.place(line: $0.offset + 1)
      }
    }
    #expect(found == [])
  }

  @Test(arguments: ["Manager", "Helper", "Helpers", "Util", "Utils", "Common", "Base", "Impl"])
  func `No type has a name that says nothing`(suffix: String) {
    let found = House.sources.flatMap { file in
      file.declarations.filter { $0.kind == .type && $0.name.hasSuffix(suffix) }.map {
        "\(file.place(line: $0.line)): \($0.name)"
      }
    }
    #expect(found == [])
  }

  @Test func `A word is found in code, not in strings, comments or other words`() {
    let source = SwiftSource(
      #"""
      // print(1)
      let a = "print(2) \(print(3)) "
      sprint(4)
      /* print(5) /* */ print(6) */ print(7)
      let b = """
        print(8)
        """
      let c = ##"print(9) "# \#(10)"##; print(11)
      """#)
    #expect(source.lines(containing: "print(") == [2, 4, 8])
  }
}

extension SwiftSource {
  /// The numbers, from 1 on, of the lines whose code has `word`, not as a part of another word.
  func lines(containing word: String) -> [Int] {
    offsets(of: word).filter { start in
      let end = start + word.utf8.count
      let isWordStart = start == 0 || !code[start - 1].isIdentifier || word.first == "@"
      let isWordEnd = end == code.count || !code[end].isIdentifier || word.last == "("
      return isWordStart && isWordEnd && !isMember(at: start)
    }.map(line(at:))
  }

  /// Whether the word at `offset` is another type's own, as `canvas.print(` and `func print(` are.
  func isMember(at offset: Int) -> Bool {
    offset > 0 && code[offset - 1] == UInt8(ascii: ".")
      || code[..<offset].suffix(5).elementsEqual("func ".utf8)
  }

  /// Where `word` stands in the code.
  ///
  /// Through the C library, because the tests read the whole house without optimization.
  func offsets(of word: String) -> [Int] {
    String(decoding: code, as: UTF8.self).withCString { start in
      var found: [Int] = []
      var rest = start
      while let hit = strstr(rest, word) {
        found.append(UnsafePointer(hit) - start)
        rest = UnsafePointer(hit) + 1
      }
      return found
    }
  }
}

extension UInt8 {
  var isIdentifier: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}
