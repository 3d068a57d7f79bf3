#!/usr/bin/env python3
"""Turn marked sources into texts and gold.

    corpus/make_gold.py            write NAME.txt and NAME.gold.json of documents/ and movement/, and movement/alignment.json
    corpus/make_gold.py --check    write nothing, fail if a file differs from its source
    corpus/make_gold.py --show NAME  print every marked value of one source

A marked source, marked/NAME.marked or movement/marked/NAME.marked, is a head of `%key value` lines, a line `%%`, and the text itself with marks.
A mark is ⟦tag argument:words⟧; marks nest. The first colon ends the head of the mark (write \\: for a colon in it).

    ⟦title:…⟧                     the headline
    ⟦issuer:…⟧                    the words that name the issuing body nearest the act
    ⟦campaign:…⟧                  the official name of the movement (further right wordings: %campaign)
    ⟦date 2021-09-16 issued:…⟧    an EDTF value, or several that are right (a|b), and a role
    ⟦item 1.:…⟧                   one top-level content with its label (no label for an unmarked list)
    ⟦item 1. c3 c4a:…⟧            the same, with the clauses of movement/parent.tsv that it carries (c3 is c3a and c3b)
    ⟦slogan motto:…⟧              a slogan and its kind
    ⟦ref:666/QĐ-TTg⟧              a cited document; ⟦ref 16/CT-TTg:Chỉ thị 16⟧ where the symbol is not the words
    ⟦?date …⟧ ⟦?item …⟧ ⟦?slogan …⟧ ⟦?ref …⟧   a mention that is neither rewarded nor punished

Keys of the head (`;;` between values that are all right, the best first):
    %kind  %issuer  %type  %symbol  %campaign  %issued  %published   (issued, published: only where the date marks do not say it)

Positions in the gold count Unicode code points. Standard library only.
"""

import json
import re
import sys
from itertools import combinations
from pathlib import Path

HERE = Path(__file__).resolve().parent
OPEN, CLOSE = "⟦", "⟧"
KEYS = {"kind", "issuer", "type", "symbol", "campaign", "issued", "published"}
TAGS = {"title", "issuer", "campaign", "date", "item", "slogan", "ref"}
ROLES = {"published", "issued", "effective", "start", "end", "deadline", "reference", "event", "other"}
CLAUSES = re.compile(r"(?:(?:^| )c[0-9]+[a-z]?)+$")
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
            argument = CLAUSES.sub("", argument)
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


def read_source(path):
    head, body = head_and_body(path.read_bytes().decode("utf-8"), path.stem)
    return head, *strip_marks(body, path.stem)


def outputs(path, folder):
    """The two files of one source, as bytes by path."""
    head, text, marks = read_source(path)
    gold = gold_of(head, text, marks, path.stem)
    return {
        folder / f"{path.stem}.txt": text.encode("utf-8"),
        folder / f"{path.stem}.gold.json": as_json(gold),
    }


def as_json(value):
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def clauses_of(path, parent):
    """For each item of a source, in order, the set of the parent's clauses that it carries; empty for a local item."""
    _, _, marks = read_source(path)
    items = []
    for tag, argument, _, _ in marks:
        if tag == "item":
            named = CLAUSES.search(argument)
            wanted = named[0].split() if named else []
            for clause in wanted:
                if not any(p == clause or p[:-1] == clause for p in parent):
                    raise Wrong(f"{path.stem}: no clause {clause} in parent.tsv")
            items.append({p for p in parent if p in wanted or p[:-1] in wanted and p[-1].isalpha()})
    return items


def alignment(sources, folder):
    """Links between the items of every two copies: two items are linked if and only if they share a clause."""
    parent = [line.split("\t")[0] for line in (folder / "parent.tsv").read_text("utf-8").splitlines()[1:]]
    items = {path.stem: clauses_of(path, parent) for path in sources}
    pairs = []
    for a, b in combinations(items, 2):
        aligned = [[i, j] for i, x in enumerate(items[a], 1) for j, y in enumerate(items[b], 1) if x & y]
        pairs.append({
            "a": a, "b": b, "aligned": aligned,
            "alone_a": sorted(set(range(1, len(items[a]) + 1)) - {i for i, _ in aligned}),
            "alone_b": sorted(set(range(1, len(items[b]) + 1)) - {j for _, j in aligned}),
        })
    carried = {name: [sorted(x, key=parent.index) for x in copy] for name, copy in items.items()}
    return {
        "movement": "Cả nước chung sức giữ nguồn nước sạch, vì những dòng sông xanh",
        "files": {name: len(copy) for name, copy in items.items()},
        "clauses": carried,
        "pairs": pairs,
    }


def all_outputs():
    files = {}
    for path in sorted((HERE / "marked").glob("*.marked")):
        files |= outputs(path, HERE / "documents")
    movement = HERE / "movement"
    copies = sorted((movement / "marked").glob("*.marked"))
    for path in copies:
        files |= outputs(path, movement)
    rows = json.dumps(alignment(copies, movement), ensure_ascii=False, indent=1)
    # One line a list of numbers or clauses, so that a difference can be read.
    rows = re.sub(r"\[[^][{}]*\]", lambda m: re.sub(r"\s+", " ", m[0]).replace("[ ", "[").replace(" ]", "]"), rows)
    rows = re.sub(r"\[((?:\s*\[[^][]*\],?)+)\s*\]", lambda m: "[" + re.sub(r"\s+", " ", m[1]).strip() + "]", rows)
    files[movement / "alignment.json"] = (rows + "\n").encode("utf-8")
    return files


def show(name):
    path = next(p for p in (HERE / "marked" / f"{name}.marked", HERE / "movement" / "marked" / f"{name}.marked") if p.exists())
    head, text, marks = read_source(path)
    print(head)
    for tag, argument, start, end in marks:
        print(f"{start:6} {end:6} {tag:9} {argument:32} {text[start:end][:90]!r}")
    return 0


def main(arguments):
    if arguments[:1] == ["--show"]:
        return show(arguments[1])
    check = arguments == ["--check"]
    files = all_outputs()
    stale = [path for path, content in files.items() if not path.exists() or path.read_bytes() != content]
    for path in stale:
        if check:
            print(f"differs from its source: {path.relative_to(HERE)}")
        else:
            path.write_bytes(files[path])
    print(f"{len(files)} files, {len(stale)} {'stale' if check else 'written'}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Wrong as wrong:
        sys.exit(str(wrong))
