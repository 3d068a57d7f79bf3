#!/usr/bin/env python3
"""Write the relevance set from its tables.

    corpus/search/make_set.py            write documents.jsonl and queries.jsonl
    corpus/search/make_set.py --check    write nothing, fail if a file is stale
    corpus/search/make_set.py --queries  print every query with what is graded

Nothing here knows a search engine. A document is put together from
parameters (subject, place, issuer, type, symbol, day, form, the subject it
mentions besides); a judgment is a rule over these parameters and the words
of the text. README.md says how to read the tables.
"""

import hashlib
import json
import re
import sys
import unicodedata
from pathlib import Path

HERE = Path(__file__).parent
TABLES = HERE / "tables"
CORPUS = HERE.parent

# Provinces of the list of 63, by the province that holds them since 2025-07.
NOW = {
    "Vĩnh Phúc": "Phú Thọ", "Hòa Bình": "Phú Thọ", "Quảng Nam": "Đà Nẵng",
    "Hải Dương": "Hải Phòng", "Bắc Giang": "Bắc Ninh", "Hà Nam": "Ninh Bình",
    "Nam Định": "Ninh Bình", "Thái Bình": "Hưng Yên", "Yên Bái": "Lào Cai",
    "Hà Giang": "Tuyên Quang", "Bắc Kạn": "Thái Nguyên",
    "Quảng Bình": "Quảng Trị", "Kon Tum": "Quảng Ngãi",
    "Bình Định": "Gia Lai", "Phú Yên": "Đắk Lắk", "Ninh Thuận": "Khánh Hòa",
    "Bình Thuận": "Lâm Đồng", "Đắk Nông": "Lâm Đồng",
    "Bình Phước": "Đồng Nai", "Bình Dương": "Hồ Chí Minh",
    "Long An": "Tây Ninh", "Tiền Giang": "Đồng Tháp",
    "Bến Tre": "Vĩnh Long", "Trà Vinh": "Vĩnh Long",
    "Sóc Trăng": "Cần Thơ", "Hậu Giang": "Cần Thơ",
    "Kiên Giang": "An Giang", "Bạc Liêu": "Cà Mau",
}
PLACES = [
    "Vĩnh Phúc", "Thanh Hóa", "Quảng Nam", "Bắc Giang", "Tiền Giang",
    "Hải Dương", "Nghệ An", "Sóc Trăng", "Lào Cai", "Khánh Hòa", "Kon Tum",
    "Hưng Yên", "Bình Thuận", "Hòa Bình", "Quảng Ninh", "Đồng Nai",
    "Hậu Giang", "Thái Bình", "Yên Bái", "Bình Định", "An Giang", "Lạng Sơn",
    "Ninh Thuận", "Bến Tre", "Đắk Lắk", "Hà Tĩnh",
]
TYPES = [
    ("Kế hoạch", "KH-UBND"), ("Chỉ thị", "CT-UBND"), ("Kế hoạch", "KH-UBND"),
    ("Công văn", "UBND-VX"), ("Quyết định", "QĐ-UBND"),
]
# Numbers that queries ask for belong to acts.tsv alone.
KEPT = {17, 20, 24, 45, 95, 117, 157, 240, 305, 331, 800, 1240, 1570, 2400,
        2715, 3310, 4800}


def pick(values, *key):
    """One of the values, always the same for the same key."""
    digest = hashlib.sha256("|".join(map(str, key)).encode()).digest()
    return values[int.from_bytes(digest[:8], "big") % len(values)]


def rows(name):
    for line in (TABLES / name).read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


def subjects():
    """Subjects by id: names, title, sentences, group of a minimal pair."""
    found, last = {}, None
    for name in ("pairs.txt", "subjects.txt"):
        for line in rows(name):
            if not line.startswith("@"):
                last["sentences"].append(line)
                continue
            key, names, title = (c.strip() for c in line[1:].split("|"))
            group = None
            if "=" in names:
                group, names = (c.strip() for c in names.split("="))
            last = {"id": key, "names": names.split(";"), "title": title,
                    "group": group, "sentences": []}
            found[key] = last
    return found


