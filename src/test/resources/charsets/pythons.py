"""Writes pythons.txt beside it: every name that Python has for a character set, and what some text is in it.

Run with CPython 3.11: python3 pythons.py > pythons.txt
Each row: name, bytes, text; without bytes where no line of telnet can be in it, or Java does not have it.
"""
import codecs, encodings, encodings.aliases, pkgutil

JAVA_HAS_NOT = {
    "charmap", "cp1125", "cp720", "euc_jis_2004", "euc_jisx0213", "hp-roman8", "hz", "idna", "iso2022_jp", "iso2022_jp_1", "iso2022_jp_2",
    "iso2022_jp_2004", "iso2022_jp_3", "iso2022_jp_ext", "iso2022_kr", "iso8859-10", "iso8859-14", "koi8-t", "kz1048",
    "mac-arabic", "mac-farsi", "palmos", "ptcp154", "punycode", "raw-unicode-escape",
    "shift_jis_2004", "shift_jisx0213", "unicode-escape", "utf-7", "utf-8-sig", "mbcs", "oem", "undefined"}
LETTERS = "äßéłžЖяαωأאกあ漢한ﾊ€"
ASCII = "".join(map(chr, range(32, 127)))

names = {m.name for m in pkgutil.iter_modules(encodings.__path__)} | set(encodings.aliases.aliases)
print("# Written by pythons.py")
for name in sorted(names):
    try:
        codec = codecs.lookup(name)
    except LookupError:
        continue
    if not codec._is_text_encoding:
        continue
    text, made = "", b""
    if codec.name not in JAVA_HAS_NOT and ASCII.encode(name, "replace") == ASCII.encode("ascii"):
        text = "a"
        letters = LETTERS
        if codec.name.startswith("mac"):
            letters = LETTERS.replace("€", "")  # which came later
        elif codec.name == "cp950":
            letters = "αω漢€"  # of others there are two tables
        for letter in letters:
            try:
                letter.encode(name)
                text += letter
            except UnicodeEncodeError:
                pass
        made = text.encode(name)
    print(name.replace("_", "-") if name.startswith("latin") else name, made.hex(), text, sep="\t")
