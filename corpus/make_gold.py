#!/usr/bin/env python3
"""Turn marked sources into texts and gold.

    corpus/make_gold.py            write documents/NAME.txt and documents/NAME.gold.json
    corpus/make_gold.py --check    write nothing, fail if a file differs from its source
    corpus/make_gold.py --show NAME  print every marked value of one source

A marked source, marked/NAME.txt, is a head of `%key value` lines, a line `%%`, and the text itself with marks.
A mark is ⟦tag argument:words⟧; marks nest. The first colon ends the head of the mark (write \\: for a colon in it).

    ⟦title:…⟧                     the headline
    ⟦issuer:…⟧                    the words that name the issuing body nearest the act
    ⟦campaign:…⟧                  the official name of the movement (further right wordings: %campaign)
    ⟦date 2021-09-16 issued:…⟧    an EDTF value, or several that are right (a|b), and a role
    ⟦item 1.:…⟧                   one top-level content with its label (no label for an unmarked list)
    ⟦slogan motto:…⟧              a slogan and its kind
    ⟦ref:666/QĐ-TTg⟧              a cited document; ⟦ref 16/CT-TTg:Chỉ thị 16⟧ where the symbol is not the words
    ⟦?date …⟧ ⟦?item …⟧ ⟦?slogan …⟧ ⟦?ref …⟧   a mention that is neither rewarded nor punished

Keys of the head (`;;` between values that are all right, the best first):
    %kind  %issuer  %type  %symbol  %campaign  %issued  %published   (issued, published: only where the date marks do not say it)

Positions in the gold count Unicode code points. Standard library only.
"""

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
OPEN, CLOSE = "⟦", "⟧"
KEYS = {"kind", "issuer", "type", "symbol", "campaign", "issued", "published"}
TAGS = {"title", "issuer", "campaign", "date", "item", "slogan", "ref"}
ROLES = {"published", "issued", "effective", "start", "end", "deadline", "reference", "event", "other"}
KINDS = {"spirit", "motto", "slogan", "theme", "message", "goal", "other"}


class Wrong(Exception):
    """A source that cannot be read as marked text."""


def head_and_body(source, name):
    head, body = {}, source
    while body.startswith("%"):
        line, _, body = body.partition("\n")
        if line == "%%":
            return head, body
        key, _, value = line[1:].partition(" ")
        if key not in KEYS:
            raise Wrong(f"{name}: unknown key %{key}")
        head[key] = [v.strip() for v in value.split(";;") if v.strip()]
    raise Wrong(f"{name}: no line %% after the head")


def strip_marks(body, name):
    """The bare text and its marks as (tag, argument, start, end), in order of their starts."""
    text, marks, stack, at, length = [], [], [], 0, 0
    while at < len(body):
        char = body[at]
        if char == OPEN:
            end = at + 1
            while body[end] != ":" or body[end - 1] == "\\":
                end += 1
                if end == len(body) or body[end] in OPEN + CLOSE:
                    raise Wrong(f"{name}: a mark without its colon: {body[at : at + 40]!r}")
            tag, _, argument = body[at + 1 : end].replace("\\:", ":").partition(" ")
            marks.append([tag, argument, length, None])
            stack.append(marks[-1])
            at = end
        elif char == CLOSE:
            if not stack:
                raise Wrong(f"{name}: a mark closed twice: {body[at - 40 : at]!r}")
            stack.pop()[3] = length
        else:
            text.append(char)
            length += 1
        at += 1
    if stack:
        raise Wrong(f"{name}: a mark left open: {stack[0]}")
    return "".join(text), marks


def one_or_list(values):
    return values[0] if len(values) == 1 else values


def unique(values):
    return list(dict.fromkeys(values))


