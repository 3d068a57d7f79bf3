"""Kills runs of `vanban extract` at random moments, and holds what comes of
it against a run that nobody killed.

    python kill.py PROGRAM [KILLS] [SEED]

A run is killed (SIGKILL), resumed, killed again … until it ends by itself;
then every file must have the bytes of the run that was not killed, and no
other file may be left. While a run is killed, no output may have its name.
"""

import hashlib
import json
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

OUTPUTS = ["out.ndjson", "out.csv", "out.json", "out.parquet"]


def archive(folder, documents):
    """News of very different lengths, with pages and broken lines between."""
    folder.mkdir()
    with open(folder / "tin.jsonl", "w", encoding="utf-8") as file:
        for n in range(documents):
            if n % 41 == 7:
                file.write('{"title": "no text"}\n')
                continue
            text = (
                f"Hà Nam phát động phong trào thi đua số {n}\n\n"
                f"Ngày {n % 28 + 1}/9/2021, UBND tỉnh Hà Nam ban hành Kế hoạch số {n}/KH-UBND "
                f"về phong trào “Hà Nam chung sức {n}”, gồm:\n1. Thi đua lao động.\n2. Giúp {n} hộ nghèo.\n"
            )
            row = {"text": text * (40 if n % 97 == 0 else 1), "url": f"https://bao{n % 5}.vn/{n}"}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    for n in range(20):
        (folder / f"z{n:02}.html").write_text(
            f"<html><body><article><h1>Thông báo {n}</h1><p>Ngày {n + 1}/10/2022, Sở Y tế "
            "Hà Nội ban hành Thông báo số 7/TB-SYT về tiêm chủng.</p></article></body></html>",
            encoding="utf-8",
        )
    (folder / "leer.txt").write_bytes(b"")


def command(program, folder, extra):
    run = [program, "extract", "in", "-q", "--errors", "errors.ndjson", "--checkpoint", "0.02"]
    for name in OUTPUTS:
        run += ["-o", f"{folder}/{name}"]
    return [part.replace("errors.ndjson", f"{folder}/errors.ndjson") for part in run] + extra


def bytes_of(folder):
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.is_file()
    }


def trial(program, where, extra, expected, random_, longest):
    """One run, killed until it ends; the number of kills."""
    out = where / "out"
    out.mkdir()
    kills = 0
    while True:
        threads = ["--threads", str(random_.choice([1, 2, 3]))]
        run = subprocess.Popen(command(program, "out", extra + threads + ["--resume"]), cwd=where)
        try:
            code = run.wait(random_.uniform(0, longest))
            assert code == 1, f"exit code {code}"
            break
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGKILL)
            run.wait()
            kills += 1
            seen = bytes_of(out)
            # While the files get their names some have them: then whole.
            assert all(expected.get(name) == digest for name, digest in seen.items()), seen
    found = bytes_of(out)
    wrong = {n for n in expected | found if expected.get(n) != found.get(n)}
    assert not wrong, f"other bytes in {wrong}"
    left = [path.name for path in out.iterdir() if path.is_dir()]
    assert not left, f"left behind: {left}"
    for path in out.iterdir():
        path.unlink()
    out.rmdir()
    return kills


def main(program, kills=200, seed=1):
    program = str(pathlib.Path(program).resolve())
    random_ = random.Random(int(seed))
    with tempfile.TemporaryDirectory() as where:
        where = pathlib.Path(where)
        archive(where / "in", 1500)
        done = 0
        for extra in [], ["--shard-size", "200KB"]:
            reference = where / "reference"
            reference.mkdir()
            start = time.monotonic()
            code = subprocess.call(command(program, "reference", extra), cwd=where)
            longest = (time.monotonic() - start) * 0.8
            assert code == 1, f"exit code {code}"
            expected = bytes_of(reference)
            goal = done + int(kills) // 2
            while done < goal:
                done += trial(program, where, extra, expected, random_, longest)
                print(f"{done} kills, {len(expected)} files equal", flush=True)
            for path in reference.iterdir():
                path.unlink()
            reference.rmdir()
        print(f"{done} kills: nothing lost, nothing twice, the same bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
