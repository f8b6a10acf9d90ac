extension ChineseCatalogue {
  /// Sentences about the configuration and the table of models.
  static let configuration: [String: String] = [
    "provider is “%@”, expected %@": "provider 为“%@”，应为：%@",
    "providers holds nothing by name, expected lines like “work:”":
      "providers 没有按名称写出内容，应为形如“work:”的行",
    "this is no server's name, expected one word": "这不是服务器名称，应为一个词",
    "Cannot read %@: %@. Check the path and who may read it.": "无法读取 %@：%@。请检查路径，以及谁有权读取。",
    "%@ is larger than Iris reads of such a file. Name another one, or make it smaller.":
      "%@ 超过了 Iris 对这类文件的读取上限。请指定另一个文件，或将其缩小。",
    "There is no home folder to keep anything in. Set HOME, or the XDG_…_HOME variables.":
      "没有可存放内容的主目录。请设置 HOME，或设置 XDG_…_HOME 变量。",
    "Provider %@ has no address. Give it a base_url in config.yaml, or use --base-url.":
      "服务器 %@ 没有地址。请在 config.yaml 中写明 base_url，或使用 --base-url。",
    "%@ holds a key and others may read it (%@). Run: chmod 600 %@":
      "%@ 含有密钥，而他人也能读取它（%@）。请运行：chmod 600 %@",
    "%@ holds a key but belongs to somebody else. Copy it to a file of your own.":
      "%@ 含有密钥，却属于别人。请将其复制到你自己的文件中。",
    "%@ has no key on its first line. Write the key there.": "%@ 的第一行没有密钥。请将密钥写在那里。",
    "%@ is no ordinary file. Name a file that holds the key, or use api_key_command.":
      "%@ 不是普通文件。请指定含有密钥的文件，或使用 api_key_command。",
    "The key's command “%@” failed with status %@. Run it by hand to see why.":
      "密钥命令“%@”失败，状态为 %@。请手动运行以查明原因。",
    "The key's command “%@” printed no key. Its first line must be the key.":
      "密钥命令“%@”没有输出密钥。输出的第一行必须是密钥。",
    "The key from %@ has spaces or control characters in it. Copy it once more.":
      "来自 %@ 的密钥含有空格或控制字符。请重新复制。",
    "There is no secret-tool here. Install libsecret-tools, or use another key source.":
      "这里没有 secret-tool。请安装 libsecret-tools，或使用别的密钥来源。",
    "The keyring did not keep the key (status %@). Unlock it, or use api_key_file.":
      "密钥环没有保存密钥（状态 %@）。请解锁它，或使用 api_key_file。",
    "The demo is inside Iris and has an address of its own. Leave out --base-url, or --provider demo.":
      "演示服务器在 Iris 内部，有自己的地址。请去掉 --base-url，或去掉 --provider demo。",
    "There is no provider %@. Use %@.": "没有服务器 %@。请使用 %@。",
    "No key for %@. Set %@, or name a key source in config.yaml.":
      "没有 %@ 的密钥。请设置 %@，或在 config.yaml 中指定密钥来源。",
    "No key for %@. Name a key source in config.yaml, as in api_key_env.":
      "没有 %@ 的密钥。请在 config.yaml 中指定密钥来源，例如 api_key_env。",
    "The key's command “%@” did not answer within %@ s. Run it by hand to see what it waits for.":
      "密钥命令“%@”未在 %@ 秒内回答。请手动运行，看它在等待什么。",
    "line %@, column %@: %@": "第 %@ 行第 %@ 列：%@",
    "%@ does not fit, expected %@": "%@ 不合要求，应为：%@",
    "%@ is “%@”, expected %@": "%@ 为“%@”，应为：%@",
    "this is no configuration, expected lines like “model: NAME”": "这不是配置，应为形如“model: NAME”的行",
    "%@ holds nothing by name, expected indented lines like “name: value”":
      "%@ 没有按名称写出内容，应为缩进的行，形如“name: value”",
    "there is no setting %@ here, expected %@": "这里没有设置项 %@，应为：%@",
    "%@ or %@": "%@ 或 %@",
    "the terminal": "终端",
    "the keyring": "密钥环",
    "the command “%@”": "命令“%@”",
    "a key does not belong in this file, expected api_key_env, api_key_command, api_key_file or api_key_keyring":
      "密钥不应写在这个文件中，应为 api_key_env、api_key_command、api_key_file 或 api_key_keyring",
    "none, or an address as in http://proxy:3128 or socks5h://127.0.0.1:1080":
      "none，或一个地址，如 http://proxy:3128 或 socks5h://127.0.0.1:1080",
    "pairs of attribute and value, as in service openai": "成对的属性和值，如 service openai",
    "headers holds nothing by name, expected lines like “X-Team: blue”":
      "headers 没有按名称写出内容，应为形如“X-Team: blue”的行",
    "this is no header's name, expected one like X-Team": "这不是请求头的名称，应为形如 X-Team 的名称",
    "header %@ does not fit, expected one line of text": "请求头 %@ 不合要求，应为一行文字",
    "this line has no colon, expected “name: value”; the entry is left out":
      "这一行没有冒号，应为“name: value”；已略去该项",
    "a tab indents this line, expected spaces; the entry is left out": "这一行用制表符缩进，应为空格；已略去该项",
    "this cannot be read, expected YAML; the entry is left out": "这里无法读取，应为 YAML；已略去该项",
    "%@ stands twice, expected once; the last one is used": "%@ 出现了两次，应只有一次；采用最后一个",
    "%@, expected “name: value”; the entry is left out": "%@，应为“name: value”；已略去该项",
    "true or false": "true 或 false",
    "a text": "一段文字",
    "one line of text": "一行文字",
    "the name of a variable, as in OPENAI_API_KEY": "一个变量名，如 OPENAI_API_KEY",
    "an address, as in https://api.example.com/v1": "一个地址，如 https://api.example.com/v1",
    "a number from %@ to %@": "从 %@ 到 %@ 的数",
    "a whole number, %@ or more": "整数，%@ 或更大",
    "a number of bytes, as in 20 MB": "字节数，如 20 MB",
    "a number of seconds above 0 and up to 86400": "秒数，大于 0 且不超过 86400",
    "a text, or a list of at most %@": "一段文字，或最多 %@ 项的列表",
    "a list of %@": "由 %@ 组成的列表",
    "The table of models is not JSON. Correct it, or take it away to use the built-in one.":
      "模型表不是 JSON。请更正，或移走它以使用内置的模型表。",
    "The table of models has nothing of the right kind at %@. Correct it there.":
      "模型表中 %@ 处的内容类型不对。请在那里更正。",
    "A row of the table of models has an empty id. Give it the name that requests carry.":
      "模型表中有一行的 id 是空的。请填入请求所用的名称。",
    "In the table of models, %@ of %@ is %@. %@": "模型表中 %2 的 %1 为 %3。%4",
    "The table of models has half a price of %@. Give both input_per_1m and output_per_1m.":
      "模型表中 %@ 的价格只有一半。请同时给出 input_per_1m 和 output_per_1m。",
    "In the table of models, %@ is like %@, which is not listed. Name a listed one.":
      "模型表中 %@ 仿照 %@，而后者未列出。请写一个已列出的模型。",
    "Give a number of tokens from 1 to 1000000000000.": "请填写 token 数，1 到 1000000000000。",
    "Give dollars per million tokens from 0 to 1000000.": "请填写每百万 token 的美元价格，0 到 1000000。",
    "Give a date like 2027-01-14.": "请填写形如 2027-01-14 的日期。",
    "%@ holds nothing by name, expected lines like “top_k: 40”": "%@ 下没有按名称列出的内容，应为“top_k: 40”这样的行",
    "%@ does not fit, expected a value that JSON can write": "%@ 不合适，应为 JSON 能写出的值",
    "models holds nothing by name, expected lines like “qwen3:”":
      "models 下没有按名称列出的内容，应为“qwen3:”这样的行",
    "this is no model's name, expected one word": "这不是模型名，应为一个词",
  ]
}