def read_marks(text, marks, name):
    """Gold lists from marks; checks what a typing slip would break."""
    found = {key: [] for key in ("title", "issuer", "campaign", "dates", "contents", "slogans", "references")}
    spare = {key: [] for key in ("slogans", "dates", "contents", "references")}
    for tag, argument, start, end in marks:
        optional, tag = tag.startswith("?"), tag.removeprefix("?")
        if tag not in TAGS:
            raise Wrong(f"{name}: unknown tag {tag!r}")
        words, span = text[start:end], [start, end]
        if words != words.strip() or not words:
            raise Wrong(f"{name}: a mark over spaces: {tag} {words[:50]!r}")
        if tag == "date":
            value, _, role = argument.partition(" ")
            entry = {"span": span}
            if not (optional and not value):
                if role not in ROLES and not optional:
                    raise Wrong(f"{name}: unknown role {role!r} of {words!r}")
                entry["value"] = one_or_list(value.split("|"))
                if role:
                    entry["role"] = role
            (spare if optional else found)["dates"].append(entry)
        elif tag == "slogan":
            if argument not in KINDS and not optional:
                raise Wrong(f"{name}: unknown slogan kind {argument!r} of {words!r}")
            (spare if optional else found)["slogans"].append({"span": span, "kind": argument} if argument else {"span": span})
        elif tag == "item":
            if argument and not words.startswith(argument):
                raise Wrong(f"{name}: item {words[:30]!r} does not begin with its label {argument!r}")
            (spare if optional else found)["contents"].append({"label": argument or None, "span": span})
        elif tag == "ref":
            (spare if optional else found)["references"].append(argument or words)
        elif tag == "campaign":
            found["campaign"].append(words)
        else:
            found[tag].append(span)
    return found, spare


def gold_of(head, text, marks, name):
    found, spare = read_marks(text, marks, name)
    announcement = head.get("kind") == ["announcement"]
    if not announcement and head.get("kind") != ["other"]:
        raise Wrong(f"{name}: %kind must be announcement or other")
    if len(found["title"]) > 1 or len(found["issuer"]) > 1:
        raise Wrong(f"{name}: more than one title or issuer")
    if announcement and "issuer" not in head:
        raise Wrong(f"{name}: an announcement needs %issuer")

    def of_role(role):
        return [d["value"] for d in found["dates"] if d["role"] == role]

    published = head.get("published") or of_role("published")
    issued = head.get("issued") or of_role("issued")
    issued = unique(v for value in issued for v in (value if isinstance(value, list) else [value]))
    issuer = None
    if announcement:
        issuer = {"names": head["issuer"], "span": found["issuer"][0] if found["issuer"] else None}
    references = unique(found["references"])
    return {
        "kind": head["kind"][0],
        "title": found["title"][0] if found["title"] else None,
        "published": published[0] if published else None,
        "issuer": issuer,
        "type": one_or_list(head["type"]) if "type" in head else None,
        "symbol": one_or_list(head["symbol"]) if "symbol" in head else None,
        "issued": issued if announcement else [],
        "campaign": unique(found["campaign"] + head.get("campaign", [])),
        "slogans": found["slogans"],
        "contents": found["contents"],
        "dates": found["dates"],
        "references": references,
        "optional": {**spare, "references": [r for r in unique(spare["references"]) if r not in references]},
    }


def outputs(path):
    """The two files of one source, as bytes by path."""
    name = path.stem
    head, body = head_and_body(path.read_bytes().decode("utf-8"), name)
    text, marks = strip_marks(body, name)
    gold = gold_of(head, text, marks, name)
    documents = HERE / "documents"
    return {
        documents / f"{name}.txt": text.encode("utf-8"),
        documents / f"{name}.gold.json": (json.dumps(gold, ensure_ascii=False, indent=1) + "\n").encode("utf-8"),
    }


def show(name):
    head, body = head_and_body((HERE / "marked" / f"{name}.txt").read_bytes().decode("utf-8"), name)
    text, marks = strip_marks(body, name)
    print(head)
    for tag, argument, start, end in marks:
        print(f"{start:6} {end:6} {tag:9} {argument:32} {text[start:end][:90]!r}")


def main(arguments):
    if arguments[:1] == ["--show"]:
        return show(arguments[1])
    stale = 0
    for path in sorted((HERE / "marked").glob("*.txt")):
        for target, content in outputs(path).items():
            if target.exists() and target.read_bytes() == content:
                continue
            stale += 1
            if arguments == ["--check"]:
                print(f"differs from its source: {target.relative_to(HERE)}")
            else:
                target.write_bytes(content)
    if arguments == ["--check"] and stale:
        return 1
    print(f"{len(list((HERE / 'marked').glob('*.txt')))} sources, {stale} files {'stale' if arguments else 'written'}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Wrong as wrong:
        sys.exit(str(wrong))
