extension ChineseCatalogue {
  /// Sentences about documents, and about the server's own tools.
  static let documents: [String: String] = [
    "as a file": "作为文件发送",
    "as text": "作为文本发送",
    "as pictures of its pages": "作为各页的图片发送",
    "%@: %@, %@, %@.": "%1：%2，%3，%4。",
    "%@ are attached. /attachments lists them.": "已附上 %@。/attachments 会列出它们。",
    "%@%@: /attachments": "%1%2：/attachments",
    "▤ %@ left out": "▤ %@ 已略去",
    "▤ %@ %@": "▤ %1 %2",
    "It has %@: qpdf IN --pages . 1-50 -- OUT.pdf takes a part out.":
      "它有 %@：qpdf IN --pages . 1-50 -- OUT.pdf 可取出一部分。",
    "%@ is not what its name says: no program wrote it so. Check the file.":
      "%@ 的内容与名称不符：没有程序会这样写出它。请检查文件。",
    "%@ is no UTF-8 text. Convert it: iconv -f GBK -t UTF-8 FILE, with its encoding.":
      "%@ 不是 UTF-8 文本。请按其编码转换：iconv -f GBK -t UTF-8 FILE",
    "%@ is larger than %@, the most that a request takes. Attach a part of it.":
      "%1 大于 %2，这是一个请求的上限。请只附上其中一部分。",
    "%@ has no text, and its %@ are too many pictures: %@ go. Take a part out: qpdf IN --pages . 1-20 -- OUT.pdf":
      "%1 没有文本，而 %2 作为图片太多：最多 %3 张。请取出一部分：qpdf IN --pages . 1-20 -- OUT.pdf",
    "The pages of %@ cannot be drawn: no space in %@?": "无法绘制 %1 的各页：%2 是否没有空间了？",
    "This server takes no files such as %@. Save it as PDF or text: soffice --convert-to pdf FILE":
      "这个服务器不接受 %@ 这样的文件。请另存为 PDF 或文本：soffice --convert-to pdf FILE",
    "The kept bytes of %@ are missing or changed. Attach it again, or leave its message out with /forget.":
      "保存的 %@ 已丢失或被改动。请重新附上，或用 /forget 略去它的消息。",
    "This server takes no files, and the text of %@ cannot be read without pdftotext. Install poppler-utils.":
      "这个服务器不接受文件，而没有 pdftotext 就无法读取 %@ 的文本。请安装 poppler-utils。",
    "%@ asks for a password. Save it without one: qpdf --decrypt IN OUT.pdf":
      "%@ 需要密码。请去掉密码后保存：qpdf --decrypt IN OUT.pdf",
    "%@ is no PDF that can be read. Open it elsewhere and save it anew.":
      "%@ 不是可读的 PDF。请用其他程序打开并重新保存。",
    "%@ takes too long to read. Save it anew, or attach a part of it.":
      "读取 %@ 耗时太长。请重新保存，或只附上其中一部分。",
    "%@ takes no files: documents are sent as text.": "%@ 不接受文件：文档作为文本发送。",
    "%@ names it so that it cannot be fetched. Ask again.": "%@ 给出的标识无法用于下载。请重新提问。",
    "%@, which the server's Python wrote, is lost: %@": "服务器的 Python 写出的 %1 已丢失：%2",
    "web search": "网络搜索",
    "file search": "文件搜索",
    "Python": "Python",
    "Sources": "来源",
    "%@ lines": "%@ 行",
    "The model may search the web on its server, some $0.01 a search.":
      "模型可以在其服务器上搜索网络，每次约 $0.01。",
    "The model may search what its server holds of the web already, some $0.01 a search.":
      "模型可以搜索其服务器已有的网页，每次约 $0.01。",
    "The model searches nothing.": "模型不进行搜索。",
    "The model may run Python on its server, some $0.03 for 20 minutes; files are kept here.":
      "模型可以在其服务器上运行 Python，每 20 分钟约 $0.03；文件会保存在这里。",
    "The model runs no Python on its server.": "模型不在其服务器上运行 Python。",
    "%@ /chat/completions has no such tool: /api auto asks where there is one.":
      "%@ /chat/completions 没有这个工具：/api auto 会在有它的地方请求。",
    "lets the model search the web with its server's own tool": "让模型用其服务器自己的工具搜索网络",
    "lets the model run Python on its server; files that it writes are kept":
      "让模型在其服务器上运行 Python；它写出的文件会保存下来",
    "lets the model search the web with its server's own tool, or not":
      "是否让模型用其服务器自己的工具搜索网络",
    "lets the model run Python on its server, or not": "是否让模型在其服务器上运行 Python",
    "writes the Nth file that the model made, or the last, to a path or this folder":
      "把模型生成的第 N 个（或最后一个）文件写到某个路径或当前文件夹",
    "The model has made no files here. /python on lets it.": "模型在这里没有生成文件。/python on 允许它生成。",
    "There is no file %@: %@.": "没有文件 %1：%2。",
    "%@ is written to %@.": "%1 已写入 %2。",
    "%@ is there already: name another path.": "%@ 已存在：请指定另一个路径。",
    "%@ cannot be written (%@). Name another path.": "无法写入 %1（%2）。请指定另一个路径。",
    "%@ cannot be copied.": "无法复制 %@。",
  ]
}
