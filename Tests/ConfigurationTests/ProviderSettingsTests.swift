import ChatAPI
import Configuration
import Testing

@Suite struct ProviderSettingsTests {
  @Test func `Each ready-made server has a name of its own`() {
    let names = ProviderSettings.readyMade.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { ProviderSettings.readyMade(named: $0)?.name == $0 })
  }

  @Test func `A hosted server needs a key and is asked over https`() {
    for provider in ProviderSettings.readyMade where provider.needsKey {
      #expect(provider.baseURL.isEmpty || provider.baseURL.hasPrefix("https://"))
      #expect(provider.keySources.contains(.keyring(.iris(provider.name))))
    }
  }

  @Test(arguments: [
    ("https://api.openai.com", "openai"), ("API.OpenAI.com/v1/chat/completions", "openai"),
    ("https://openrouter.ai/api/v1", "openrouter"), ("https://api.deepseek.com/beta", "deepseek"),
    ("https://generativelanguage.googleapis.com/v1beta/openai/", "gemini"),
    ("https://me.openai.azure.com/openai/v1", "azure"), ("http://localhost:11434", "ollama"),
    ("http://[::1]:1234/v1", "lmstudio"), ("127.0.0.1:8080", "llama.cpp"),
    ("http://localhost:8000", "vllm"), ("http://user:pw@127.0.0.1:8080/", "llama.cpp"),
  ])
  func `A server is known by its address`(address: String, name: String) {
    #expect(ProviderSettings.readyMade(at: address)?.name == name)
  }

  @Test(arguments: [
    "https://api.openai.com.example.com", "https://example.com/api.openai.com",
    "https://api.openai.com@example.com", "http://192.168.1.5:11434", "http://localhost", "",
  ])
  func `A look-alike is a stranger`(address: String) {
    #expect(ProviderSettings.readyMade(at: address) == nil)
  }

  @Test(arguments: [
    ("https://a.example.com/v1", "a.example.com"), ("http://[::1]:80/x", "[::1]:80"),
    ("localhost:99", "localhost:99"), ("https://me:pw@a/?b=c://d", "a"),
  ])
  func `A server's host is shown without path, name or password`(address: String, host: String) {
    #expect(ProviderSettings(name: "x", baseURL: address).host == host)
  }

  @Test(arguments: [
    ("https://r.openai.azure.com", nil, "https://r.openai.azure.com/openai/v1"),
    ("https://r.openai.azure.com/openai/v1/", nil, "https://r.openai.azure.com/openai/v1/"),
    (
      "https://r.openai.azure.com/", "2024-10-21",
      "https://r.openai.azure.com/openai/deployments/m?api-version=2024-10-21"
    ),
    (
      "https://r.openai.azure.com/openai/v1", "2024-10-21",
      "https://r.openai.azure.com/openai/deployments/m?api-version=2024-10-21"
    ),
    (
      "https://r.openai.azure.com/openai/deployments/d", "2024-10-21",
      "https://r.openai.azure.com/openai/deployments/d?api-version=2024-10-21"
    ),
    (
      "https://r.openai.azure.com/openai/deployments/d?api-version=1", "2024-10-21",
      "https://r.openai.azure.com/openai/deployments/d?api-version=1"
    ),
  ])
  func `Azure is asked where its API of that version is`(
    baseURL: String, version: String?, address: String
  ) throws {
    var provider = try #require(ProviderSettings.readyMade(named: "azure"))
    provider.baseURL = baseURL
    provider.apiVersion = version
    #expect(provider.address(for: "m") == address)
  }

  @Test func `Any other server is asked where the user says`() {
    let provider = ProviderSettings(name: "x", baseURL: "https://x.example.com/")
    #expect(provider.address(for: "m") == "https://x.example.com/")
  }

  @Test func `The local servers that are looked for answer on their usual ports`() {
    let places = LocalServer.places(in: [:])
    #expect(places.map(\.server) == [.ollama, .llamaCpp, .lmStudio])
    #expect(places.map(\.port) == [11434, 8080, 1234])
  }

  @Test(arguments: [
    ("", []), ("ollama=5000", [5000]), ("lmstudio=1,ollama=2", [1, 2]),
    ("other=1,ollama,ollama=x,ollama=70000", []),
  ])
  func `The places to look at can be named`(list: String, ports: [Int]) {
    #expect(LocalServer.places(in: ["IRIS_LOCAL_PORTS": list]).map(\.port) == ports)
  }

  @Test func `A local server that is looked for elsewhere is asked there`() throws {
    let environment = ["IRIS_LOCAL_PORTS": "ollama=5000"]
    let moved = try Configuration().provider(named: "ollama", environment: environment)
    #expect(moved.baseURL == "http://127.0.0.1:5000/v1")
    let other = try Configuration().provider(named: "lmstudio", environment: environment)
    #expect(other.baseURL == "http://127.0.0.1:1234/v1")
  }
}
