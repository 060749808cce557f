#!/usr/bin/env python3
"""Makes the C++ source that holds a page: `web/src/page.html` with its script, its style and
their hashes in it, cut where pages differ (see src/diaodu/report/page_source.h).

usage: embed_page.py TEMPLATE SCRIPT STYLE OUTPUT FUNCTION
"""

import base64
import hashlib
import re
import sys
from pathlib import Path

HOLES = {"language", "title", "noscript", "document"}
LINE = 4096  # bytes of a literal in one line


def fit_for_tag(text: str, tag: str) -> str:
    """The text as it may stand between the tags: nothing in it may end them, or seem to open a comment."""
    if tag == "script":
        text = re.sub(r"</(?=script)", r"<\\/", text, flags=re.IGNORECASE)
        text = text.replace("<!--", r"<\x21--")
    if re.search(rf"</{tag}|<!--", text, flags=re.IGNORECASE):
        sys.exit(f"embed_page.py: the {tag} would end its own tag")
    return text


def policy_hash(text: str) -> str:
    """What a content-security policy calls the text by."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def literals(text: str) -> str:
    """The text as C++ string literals, one a line."""
    data = text.encode()
    lines = []
    for at in range(0, len(data), LINE):
        escaped = ""
        for byte in data[at : at + LINE]:
            letter = chr(byte)
            if letter in "\"\\?":  # `?` for trigraphs
                escaped += "\\" + letter
            elif letter == "\n":
                escaped += "\\n"
            elif 0x20 <= byte < 0x7F:
                escaped += letter
            else:
                escaped += f"\\{byte:03o}"
        lines.append(f'    "{escaped}"')
    return "\n".join(lines) if lines else '    ""'


def pieces(template: str, script: str, style: str) -> list[tuple[str, str]]:
    """The page's pieces, each with the hole that follows it."""
    known = {
        "script": script,
        "style": style,
        "script_hash": policy_hash(script),
        "style_hash": policy_hash(style),
    }
    found = [("", "none")]
    for i, part in enumerate(re.split(r"\{\{(\w+)\}\}", template)):
        if i % 2 == 0:
            found[-1] = (found[-1][0] + part, "none")
        elif part in known:
            found[-1] = (found[-1][0] + known[part], "none")
        elif part in HOLES:
            found[-1] = (found[-1][0], part)
            found.append(("", "none"))
        else:
            sys.exit(f"embed_page.py: the template asks for {part}, which there is not")
    return found


def main() -> None:
    if len(sys.argv) != 6:
        sys.exit(__doc__)
    template, script, style = (Path(name).read_text(encoding="utf-8") for name in sys.argv[1:4])
    rows = [
        f"{{std::string_view(\n{literals(text)},\n    {len(text.encode())}), PageHole::{hole}}},"
        for text, hole in pieces(template, fit_for_tag(script.rstrip("\n"), "script"), fit_for_tag(style.rstrip("\n"), "style"))
    ]
    Path(sys.argv[4]).write_text(
        "// Made by tools/embed_page.py from web/src.\n"
        '#include <array>\n\n#include "diaodu/report/page_source.h"\n\n'
        "namespace diaodu::report {\n\n"
        f"std::span<const PagePiece> {sys.argv[5]}() {{\n"
        "  static constexpr std::array kPieces = std::to_array<PagePiece>({\n"
        + "\n".join(rows)
        + "\n  });\n  return kPieces;\n}\n\n}  // namespace diaodu::report\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
