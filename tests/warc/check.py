"""Writes web archives with warcio, damages them, and reads them with vanban.

Every sound page must give its record, every damaged one an error at its
offset, and `vanban show` must open each at that offset. The pages, the
damages and their places come from a seeded generator.

    python3 -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python check.py [PATH TO vanban] [PAGES]
"""

import gzip
import io
import json
import random
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import brotli
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PLACES = ["Vĩnh Phúc", "Quảng Nam", "Cà Mau", "Lạng Sơn", "Đắk Lắk", "Phú Thọ"]


def page(number, charset):
    place = PLACES[number % len(PLACES)]
    words = " ".join(f"thôn số {number * 7 + i}" for i in range(40))
    text = (
        f"<!DOCTYPE html><html><head><title>Tin {number}</title></head><body>"
        f"<nav><a href=/>Trang chủ</a></nav><h1>{place} phát động thi đua</h1>"
        f"<p>Ngày 16/9/2021, UBND tỉnh {place} ban hành Kế hoạch số "
        f"{number}/KH-UBND phát động phong trào thi đua làm đường.</p>"
        f"<p>Phong trào được phát động tại {words}.</p></body></html>"
    )
    return text.encode(charset)


def chunked(body, rng):
    out, at = b"", 0
    while at < len(body):
        size = rng.randint(1, 300)
        piece = body[at : at + size]
        out += b"%x\r\n" % len(piece) + piece + b"\r\n"
        at += size
    return out + b"0\r\n\r\n"


def coded(body, rng):
    """A body as some server would send it, and the headers that say so."""
    headers = []
    coding = rng.choice(["", "", "gzip", "deflate", "br", "zstd"])
    if coding == "gzip":
        body = gzip.compress(body)
    elif coding == "deflate":
        body = zlib.compress(body)
        if rng.random() < 0.5:
            body = body[2:-4]
    elif coding == "br":
        body = brotli.compress(body)
    elif coding == "zstd":
        body = zstandard.ZstdCompressor().compress(body)
    if coding:
        headers.append(("Content-Encoding", coding))
    if rng.random() < 0.4:
        body = chunked(body, rng)
        headers.append(("Transfer-Encoding", "chunked"))
    return body, headers


def charset_of(number):
    """UTF-8 mostly; sometimes UTF-16, as the head says."""
    return {3: "utf-16", 7: "utf-16-le"}.get(number % 11, "utf-8")


def record(number, rng):
    """The bytes of a record, and whether it is a page that must be read."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version=rng.choice(["1.0", "1.1"]))
    uri = f"https://tin.example.vn/{number}"
    kind = rng.random()
    if kind < 0.08:
        http = StatusAndHeaders("200 OK", [("Content-Type", "image/png")], "HTTP/1.1")
        body = b"\x89PNG\r\n\x1a\n" + rng.randbytes(2000)
        made = writer.create_warc_record(uri, "response", io.BytesIO(body), http_headers=http)
        wanted = False
    elif kind < 0.16:
        http = StatusAndHeaders("GET / HTTP/1.1", [("Host", "a.vn")], is_http_request=True)
        made = writer.create_warc_record(uri, "request", io.BytesIO(b""), http_headers=http)
        wanted = False
    elif kind < 0.24:
        body = (
            f"UBND tỉnh ban hành Kế hoạch số {number}/KH-UBND phát động phong trào.\n"
        ).encode()
        made = writer.create_warc_record(
            uri, "conversion", io.BytesIO(body), warc_content_type="text/plain"
        )
        wanted = True
    else:
        charset = charset_of(number)
        body, headers = coded(page(number, charset), rng)
        headers.append(("Content-Type", f"text/html; charset={charset}"))
        http = StatusAndHeaders("200 OK", headers, "HTTP/1.1")
        made = writer.create_warc_record(uri, "response", io.BytesIO(body), http_headers=http)
        wanted = True
    writer.write_record(made)
    return out.getvalue(), wanted


def binary(number):
    """A record that says it is a page and is none."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], "HTTP/1.1")
    body = b"\x89PNG\r\n\x1a\n" + random.Random(number).randbytes(2400)
    made = writer.create_warc_record(
        f"https://tin.example.vn/{number}", "response", io.BytesIO(body), http_headers=http
    )
    writer.write_record(made)
    return out.getvalue()


