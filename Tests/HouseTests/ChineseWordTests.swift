import Language
import Testing

/// One word for one thing in the Chinese of the program.
@Suite struct ChineseWordTests {
  /// A word that is not used, and the one that is.
  struct Word: CustomTestStringConvertible, Sendable {
    let unused: String
    let used: String
    var testDescription: String { "\(used), not \(unused)" }
  }

  @Test(arguments: [
    Word(unused: "您", used: "你"), Word(unused: "词元", used: "token"),
    Word(unused: "令牌", used: "token"), Word(unused: "会话", used: "对话"),
    Word(unused: "回车", used: "Enter"), Word(unused: "推理", used: "思考"),
    Word(unused: "图像", used: "图片"), Word(unused: "服务端", used: "服务器"),
    Word(unused: "知识库", used: "资料库"), Word(unused: "遮罩", used: "蒙版"),
    Word(unused: "剪切板", used: "剪贴板"), Word(unused: "缺省", used: "默认"),
    Word(unused: "帐", used: "账"), Word(unused: "登陆", used: "登录"),
  ])
  func `A thing has one word in Chinese`(_ word: Word) {
    let wrong = Language.simplifiedChinese.catalogueKeys.filter { key in
      Language.simplifiedChinese.translation(of: key)?.contains(word.unused) == true
    }
    #expect(wrong == [])
  }

  /// Full-width signs stand between Chinese words, and half-width ones in what is typed.
  @Test func `A sentence that ends in a full stop ends in the Chinese one`() {
    let wrong = Language.simplifiedChinese.catalogueKeys.filter { key in
      let text = Language.simplifiedChinese.translation(of: key) ?? ""
      return key.hasSuffix(".") && text.hasSuffix(".")
    }
    #expect(wrong == [])
  }
}
