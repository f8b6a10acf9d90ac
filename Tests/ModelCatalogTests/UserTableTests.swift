import Conversation
import Language
import ModelCatalog
import Testing

@Suite struct UserTableTests {
  private func merge(_ json: String) throws(CatalogError) -> ModelCatalog {
    try ModelCatalog.builtIn.merging(userJSON: Array(json.utf8))
  }

  @Test func `A row changes what it says and keeps the rest`() throws {
    let model = try merge(#"{"models": [{"id": "gpt-4o", "input_per_1m": 1}]}"#)
      .model(named: "gpt-4o")
    #expect(model.price == Price(input: 1, cachedInput: 1.25, output: 10))
    #expect(model.contextWindow == 128_000)
    #expect(model.pictures == .gpt4o)
    #expect(model.source == .user)
  }

  @Test func `A row adds a model`() throws {
    let json = """
      {"models": [{"id": "qwen3-vl", "context": 32768, "input_per_1m": 0.1, "output_per_1m": 0.3,
        "vision": true, "shutdown": "2027-02-28", "note": "ours"}]}
      """
    let model = try merge(json).model(named: "qwen3-vl")
    #expect(model.promptLimit == 32_768)
    #expect(model.price == Price(input: 0.1, output: 0.3))
    #expect(model.hasVision == true)
    #expect(model.shutdown == CalendarDate(iso: "2027-02-28"))
    #expect(model.pictures == .unknown)
  }

  @Test func `A row starts from the model that it is like`() throws {
    let catalog = try merge(#"{"models": [{"id": "Sharp Eyes", "like": "openai/gpt-4o-mini"}]}"#)
    let model = catalog.model(named: "sharp eyes")
    #expect(model.id == "Sharp Eyes")
    #expect(model.pictures == .gpt4oMini)
    #expect(catalog.all.count == ModelCatalog.builtIn.all.count + 1)
  }

  @Test func `A name with a provider can have its own row`() throws {
    let catalog = try merge(
      #"{"models": [{"id": "relay/gpt-4o", "like": "gpt-4o", "context": 9}]}"#)
    #expect(catalog.model(named: "relay/gpt-4o").contextWindow == 9)
    #expect(catalog.model(named: "openai/gpt-4o").contextWindow == 128_000)
  }

  @Test(arguments: [
    (
      #"{"models": ["#,
      "The table of models is not JSON. Correct it, or take it away to use the built-in one."
    ),
    (
      #"{"models": [{"id": "a"}, {"id": "b", "context": "big"}]}"#,
      "The table of models has nothing of the right kind at models[1].context. Correct it there."
    ),
    (
      #"{"models": [{"context": 1}]}"#,
      "The table of models has nothing of the right kind at models[0].id. Correct it there."
    ),
    (
      #"{"model": []}"#,
      "The table of models has nothing of the right kind at models. Correct it there."
    ),
    (
      #"{"models": [{"id": ""}]}"#,
      "A row of the table of models has an empty id. Give it the name that requests carry."
    ),
    (
      #"{"models": [{"id": "a", "max_input": 0}]}"#,
      "In the table of models, max_input of a is 0. Give a number of tokens from 1 to 1000000000000."
    ),
    (
      #"{"models": [{"id": "a", "cached_per_1m": -1}]}"#,
      "In the table of models, cached_per_1m of a is -1.0. Give dollars per million tokens from 0 to 1000000."
    ),
    (
      #"{"models": [{"id": "a", "context": 9223372036854775807}]}"#,
      "In the table of models, context of a is 9223372036854775807. Give a number of tokens from 1 to 1000000000000."
    ),
    (
      #"{"models": [{"id": "a", "output_per_1m": 1e300}]}"#,
      "In the table of models, output_per_1m of a is 1e+300. Give dollars per million tokens from 0 to 1000000."
    ),
    (
      #"{"models": [{"id": "a", "shutdown": "soon"}]}"#,
      "In the table of models, shutdown of a is soon. Give a date like 2027-01-14."
    ),
    (
      #"{"models": [{"id": "a", "input_per_1m": 1}]}"#,
      "The table of models has half a price of a. Give both input_per_1m and output_per_1m."
    ),
    (
      #"{"models": [{"id": "a", "like": "b"}]}"#,
      "In the table of models, a is like b, which is not listed. Name a listed one."
    ),
  ])
  func `A mistake in the table is told with its place`(json: String, sentence: String) {
    #expect(sentence == message { () throws(CatalogError) in try merge(json) })
  }

  private func message(_ body: () throws(CatalogError) -> ModelCatalog) -> String? {
    do {
      _ = try body()
      return nil
    } catch {
      return error.sentence.text()
    }
  }
}
