import ChatAPI
import Testing

@Suite struct ProviderTests {
  @Test(arguments: [
    ("https://api.openai.com/v1", "https://api.openai.com/v1"),
    ("https://api.openai.com/v1/", "https://api.openai.com/v1"),
    ("https://api.openai.com", "https://api.openai.com/v1"),
    ("  https://api.openai.com/ \n", "https://api.openai.com/v1"),
    ("api.openai.com", "https://api.openai.com/v1"),
    ("https://api.openai.com/v1/chat/completions", "https://api.openai.com/v1"),
    ("https://api.openai.com/v1/models/", "https://api.openai.com/v1"),
    ("https://api.deepseek.com/chat/completions", "https://api.deepseek.com"),
    ("https://openrouter.ai/api", "https://openrouter.ai/api/v1"),
    ("https://api.groq.com/openai/v1", "https://api.groq.com/openai/v1"),
    (
      "https://generativelanguage.googleapis.com/v1beta/openai/",
      "https://generativelanguage.googleapis.com/v1beta/openai"
    ),
    ("https://open.bigmodel.cn/api/paas/v4", "https://open.bigmodel.cn/api/paas/v4"),
    (
      "https://r.openai.azure.com/openai/deployments/d?api-version=2024-10-21",
      "https://r.openai.azure.com/openai/deployments/d?api-version=2024-10-21"
    ),
    (
      "https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=1",
      "https://r.openai.azure.com/openai/deployments/d?api-version=1"
    ),
    ("localhost:11434", "http://localhost:11434/v1"),
    ("127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1"),
    ("http://[::1]:1234/v1", "http://[::1]:1234/v1"),
    ("HTTPS://API.A.com:8443", "https://api.a.com:8443/v1"),
    ("https://bücher.example/v1#x", "https://bücher.example/v1"),
  ]) func `An address is read as people write it`(address: String, base: String) throws {
    #expect(try Provider(address).base.text == base)
  }

  @Test(arguments: [
    "", " ", "ftp://a.com", "https://", "https://a b.com", "https://user:secret@a.com/v1",
    "https://a.com\\@b.com", "http://127.0.0.1\\@b.com", "https://a%2ecom", "https://a.com:0",
    "https://a.com:99999", "https://a.com:x", "https://[::1", "https://[1.2.3.4]",
    "https://a.com/\u{7F}",
    "https://a.com/\nX: y", "file:///etc/passwd",
  ]) func `What libcurl might read otherwise is refused`(address: String) {
    #expect(throws: ChatAPIError(.request(.addressInvalid(address)), server: address)) {
      try Provider(address)
    }
  }

  @Test(arguments: ["localhost", "a.localhost", "127.0.0.1", "127.9.9.9", "[::1]"])
  func `This machine is told by its name or number`(host: String) throws {
    #expect(try Provider("http://" + host).base.isLoopback)
  }

  @Test(arguments: [
    "127.0.0.1.example.com", "localhost.example.com", "128.0.0.1", "[::2]", "0.0.0.0",
  ])
  func `Another machine is not this one`(host: String) throws {
    #expect(try !Provider("http://" + host).base.isLoopback)
  }

  @Test func `A key shows itself to nobody`() throws {
    let key = try #require(APIKey(" sk-abcdefghijklmnopqrstuvwxyz\n"))
    var provider = try Provider("https://a.com", apiKey: key)
    provider.organization = "org"
    var dumped = ""
    dump(provider, to: &dumped)
    for text in [
      "\(key)", String(reflecting: key), "\(provider)", String(reflecting: provider), dumped,
    ] {
      #expect(!text.contains("abcdef"))
    }
    #expect(key.secret == "sk-abcdefghijklmnopqrstuvwxyz")
    #expect(APIKey(" \n") == nil)
  }

  @Test func `A key is taken out of any text, also in halves`() throws {
    let key = try #require(APIKey("sk-abcdefghijklmnopqrstuvwxyz0123"))
    #expect(key.redacting("bad key sk-abcdefghijklmnopqrstuvwxyz0123!") == "bad key …!")
    #expect(
      key.redacting("starts sk-abcdefghijklm, ends opqrstuvwxyz0123")
        == "starts …, ends …")
    #expect(APIKey("ollama")?.redacting("the ollama server") == "the ollama server")
    #expect(key.redacting("fine") == "fine")
  }
}

