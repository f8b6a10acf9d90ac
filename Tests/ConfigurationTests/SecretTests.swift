import Configuration
import Glibc
import Secrets
import Testing

@Suite struct SecretTests {
  @Test func `A secret is not seen in prints, dumps or what holds it`() {
    var provider = ProviderSettings(name: "x", baseURL: "https://x")
    provider.headers = [Header(name: "X-Key", value: Secret("sk-hidden"))]
    provider.proxy = .address(Secret("http://me:sk-hidden@proxy"))
    let secret = Secret("sk-hidden")
    var dumped = ""
    dump(provider, to: &dumped)
    dump(secret, to: &dumped)
    for text in ["\(secret)", secret.debugDescription, "\(provider)", dumped] {
      #expect(!text.contains("hidden"))
    }
    #expect("\(secret)" == "•••")
    #expect(secret.reveal() == "sk-hidden")
  }

  @Test func `A secret cannot be written into a file by accident`() {
    #expect(!(Secret("k") as Any is any Encodable))
  }

  @Test func `A crash leaves no core`() throws {
    CoreDumps.forbid()
    var limit = rlimit()
    try #require(getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit) == 0)
    #expect(limit.rlim_cur == 1)
    #expect(limit.rlim_max == 1)
  }
}
