import Conversation
import Foundation
import JSON
import Language
import Testing
import Tools

/// Tools as users keep them in a folder.
@Suite struct ToolFolderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func problems(_ read: ToolFolder) -> [String] {
    read.problems.map { $0.phrase.text(in: .english) }
  }

  @Test(arguments: ["weather", "weather.sh", "weather.py"])
  func `A program beside its description is a tool, whatever its ending`(file: String) throws {
    let program = try folder.write("#!/bin/sh\n", to: file, isProgram: true)
    try folder.write(
      """
      description: The weather of a city.
      parameters:
        type: object
        properties:
          city: {type: string, description: "A city, like 'Köln'"}
          days: {type: integer, minimum: 1, default: 3}
          metric: {type: boolean, enum: [true, "true"]}
        required: [city]
      ask: once
      timeout: 2.5
      """, to: "weather.yaml")
    let read = ToolFolder(path: folder.path)
    #expect(problems(read) == [])
    #expect(read.tools.map(\.name) == ["weather"])
    #expect(read.tools.first?.asking == .once)
    #expect(read.programs["weather"] == ToolProgram(path: program, timeLimit: .seconds(2.5)))
    let schema = JSONValue(parsing: try #require(read.tools.first).definition.parameters)
    #expect(
      schema == [
        "type": "object",
        "properties": [
          "city": ["type": "string", "description": "A city, like 'Köln'"],
          "days": ["type": "integer", "minimum": 1, "default": 3],
          "metric": ["type": "boolean", "enum": [true, "true"]],
        ],
        "required": ["city"],
      ])
  }

  @Test func `A tool of which nothing more is said asks before every call`() throws {
    try folder.write("#!/bin/sh\n", to: "a", isProgram: true)
    try folder.write("description: A.", to: "a.yaml")
    let tool = try #require(ToolFolder(path: folder.path).tools.first)
    #expect(tool.asking == .always)
    #expect(tool.definition.parameters == ToolDefinition.noParameters)
  }

  struct Mistake: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var yaml: String
    var program: Bool? = true
    var says: String
  }

  static let mistakes = [
    Mistake(testDescription: "no YAML", yaml: "a: [", says: "t.yaml is no YAML"),
    Mistake(testDescription: "a list", yaml: "- a", says: "holds nothing by name"),
    Mistake(
      testDescription: "no schema", yaml: "parameters: 7", says: "is no JSON Schema, expected"),
    Mistake(
      testDescription: "asking", yaml: "ask: sometimes", says: "none of always, once and never"),
    Mistake(testDescription: "time", yaml: "timeout: -1", says: "is no number of seconds"),
    Mistake(
      testDescription: "a word", yaml: "descripton: x", says: "There is no setting descripton"),
    Mistake(
      testDescription: "no program", yaml: "description: x", program: nil,
      says: "There is no program t beside"),
    Mistake(
      testDescription: "no right to run it", yaml: "description: x", program: false,
      says: "Run: chmod +x"),
  ]

  @Test(arguments: mistakes)
  func `What cannot be used is told, and every other tool is there`(_ row: Mistake) throws {
    try folder.write(row.yaml, to: "t.yaml")
    if let isProgram = row.program {
      try folder.write("#!/bin/sh\n", to: "t", isProgram: isProgram)
    }
    try folder.write("#!/bin/sh\n", to: "good", isProgram: true)
    try folder.write("description: x", to: "good.yaml")
    let read = ToolFolder(path: folder.path)
    #expect(read.tools.map(\.name) == ["good"])
    #expect(problems(read).count == 1)
    #expect(problems(read).first?.contains(row.says) == true)
  }

  @Test(arguments: ["", "functions/"])
  func `A folder that was built for llm-functions works as it is`(place: String) throws {
    try folder.write("#!/bin/sh\n", to: place + "bin/get_time", isProgram: true)
    try folder.write(
      """
      [{"name":"get_time","description":"Now.","parameters":{"type":"object","properties":{}}},
       {"name":"gone","description":"","parameters":{"type":"object"}}]
      """, to: place + "functions.json")
    let read = ToolFolder(path: folder.path)
    #expect(read.tools.map(\.name) == ["get_time"])
    #expect(read.programs["get_time"]?.searchFolders.count == 1)
    #expect(problems(read).count == 1)
    #expect(problems(read).first?.contains("bin/gone") == true)
  }

  @Test func `A list of functions that is none is told`() throws {
    try folder.write("{}", to: "functions.json")
    #expect(
      problems(ToolFolder(path: folder.path)).first?.contains("is no list of functions") == true)
    try folder.write("[{}]", to: "functions.json")
    #expect(problems(ToolFolder(path: folder.path)).first?.contains("has no name") == true)
  }

  @Test func `Of two tools with one name the first counts, and the other is told`() throws {
    let other = try TemporaryFolder()
    for place in [folder, other] {
      try place.write("#!/bin/sh\n", to: "a", isProgram: true)
      try place.write("description: x", to: "a.yaml")
    }
    var read = ToolFolder(path: folder.path)
    read.add(ToolFolder(path: other.path))
    #expect(read.tools.count == 1)
    #expect(problems(read).first?.contains("two tools called a") == true)
  }

  @Test func `A folder that is not there has no tools and no problems`() {
    let read = ToolFolder(path: folder.path + "/none")
    #expect(read.tools.isEmpty && read.problems.isEmpty)
  }
}
