extension ChineseCatalogue {
  /// Sentences about mistakes in a command line.
  static let arguments: [String: String] = [
    "Error: %@": "错误：%@",
    "Help: %@": "说明：%@",
    "Usage: %@": "用法：%@",
    "   or: %@": "   或：%@",
    "  See '%@' for more information.": "  更多信息见“%@”。",
    "Unknown option '%@'. Did you mean '%@'?": "没有选项“%@”。是否想用“%@”？",
    "Unknown option '%@'": "没有选项“%@”",
    "Missing value for '%@' in '%@'": "“%2”中的“%1”缺少值",
    "Missing value for '%@'": "“%@”缺少值",
    "The option '%@' does not take any value, but '%@' was specified.":
      "选项“%@”不带值，却给出了“%@”。",
    "Unexpected argument '%@'": "多余的参数“%@”",
    "%@ unexpected arguments: '%@'": "%@ 个多余的参数：“%@”",
    "Missing expected argument '%@'": "缺少参数“%@”",
    "Missing one of: '%@'": "缺少其中之一：“%@”",
    "Missing required subcommand.": "缺少子命令。",
    "The value '%@' is invalid for '%@'. Please provide one of %@.":
      "“%1”不能用作“%2”的值。可用：%3。",
    "The value '%@' is invalid for '%@'": "“%@”不能用作“%@”的值",
    "Value to be set with %@ had already been set with %@": "%@ 要设置的值已由 %@ 设置",
    "--days takes a whole number from 1 to 30, not %@.": "--days 需要 1 到 30 的整数，而不是 %@。",
    "--rounds takes a whole number, 0 or more, not %@.":
      "--rounds 需要不小于 0 的整数，而不是 %@。",
    "--budget takes an amount above 0, not %@.": "--budget 需要大于 0 的金额，而不是 %@。",
    "-j takes a whole number from 1 to 64, not %@.": "-j 需要 1 到 64 的整数，而不是 %@。",
    "--jsonl goes with --each.": "--jsonl 须与 --each 一起使用。",
    "-o goes with --each --jsonl.": "-o 须与 --each --jsonl 一起使用。",
    "--save takes a name of 1 to %@ columns.": "--save 需要 1 到 %@ 列宽的名称。",
    "--raw and --jsonl exclude each other.": "--raw 与 --jsonl 不能同时使用。",
    "--add takes a role and a text: --add user|assistant|system TEXT, not %@.":
      "--add 需要角色和文字：--add user|assistant|system TEXT，而不是 %@。",
    "--max-tokens takes a whole number above 0, not %@.":
      "--max-tokens 需要大于 0 的整数，而不是 %@。",
    "--temperature takes a number from 0 to 2, not %@.":
      "--temperature 需要 0 到 2 的数，而不是 %@。",
    "--top-p takes a number from 0 to 1, not %@.": "--top-p 需要 0 到 1 的数，而不是 %@。",
    "--set takes NAME=JSON, as in top_k=40 or user='\"me\"', not %@.":
      "--set 需要 NAME=JSON，如 top_k=40 或 user='\"me\"'，而不是 %@。",
    "There is no call %@. Did you mean %@? iris ask %@ asks it all the same.":
      "没有调用 %@。是否想用 %@？iris ask %@ 仍会照此提问。",
  ]
}