@Suite struct ProxySettingsTests {
  private func proxy(_ environment: [String: String], _ address: String) throws -> String? {
    ProxySettings(environment: environment).proxy(for: try #require(WebAddress(address)))
  }

  @Test(
    arguments: [
      (["HTTPS_PROXY": "http://p:1"], "https://a.com", "http://p:1"),
      // GNOME, v2rayN and Clash mean SOCKS5, and libcurl would speak SOCKS4.
      (["ALL_PROXY": "socks://p:1080/"], "https://a.com", "socks5h://p:1080/"),
      (["all_proxy": "SOCKS://u:p@p:1080"], "http://a.com", "socks5h://u:p@p:1080"),
      (["ALL_PROXY": "socks4://p:1080"], "https://a.com", "socks4://p:1080"),
      (["https_proxy": "http://p:1", "HTTPS_PROXY": "http://q:2"], "https://a.com", "http://p:1"),
      (["HTTP_PROXY": "http://p:1"], "http://a.com", "http://p:1"),
      (["http_proxy": "http://p:1"], "http://a.com", "http://p:1"),
      (["HTTP_PROXY": "http://p:1"], "https://a.com", nil),
      (["ALL_PROXY": "socks5h://p:1"], "https://a.com", "socks5h://p:1"),
      (["all_proxy": "socks5://p:1", "HTTPS_PROXY": ""], "https://a.com", "socks5://p:1"),
      (["ALL_PROXY": "http://p:1"], "http://localhost:8080", nil),
      (["ALL_PROXY": "http://p:1"], "http://[::1]:8080", nil),
      ([:], "https://a.com", nil),
    ] as [([String: String], String, String?)])
  func `The variables count in both cases`(
    environment: [String: String], address: String, expected: String?
  ) throws {
    #expect(try proxy(environment, address) == expected)
  }

  @Test(arguments: [
    ("a.com", "https://a.com"), ("a.com", "https://b.a.com"), (".a.com", "https://b.a.com"),
    (".a.com", "https://a.com"), ("*.a.com", "https://b.a.com"), ("A.com", "https://a.COM"),
    ("x.com, a.com", "https://a.com"), ("x.com a.com", "https://a.com"), ("*", "https://a.com"),
    ("a.com:8443", "https://a.com:8443"), ("a.com:443", "https://a.com"),
    ("10.0.0.0/8", "https://10.9.8.7"), ("10.1.2.3", "https://10.1.2.3"),
    ("10.1.2.3:443", "https://10.1.2.3"), ("fd00::/8", "https://[fd12::1]"),
    ("[fd12::1]:443", "https://[fd12::1]"), ("fd12::1", "https://[fd12::1]"),
    ("0.0.0.0/0", "https://9.9.9.9"),
  ]) func `NO_PROXY covers a host`(list: String, address: String) throws {
    #expect(try proxy(["ALL_PROXY": "http://p:1", "no_proxy": list], address) == nil)
  }

  @Test(arguments: [
    ("a.com", "https://ba.com"), ("b.a.com", "https://a.com"), ("a.com:8443", "https://a.com"),
    ("10.0.0.0/8", "https://11.0.0.1"), ("10.0.0.0/33", "https://10.0.0.1"),
    ("10.0.0.0/x", "https://10.0.0.1"),
    ("10.0.0.0/8", "https://[fd12::1]"), ("10.1.2.3:80", "https://10.1.2.3"), ("", "https://a.com"),
    ("1.2.3.4", "https://1.2.3.4.com"),
  ]) func `NO_PROXY covers no other`(list: String, address: String) throws {
    #expect(try proxy(["ALL_PROXY": "http://p:1", "NO_PROXY": list], address) == "http://p:1")
  }

  @Test func `A configured proxy is for everything`() throws {
    let address = try #require(WebAddress("http://localhost:1"))
    #expect(ProxySettings(proxy: "http://p:1").proxy(for: address) == "http://p:1")
    #expect(ProxySettings().proxy(for: address) == nil)
  }
}
