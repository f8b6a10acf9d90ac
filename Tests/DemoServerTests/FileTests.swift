import JSON
import Testing

/// The files and vector stores that the demo keeps.
@Suite struct DemoFileTests {
  private static func form(purpose: String?, name: String? = "a.txt", more: String = "") -> String {
    let field = { (head: String, value: String) in
      "--b\r\nContent-Disposition: form-data; name=\(head)\r\n\r\n\(value)\r\n"
    }
    return (purpose.map { field("\"purpose\"", $0) } ?? "") + more
      + (name.map { field("\"file\"; filename=\"\($0)\"", "hello") } ?? "") + "--b--\r\n"
  }

  private func put(_ client: WireClient, _ form: String) async throws -> WireClient.Answer {
    try await client.send("POST", "/v1/files", body: form, type: "multipart/form-data; boundary=b")
  }

  @Test func `A file is kept, listed, and removed`() async throws {
    try await withDemo { client, _ in
      let life =
        "--b\r\nContent-Disposition: form-data; name=\"expires_after[seconds]\"\r\n\r\n3600\r\n"
      let kept = JSONValue(
        parsing: try await put(client, Self.form(purpose: "vision", more: life)).body)
      let id = try #require(kept?["id"]?.string)
      #expect(kept?["bytes"] == 5)
      #expect(kept?["filename"] == "a.txt")
      let created = try #require(kept?["created_at"]?.integer)
      #expect(kept?["expires_at"]?.integer == created + 3600)
      let list = JSONValue(parsing: try await client.send("GET", "/v1/files").body)
      #expect(list?["data"]?[0]?["id"]?.string == id)
      #expect(try await client.send("GET", "/v1/files/\(id)/content").text == "hello")
      #expect(try await client.send("DELETE", "/v1/files/\(id)").status == 200)
      #expect(try await client.send("GET", "/v1/files/\(id)").status == 404)
    }
  }

  @Test func `A list comes in pages, the newest first`() async throws {
    try await withDemo { client, _ in
      for name in ["a", "b", "c"] {
        _ = try await put(client, Self.form(purpose: "user_data", name: name))
      }
      let first = JSONValue(parsing: try await client.send("GET", "/v1/files?limit=2").body)
      #expect(first?["data"]?.elements?.map { $0["filename"] } == ["c", "b"])
      #expect(first?["has_more"] == true)
      let last = try #require(first?["data"]?[1]?["id"]?.string)
      let rest = JSONValue(
        parsing: try await client.send("GET", "/v1/files?limit=2&after=\(last)").body)
      #expect(rest?["data"]?.elements?.map { $0["filename"] } == ["a"])
      #expect(rest?["has_more"] == false)
    }
  }

  @Test func `What is wrong with a form, or a file, is said in OpenAI's words`() async throws {
    try await withDemo { client, _ in
      #expect(try await put(client, Self.form(purpose: nil)).text.contains("'purpose'"))
      #expect(
        try await put(client, Self.form(purpose: "fun")).text.contains("Invalid value: 'fun'"))
      #expect(try await put(client, Self.form(purpose: "vision", name: nil)).status == 400)
      let kept = JSONValue(parsing: try await put(client, Self.form(purpose: "user_data")).body)
      let id = try #require(kept?["id"]?.string)
      let fetched = try await client.send("GET", "/v1/files/\(id)/content")
      #expect(fetched.status == 400)
      #expect(fetched.text.contains("Not allowed to download files of purpose: user_data"))
      let asked = try await client.send(
        "POST", "/v1/responses",
        body:
          #"{"model":"demo","input":[{"role":"user","content":[{"type":"input_file","file_id":"file-none"}]}]}"#
      )
      #expect(asked.status == 404)
      #expect(asked.text.contains("No such File object: file-none"))
    }
  }

  @Test func `A search of a vector store names the files in it`() async throws {
    try await withDemo { client, _ in
      let kept = JSONValue(parsing: try await put(client, Self.form(purpose: "user_data")).body)
      let id = try #require(kept?["id"]?.string)
      let made = JSONValue(
        parsing: try await client.send(
          "POST", "/v1/vector_stores", body: #"{"name":"m","file_ids":["\#(id)"]}"#
        ).body)
      let store = try #require(made?["id"]?.string)
      #expect(made?["file_counts"]?["completed"] == 1)
      let ask = { (id: String) in
        try await client.send(
          "POST", "/v1/responses",
          body:
            #"{"model":"demo","input":"what?","tools":[{"type":"file_search","vector_store_ids":["\#(id)"]}]}"#
        )
      }
      let answer = JSONValue(parsing: try await ask(store).body)
      #expect(answer?["output"]?[0]?["type"] == "file_search_call")
      #expect(answer?["output"]?[0]?["results"]?[0]?["filename"] == "a.txt")
      let text = answer?["output"]?[1]?["content"]?[0]
      #expect(text?["annotations"]?[0]?["filename"] == "a.txt")
      #expect(try await ask("vs_none").status == 404)
    }
  }
}
