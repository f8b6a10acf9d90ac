import Testing

@Suite struct ModuleTests {
  @Test func `Every module stands in the table`() {
    #expect(House.modules.filter { ModuleTable.imports[$0] == nil } == [])
    #expect(House.modules.count >= 5)
  }

  @Test func `Every module imports only what the table allows it`() {
    let strange = House.sources.flatMap { file in
      file.imports.filter { ModuleTable.imports[file.module]?.contains($0.module) != true }.map {
        "\(file.place(line: $0.line)): import \($0.module)"
      }
    }
    #expect(strange == [])
  }

  @Test func `The table has no circles`() {
    for module in ModuleTable.imports.keys {
      #expect(!ModuleTable.reachable(from: module).contains(module), "\(module)")
    }
  }

  @Test func `The table names no module that is not there`() {
    #expect(Set(ModuleTable.imports.keys).subtracting(House.modules) == [])
  }

  @Test func `A table is read from its rows`() {
    let page = """
      | module | its one job | may import |
      | --- | --- | --- |
      | `CA`, `CB` | C shims: headers | – |
      | `Words` | Words | – |
      | `Disk` | Files | the system, Words, CA |
      | `All` | The loop | all modules above, no C shim |
      | what | where |
      """
    let table = ModuleTable.imports(of: page)
    #expect(table.keys.sorted() == ["All", "CA", "CB", "Disk", "Words"])
    #expect(table["CA"] == [] && table["Words"] == [])
    #expect(table["Disk"]?.isSuperset(of: ["Words", "CA", "Dispatch"]) == true)
    #expect(table["All"] == ["Words", "Disk"])
  }

  @Test func `No shim's header shows curses or readline to Swift`() {
    let headers = House.files(below: "Sources/CTerminal/include", named: "h")
    let leaks = headers.flatMap { header in
      House.text(of: header).split(separator: "\n").filter {
        $0.hasPrefix("#include") && ($0.contains("curses") || $0.contains("readline"))
      }
    }
    #expect(leaks == [])
  }

  @Test func `An import is found with its access and in a condition`() {
    let source = SwiftSource(
      """
      package import Screen
      @preconcurrency internal import struct Yams.Node
      // import Comment
      #if canImport(Glibc)
        import Glibc
      #endif
      let text = "import String"
      """)
    #expect(source.imports.map(\.module) == ["Screen", "Yams", "Glibc"])
    #expect(source.imports.map(\.line) == [1, 2, 5])
  }
}

extension ModuleTable {
  static func reachable(from module: String) -> Set<String> {
    var found: Set<String> = []
    var waiting = imports[module] ?? []
    while let next = waiting.popFirst() {
      if found.insert(next).inserted { waiting.formUnion(imports[next] ?? []) }
    }
    return found
  }
}

extension SourceFile {
  var imports: [(module: String, line: Int)] { source.imports }
}

extension SwiftSource {
  var imports: [(module: String, line: Int)] {
    codeLines.enumerated().compactMap { index, line in
      let words = line.split(separator: " ")
      guard let keyword = words.firstIndex(of: "import"),
        words[..<keyword].allSatisfy({
          $0.hasPrefix("@") || ["package", "internal", "private", "fileprivate"].contains($0)
        })
      else { return nil }
      let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let"]
      let module = words[(keyword + 1)...].first { !kinds.contains($0) } ?? ""
      return (String(module.prefix { $0 != "." }), index + 1)
    }
  }
}
