extension Wording {
  /// A long Markdown text with headings, lists, a table, a quotation, code and both languages.
  var longText: String {
    switch self {
    case .english: Self.englishLongText
    case .chinese: Self.chineseLongText
    }
  }

  private static let englishLongText = """
    # How a picture gets into a conversation

    A chat server **remembers nothing**. Every request carries the whole history, each picture \
    included, so a picture that is attached once is sent again with every later turn.

    ## From file to request

    1. The format is told from the first bytes, never from the name.
    2. A picture larger than what the model looks at is *fitted*: a smaller one costs less time on \
    the way and not one detail in the answer.
    3. Its bytes become base64 inside a `data:` URL, next to the words of the same message:
       - four characters for three bytes,
       - no line breaks,
       - the media type in front.

    ```json
    {"role": "user", "content": [
      {"type": "text", "text": "What is on this sign?"},
      {"type": "image_url",
       "image_url": {"url": "data:image/png;base64,iVBORw0KGgo…", "detail": "high"}}
    ]}
    ```

    ## What it costs

    | detail | what the model sees | tokens of a 1024×1024 picture |
    | :--- | :--- | ---: |
    | `low` | one look at 512×512 | 85 |
    | `high` | tiles of 512 pixels | 765 |
    | `auto` | the server decides | up to 765 |

    > A picture is worth a thousand words, and is billed for somewhat fewer.

    ## Words in other scripts

    The same turn in Chinese reads 请告诉我这块牌子上写着什么, in Japanese この看板には何と\
    書いてありますか, and with an emoji it ends like this: 🌉.

    ```swift
    let tiles = (width + 511) / 512 * ((height + 511) / 512)
    let tokens = 85 + 170 * tiles  // the rule of one model family
    ```

    ---

    That is all. Scroll up with PageUp; ~~nothing~~ no line of this reply was lost.
    """

  private static let chineseLongText = """
    # 一张图片怎样进入对话

    聊天服务器**什么也不记得**。每次请求都带着全部历史，也包括每一张图片，所以附上一次的图片，\
    以后每一轮都会再发送一次。

    ## 从文件到请求

    1. 格式由文件开头的字节判断，从不看文件名。
    2. 比模型实际观看的尺寸更大的图片会先*缩小*：路上更快，回答里不少一个细节。
    3. 字节变成 `data:` URL 里的 base64，与同一条消息的文字放在一起：
       - 三个字节变成四个字符，
       - 没有换行，
       - 前面写着媒体类型。

    ```json
    {"role": "user", "content": [
      {"type": "text", "text": "这块牌子上写着什么？"},
      {"type": "image_url",
       "image_url": {"url": "data:image/png;base64,iVBORw0KGgo…", "detail": "high"}}
    ]}
    ```

    ## 费用

    | detail | 模型看到的 | 1024×1024 图片的 token |
    | :--- | :--- | ---: |
    | `low` | 512×512 看一眼 | 85 |
    | `high` | 每块 512 像素 | 765 |
    | `auto` | 由服务器决定 | 最多 765 |

    > 一图胜千言，收费却不到一千个词。

    ## 其他文字

    英文是 What is on this sign?，日文是 この看板には何と書いてありますか，最后加一个表情：🌉。

    ```swift
    let tiles = (width + 511) / 512 * ((height + 511) / 512)
    let tokens = 85 + 170 * tiles  // 某个模型家族的规则
    ```

    ---

    到此为止。用 PageUp 向上翻页，~~没有~~一行都没有丢失。
    """
}
