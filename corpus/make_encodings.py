#!/usr/bin/env python3
"""Write one short document in the encodings that Vietnamese archives hold.

    corpus/make_encodings.py          write encodings/ca-mau-2019-dashed.*.txt
    corpus/make_encodings.py --check  write nothing, fail if a file differs

TCVN3 (ABC fonts) has one byte a letter, and its toned capitals share the byte of the small letter: the document chosen
has none, so that all copies decode to the same text. VNI-Windows writes most letters as a base letter and a byte for
the mark. Windows-1258 writes most toned letters as a letter and a combining tone. The positions are facts, cross-checked
between the published tables of input methods and of iconv. Standard library only.
"""

import sys
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
NAME = "ca-mau-2019-dashed"
GRAVE, ACUTE, TILDE, HOOK, DOT = "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"
TONES = GRAVE + ACUTE + TILDE + HOOK + DOT

# Letters of TCVN3 in the order of their bytes, with the bytes.
TCVN3 = dict(zip(
    "ĂÂÊÔƠƯĐ" "ăâêôơưđ" "àảãáạ" "ằẳẵắặ" "ầẩẫấậ" "èẻẽéẹ" "ềểễếệ" "ìỉĩíị" "òỏõóọ" "ồổỗốộ" "ờởỡớợ" "ùủũúụ" "ừửữứự" "ỳỷỹýỵ",
    bytes.fromhex(
        "A1A2A3A4A5A6A7" "A8A9AAABACADAE" "B5B6B7B8B9" "BBBCBDBEC6" "C7C8C9CACB" "CCCECFD0D1" "D2D3D4D5D6"
        "D7D8DCDDDE" "DFE1E2E3E4" "E5E6E7E8E9" "EAEBECEDEE" "EFF1F2F3F4" "F5F6F7F8F9" "FAFBFCFDFE"
    ),
))

# VNI-Windows, small letters; a capital has the capital letter and the mark's byte less 0x20.
VNI_WHOLE = dict(zip("đơưìíỉĩịỵ", bytes.fromhex("F1F4F6ECEDE6F3F2EE")))
VNI_MARKS = {
    "": dict(zip((ACUTE, GRAVE, HOOK, TILDE, DOT), bytes.fromhex("F9F8FBF5EF"))),
    "\u0302": dict(zip(("", ACUTE, GRAVE, HOOK, TILDE, DOT), bytes.fromhex("E2E1E0E5E3E4"))),
    "\u0306": dict(zip(("", ACUTE, GRAVE, HOOK, TILDE, DOT), bytes.fromhex("EAE9E8FAFCEB"))),
}


def without_tone(char):
    """The letter without its tone, and the tone, `""` if it has none."""
    parts = unicodedata.normalize("NFD", char)
    tone = "".join(c for c in parts if c in TONES)
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in TONES)), tone


def tcvn3(text):
    return b"".join(c.encode("ascii") if c.isascii() else bytes([TCVN3[c]]) for c in text)


def vni(text):
    return b"".join(map(vni_letter, text))


def vni_letter(char):
    if char.isascii():
        return char.encode("ascii")
    small, case = char.lower(), 0x20 if char.isupper() else 0
    if small in VNI_WHOLE:
        return bytes([VNI_WHOLE[small] - case])
    letter, tone = without_tone(small)
    if letter in VNI_WHOLE:
        return bytes([VNI_WHOLE[letter] - case, VNI_MARKS[""][tone] - case])
    base, shape = (unicodedata.normalize("NFD", letter) + "\0")[:2]
    mark = VNI_MARKS[shape.strip("\0")][tone]
    return bytes([ord(base) - case, mark - case])


def windows_1258(text):
    encoded = []
    for char in text:
        try:
            encoded.append(char.encode("cp1258"))
        except UnicodeEncodeError:
            encoded.append("".join(without_tone(char)).encode("cp1258"))
    return b"".join(encoded)


def read_as_windows_1252(content):
    """Bytes read as Windows-1252, the five bytes that it leaves undefined as the controls of the same number."""
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in content)


def main(arguments):
    text = (HERE / "documents" / f"{NAME}.txt").read_bytes().decode("utf-8")
    copies = {
        "tcvn3": tcvn3(text),
        "vni": vni(text),
        "windows-1258": windows_1258(text),
        "utf-16le": b"\xff\xfe" + text.encode("utf-16-le"),
        "utf-16be": b"\xfe\xff" + text.encode("utf-16-be"),
        "utf-8-twice": read_as_windows_1252(text.encode("utf-8")).encode("utf-8"),
    }
    stale = 0
    for encoding, content in copies.items():
        path = HERE / "encodings" / f"{NAME}.{encoding}.txt"
        if not path.exists() or path.read_bytes() != content:
            stale += 1
            if arguments == ["--check"]:
                print(f"differs: {path.name}")
            else:
                path.write_bytes(content)
    print(f"{len(copies)} copies, {stale} {'stale' if arguments else 'written'}")
    return 1 if arguments and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