def wrong_length(plain, rng):
    """The same record with another Content-Length in its WARC head."""
    head, rest = plain.split(b"\r\n\r\n", 1)
    lines = head.split(b"\r\n")
    for i, line in enumerate(lines):
        if line.lower().startswith(b"content-length:"):
            said = int(line.split(b":")[1])
            said += rng.choice([-said // 2, -7, 9, 700, 123456, 50_000_000_000])
            lines[i] = b"Content-Length: %d" % max(0, said)
    return b"\r\n".join(lines) + b"\r\n\r\n" + rest


def archive(pack, count, seed):
    """An archive, the numbers that must be read, and the offsets that must
    be told."""
    rng = random.Random(seed)
    out, good, bad = b"", {}, []
    for number in range(1, count + 1):
        plain, wanted = record(number, rng)
        damage = rng.random() if wanted else 1
        at = len(out)
        if damage < 0.04:
            out += pack(wrong_length(plain, rng))
            bad.append(at)
        elif damage < 0.08:
            out += pack(binary(number))
            bad.append(at)
        elif damage < 0.12 and pack is not bytes:
            packed = bytearray(pack(plain))
            for _ in range(3):
                packed[rng.randrange(12, len(packed))] ^= rng.randint(1, 255)
            out += packed
            bad.append(at)
        elif damage < 0.15:
            # A member that lost its end.
            packed = pack(plain)
            out += packed[: rng.randrange(60, len(packed) - 20)]
            bad.append(at)
        else:
            out += pack(plain)
            if wanted:
                good[number] = at
    at = len(out)
    plain, wanted = record(count + 1, random.Random(1))
    while not wanted:
        plain, wanted = record(count + 1, rng)
    out += pack(plain)[: len(pack(plain)) // 2]
    bad.append(at)
    return out, good, bad


def zst(plain):
    params = zstandard.ZstdCompressionParameters.from_level(3, write_checksum=True)
    return zstandard.ZstdCompressor(compression_params=params).compress(plain)


def dictionary():
    """A compressor with a dictionary, and the frame that holds it."""
    samples = [page(n, "utf-8") for n in range(400)]
    trained = zstandard.train_dictionary(8192, samples)
    raw = trained.as_bytes()
    kept = zstandard.ZstdCompressor().compress(raw)
    frame = b"\x5d\x2a\x4d\x18" + len(kept).to_bytes(4, "little") + kept
    compressor = zstandard.ZstdCompressor(dict_data=trained, write_checksum=True)
    return compressor.compress, frame


def run(vanban, *args):
    done = subprocess.run([vanban, *args], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"vanban {args}: {done.stderr}")
    return done.stdout


def read(vanban, path, folder):
    errors = folder / "errors.ndjson"
    out = run(vanban, "extract", str(path), "--errors", str(errors))
    records = [json.loads(line) for line in out.splitlines()]
    failed = [json.loads(line) for line in errors.read_text().splitlines()]
    return records, failed


def check(vanban, folder, name, content, good, bad, shift=0):
    path = folder / name
    path.write_bytes(content)
    records, failed = read(vanban, path, folder)
    read_numbers = {}
    for made in records:
        symbol = (made.get("document") or {}).get("symbol") or ""
        number = int(made["source"]["url"].rsplit("/", 1)[1])
        if symbol and symbol != f"{number}/KH-UBND":
            raise SystemExit(f"{name}: {symbol} in the record of page {number}")
        read_numbers[number] = made["source"]["offset"]
    wanted = {number: at + shift for number, at in good.items()}
    told = [error["offset"] for error in failed]
    lost = wanted.keys() - read_numbers.keys()
    extra = read_numbers.keys() - wanted.keys()
    moved = [n for n in wanted.keys() & read_numbers.keys() if wanted[n] != read_numbers[n]]
    silent = {at + shift for at in bad} - set(told)
    # A damaged page may still be read where only its packing suffered; then
    # its offset is not told and it is an extra page.
    print(
        f"{name}: {len(wanted)} sound pages, {len(wanted) - len(lost)} read; "
        f"{len(bad)} damaged, {len(bad) - len(silent)} told"
    )
    problems = {"lost": lost, "extra": extra, "moved": moved, "silent": silent}
    problems = {what: sorted(which) for what, which in problems.items() if which}
    if problems:
        raise SystemExit(f"{name}: {problems}\n{failed}")
    for number in random.Random(2).sample(sorted(wanted), 3):
        shown = run(vanban, "show", f"{path}#{wanted[number]}")
        if f"{number}/KH-UBND" not in shown:
            raise SystemExit(f"{name}#{wanted[number]} shows another page:\n{shown}")


def main():
    vanban = sys.argv[1] if len(sys.argv) > 1 else "vanban"
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for name, pack in [
            ("plain.warc", bytes),
            ("members.warc.gz", gzip.compress),
            ("frames.warc.zst", zst),
        ]:
            for seed in range(3):
                content, good, bad = archive(pack, count, seed)
                check(vanban, folder, f"{seed}-{name}", content, good, bad)
        pack, frame = dictionary()
        content, good, bad = archive(pack, count, 9)
        check(vanban, folder, "dictionary.warc.zst", frame + content, good, bad, len(frame))
        # Packed as a whole, and without an ending that says so.
        content, good, bad = archive(bytes, count, 5)
        check(vanban, folder, "whole", gzip.compress(content), good, bad)
    print("all sound pages read, all damaged ones told")


if __name__ == "__main__":
    main()