def ascii_id(words):
    words = words.replace("đ", "d").replace("Đ", "D").lower()
    words = unicodedata.normalize("NFD", words)
    words = "".join(c for c in words if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", words).strip("-")


def plan(every):
    """The parameters of each document."""
    out, groups = [], {}
    for subject in every.values():
        key = subject["id"]
        if subject["group"]:
            # The sides of a pair have the same places, so that no other
            # word of a notice tells them apart.
            group = subject["group"]
            start = groups.setdefault(group, len(groups) * 3)
            places = [PLACES[(start + i * 7) % len(PLACES)] for i in range(2)]
        else:
            count = 3 if key.startswith("scattered") else 4
            places = [pick(PLACES, "place", key, 0)]
            turn = 1
            while len(places) < count:
                place = pick(PLACES, "place", key, turn)
                turn += 1
                if place not in places:
                    places.append(place)
        for i, place in enumerate(places):
            kind, tail = pick(TYPES, "type", key, place)
            number = 100 + pick(range(3900), "number", key, place)
            while number in KEPT:
                number += 1
            year = 2018 + pick(range(7), "year", key, place)
            out.append({
                "id": f"{ascii_id(place)}-{key}", "subject": key,
                "place": place, "issuer": f"UBND tỉnh {place}", "type": kind,
                "symbol": f"{number}/{tail}", "cites": None,
                "date": day(year, key, place),
                "form": pick(["news", "news", "news", "official"], "f", key, place),
                "short": len(subject["names"]) > 1 and i % 2 == 1,
            })
    for line in rows("acts.tsv"):
        cells = (line.split("\t") + [""])[:9]
        key, issuer, place, kind, symbol, date, subject, form, cites = cells
        out.append({"id": key, "subject": subject, "place": place,
                    "issuer": issuer, "type": kind, "symbol": symbol,
                    "date": date, "form": form, "cites": cites or None,
                    "short": False})
    return out


def day(year, *key):
    return f"{year}-{1 + pick(range(12), 'm', *key):02}-{1 + pick(range(28), 'd', *key):02}"


CAMPAIGNS = {}
for _line in rows("campaigns.tsv"):
    _subject, _name, _slogan, _cue = _line.split("\t")
    CAMPAIGNS[_subject] = (_name, _slogan, _cue)
FILLERS = list(rows("fillers.txt"))




def finish(document, every):
    """Adds what hangs on the parameters: campaign, the mention, the text."""
    subject = every[document["subject"]]
    key = document["id"]
    others = sorted(k for k, s in every.items()
                    if s["group"] is None and not k.startswith("scattered")
                    and k != subject["id"])
    document["also"] = pick(others, "also", key) if pick(range(3), "has", key) == 0 else None
    campaign = CAMPAIGNS.get(subject["id"])
    has_campaign = campaign and pick(range(2), "campaign", key) == 0
    document["campaign"] = campaign[0] if has_campaign else None
    title, body = (official if document["form"] == "official" else news)(document, subject, every, campaign if has_campaign else None)
    text = title + "\n\n" + body
    if document["short"]:
        long, short = subject["names"][:2]
        text = re.sub(re.escape(long), short, text, flags=re.I)
    for fill in range(len(FILLERS)):
        if len(text.split()) >= 190:
            break
        line = FILLERS[(fill + pick(range(len(FILLERS)), "more", key)) % len(FILLERS)]
        if line not in text:
            text = text + "\n\n" + line
    assert len(text.split()) >= 150, key
    document["spelling"] = pick(["plain"] * 12 + ["old", "nfd", "eth", "i"], "spelling", key)
    document["text"] = spell(text, document["spelling"])
    document["title"] = spell(title, document["spelling"])
    return document


def spell(text, spelling):
    if spelling == "nfd":
        return unicodedata.normalize("NFD", text)
    if spelling == "eth":
        return text.replace("Đ", "Ð")
    if spelling == "i":
        return text.replace("kỷ", "kỉ").replace("kỹ", "kĩ").replace("lý", "lí").replace("Lý", "Lí")
    if spelling == "old":
        for new, old in zip("òóỏõọ", "òóỏõọ"):
            mark = unicodedata.normalize("NFD", new)[1]
            for vowel in "ae":
                joined = unicodedata.normalize("NFC", vowel + mark)
                text = re.sub(rf"{new}{vowel}(?![a-zà-ỹ])", "o" + joined, text)
        for new in "ùúủũụ":
            mark = unicodedata.normalize("NFD", new)[1]
            joined = unicodedata.normalize("NFC", "y" + mark)
            text = re.sub(rf"(?<![qQ]){new}y(?![a-zà-ỹ])", "u" + joined, text)
    return text


def items(document, subject, every):
    """The list of an act: its own sentences, then what any act says."""
    key = document["id"]
    own = list(subject["sentences"])
    if document["also"]:
        own.append(every[document["also"]]["sentences"][0])
    start = pick(range(len(FILLERS)), "filler", key)
    own += [FILLERS[(start + 5 * i) % len(FILLERS)] for i in range(4)]
    return own


def spoken(date):
    year, month, the_day = date.split("-")
    return f"{int(the_day)}/{int(month)}/{year}"


def act_name(document):
    return f"{document['type']} số {document['symbol']}"


def body_words(document):
    """How the act's body is spelled here: short or in full."""
    issuer = document["issuer"]
    if pick(range(3), "issuer", document["id"]) == 0:
        issuer = issuer.replace("UBND", "Ủy ban nhân dân").replace("HĐND", "Hội đồng nhân dân")
    return issuer


def news(document, subject, every, campaign):
    key, place, title = document["id"], document["place"], subject["title"]
    where = f"tỉnh {place}" if place else "cả nước"
    head = place or document["issuer"]
    headline = pick([
        f"{head}: {title[0].upper()}{title[1:]}",
        f"{head} ban hành {document['type'].lower()} {title}",
        f"{document['issuer']} yêu cầu {title}",
    ], "title", key)
    lead = (f"Ngày {spoken(document['date'])}, {body_words(document)} ban hành "
            f"{act_name(document)} về việc {title} năm {document['date'][:4]}.")
    if campaign:
        lead += (f" Văn bản phát động phong trào thi đua “{campaign[0]}” "
                 f"với {campaign[2]} “{campaign[1]}”.")
    if document["form"] == "report":
        lead = (f"Ngày {spoken(document['date'])}, {body_words(document)} họp kiểm điểm "
                f"việc thực hiện Kế hoạch số {document['cites']} của UBND tỉnh và "
                f"ra {act_name(document)} về việc {title}.")
    listed = items(document, subject, every)
    parts = [headline, lead,
             f"{document['type']} nêu các nhiệm vụ sau đây, áp dụng trên địa bàn {where}:"]
    parts += [f"{i}. {line}" for i, line in enumerate(listed, 1)]
    parts.append(pick([
        f"{document['type']} có hiệu lực kể từ ngày ký.",
        "Các đơn vị gửi kết quả về cơ quan thường trực theo mẫu kèm theo.",
        "Chi tiết được đăng trên cổng thông tin điện tử của cơ quan ban hành.",
    ], "end", key))
    return headline, "\n\n".join(parts[1:])


def official(document, subject, every, campaign):
    title, place = subject["title"], document["place"]
    year, month, the_day = document["date"].split("-")
    body = document["issuer"].replace("UBND", "Ủy ban nhân dân").replace("HĐND", "Hội đồng nhân dân")
    head = [body.upper(), f"Số: {document['symbol']}",
            f"{place or 'Hà Nội'}, ngày {the_day} tháng {month} năm {year}"]
    named = f"{document['type']} về việc {title}"
    lead = f"Thực hiện nhiệm vụ năm {year}, {body} ban hành {document['type']} về việc {title}"
    if campaign:
        lead += (f" và phát động phong trào thi đua “{campaign[0]}” "
                 f"với {campaign[2]} “{campaign[1]}”")
    lead += " như sau:"
    listed = [f"{i}. {line}" for i, line in enumerate(items(document, subject, every), 1)]
    foot = "Nơi nhận: các đơn vị có liên quan; lưu văn thư."
    return named, "\n\n".join(head + [named, lead] + listed + [foot])


def plain(text):
    """One spelling of everything: for the rules over words, not for a search."""
    text = unicodedata.normalize("NFC", text.replace("Ð", "Đ")).lower()
    text = text.replace("kĩ", "kỹ").replace("kỉ", "kỷ").replace("lí", "lý")
    for right, wrong in (("hoà", "hòa"), ("hoá", "hóa"), ("hoạ", "họa"), ("toà", "tòa"), ("tuý", "túy"), ("uỷ", "ủy"), ("thuỷ", "thủy"), ("khoẻ", "khỏe"), ("huỷ", "hủy")):
        text = text.replace(right, wrong)
    return " ".join(text.split())


def shelf():
    """The project's other documents, of which only the words are known."""
    out = []
    for folder in ("documents", "movement"):
        for path in sorted((CORPUS / folder).glob("*.txt")):
            out.append({"id": f"{folder}/{path.stem}", "text": path.read_text(),
                        "subject": None})
    return out


def holds(document, condition):
    """Whether a document meets `field=value`, `field!=value`, `words~…`."""
    if "!~" in condition:
        return not holds(document, condition.replace("!~", "~", 1))
    if "~" in condition:
        field, wanted = condition.split("~", 1)
        text = document["text"] if field == "words" else document.get("title") or ""
        return re.search(rf"(?<!\w){re.escape(plain(wanted))}(?!\w)", plain(text)) is not None
    if "!=" in condition:
        return not holds(document, condition.replace("!=", "=", 1))
    field, wanted = condition.split("=", 1)
    value = document.get(field)
    if field == "now":
        place = document.get("place")
        value = NOW.get(place, place) if place else None
    if field == "year":
        value = (document.get("date") or "")[:4]
    if field in ("from", "to"):
        date = document.get("date") or ""
        return bool(date) and (date >= wanted if field == "from" else date <= wanted)
    if value is None:
        return False
    return str(value) in wanted.split("|") or ("*" in wanted and re.fullmatch(wanted.replace("*", ".*"), str(value)) is not None)


def chosen(documents, rule):
    """The documents of a rule: conditions parted by `&`."""
    conditions = [c.strip() for c in rule.split("&")]
    return [d["id"] for d in documents if all(holds(d, c) for c in conditions)]


def queries(documents):
    """The queries with their judgments."""
    faults = []
    for line in rows("queries.tsv"):
        cells = [c.strip() for c in line.split("\t")]
        key, trap, query, need, rules = cells[:5]
        never = cells[5] if len(cells) > 5 else ""
        if query.startswith("NFD:"):
            query = unicodedata.normalize("NFD", query[4:])
        grades = {}
        for rule in filter(None, (r.strip() for r in rules.split(";"))):
            grade, condition = rule.split(" ", 1)
            found = chosen(documents, condition)
            if not found:
                faults.append(f"{key}: nothing meets `{condition}`")
            for one in found:
                grades[one] = max(grades.get(one, 0), int(grade))
        forbidden = []
        for condition in filter(None, (r.strip() for r in never.split(";"))):
            found = chosen(documents, condition)
            if not found:
                faults.append(f"{key}: nothing meets `{condition}`")
            forbidden += [one for one in found if one not in forbidden]
        both = sorted(set(forbidden) & set(grades))
        if both:
            faults.append(f"{key}: graded and forbidden: {', '.join(both)}")
        yield {"id": key, "trap": trap, "query": query, "need": need,
               "judgments": grades, "must_not": forbidden}
    if faults:
        sys.exit("\n".join(faults))


def main():
    every = subjects()
    documents = [finish(d, every) for d in plan(every)]
    assert len({d["id"] for d in documents}) == len(documents)
    made = [json.dumps({
        "id": d["id"], "title": d["title"], "text": d["text"],
        "date": d["date"], "url": f"https://thongbao.example.vn/{d['id']}",
    }, ensure_ascii=False) for d in documents]
    asked = list(queries(documents + shelf()))
    assert len({q["id"] for q in asked}) == len(asked)
    files = {
        "documents.jsonl": "\n".join(made) + "\n",
        "queries.jsonl": "\n".join(json.dumps(q, ensure_ascii=False) for q in asked) + "\n",
    }
    if "--queries" in sys.argv:
        for q in asked:
            print(q["id"], q["trap"], repr(q["query"]), q["judgments"], "NOT", q["must_not"])
        return
    stale = [n for n, text in files.items()
             if not (HERE / n).exists() or (HERE / n).read_text() != text]
    if "--check" in sys.argv:
        sys.exit(f"stale: {', '.join(stale)}" if stale else 0)
    for name in stale:
        (HERE / name).write_text(files[name])
    print(f"{len(documents)} documents, {len(asked)} queries")


if __name__ == "__main__":
    main()
