//! The worked examples that stand under each `--help`.

/// Under every short help of the program.
pub(super) const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  done, but some documents are in error (or figures lie below a floor)
  2  wrong usage, nothing readable, or the output cannot be written

`vanban COMMAND --help` shows examples.";

pub(super) const MAIN: &str = "\
Examples:
  Records of a folder, one JSON object a line:
    vanban extract tin-tuc/ -o records.ndjson

  One document, with its evidence, for reading:
    vanban show tin-tuc/ke-hoach-240.txt

  Why is this the issuer?
    vanban explain tin-tuc/ke-hoach-240.txt issuer

Exit codes:
  0  done
  1  done, but some documents are in error (or figures lie below a floor)
  2  wrong usage, nothing readable, or the output cannot be written
A reader that closes the pipe early (as `head` does) is no error.";

pub(super) const EXTRACT: &str = "\
Examples:
  A folder to JSON lines; the file appears when it is whole:
    vanban extract tin-tuc/ -o records.ndjson

  Several formats in one run, and a report with plots:
    vanban extract tin-tuc/ -o records.ndjson -o records.parquet \\
      --report run.html

  A table for Excel. Lists are joined by \" | \"; a cell that could start a
  formula gets an apostrophe before it:
    vanban extract tin-tuc/ -o records.csv --csv-bom

  Go on where a run was cut off; run again over an archive that has grown:
    vanban extract crawl/ -o records.ndjson --resume
    vanban extract crawl/ -o records.ndjson --update

  What failed, and once more only that:
    vanban extract crawl/ -o records.ndjson --errors failed.ndjson
    vanban extract --retry failed.ndjson -o mended.ndjson

  Plans of one province, in shards; a sample of one in a hundred:
    vanban extract crawl/ --where code=KH --where place='Hà Nam' \\
      -o out/plans.parquet --shard-size 500MB
    vanban extract crawl/ --sample 1% -o sample.ndjson

  JSON lines with fields of your own, from another program:
    zcat crawl.jsonl.gz | vanban extract - --text-field noi_dung \\
      --title-field tieu_de --date-field ngay --keep-fields

  A crawl as it is, and a table from a database:
    vanban extract CC-MAIN-2021.warc.gz bai-viet.parquet -o records.ndjson

  An old folder in TCVN3 (ABC) fonts:
    vanban extract cu/ --encoding tcvn3 -o cu.ndjson

  Symbols of all announcements:
    vanban extract tin-tuc/ --only announcement | jq -r .document.symbol

  Copies of one article marked, and the articles that were copied most:
    vanban extract crawl/ --reposts -o records.ndjson
    jq -r .repost.cluster records.ndjson | sort | uniq -c | sort -rn | head

  Each article once, the copies counted:
    vanban extract crawl/ --dedupe -o articles.ndjson

The records stand in the order of the input, and their bytes are the same for
any number of threads. Without --errors, failed documents are named on the
error stream.

Exit codes: 0 done; 1 done, some documents in error; 2 nothing readable, wrong
usage, or an output cannot be written (then --resume goes on).";

pub(super) const SHOW: &str = "\
Examples:
  A file, in the terminal:
    vanban show tin-tuc/ke-hoach-240.txt

  The fifth document of a file of JSON lines:
    vanban show 'tin.jsonl#4'

  The record at byte 41236 of a web archive, a page in a ZIP archive, the
  third line of a packed file in a tar archive:
    vanban show 'crawl.warc.gz#41236'
    vanban show 'trang.zip#2021/ke-hoach.html'
    vanban show 'tin.tar.gz#2021.jsonl.gz#2'

  With colour, through a pager:
    vanban show page.html --color always | less -R

Evidence is coloured; without colour it stands between ⟦ and ⟧. What it is
evidence of stands beside it. Control characters of the text are shown, not
obeyed.";

pub(super) const EXPLAIN: &str = "\
Examples:
  Why this issuer?
    vanban explain tin-tuc/ke-hoach-240.txt issuer

  Which dates were found, and what was refused as a date:
    vanban explain tin-tuc/ke-hoach-240.txt dates

Each step names a rule and says whether it found something, refused it, or had
nothing to go by; the words it rests on are underlined in their line.";

pub(super) const COMPARE: &str = "\
Examples:
  Two plans, in the terminal:
    vanban compare vinh-phuc.txt quang-nam.txt

  A folder of copies of one movement, as a page for a browser:
    vanban compare ke-hoach/ --html so-sanh.html

  Records made earlier; links as a table, and a citation for each cell:
    vanban compare records.ndjson --format csv -o links.csv \\
      --citations citations.csv

  Which items of the first stand alone?
    vanban compare a.txt b.txt --format json | jq .alone

The result is the same for any order of the documents. Dropped words stand in
[- -], added words in {+ +}; with colour, struck through and underlined.
Exit codes: 0 done; 1 done, some documents in error; 2 wrong usage or fewer
than two announcements.";

pub(super) const INDEX: &str = "\
Examples:
  From records, then from those of the next day; an entry replaces the one
  with its id, and what has not changed is passed over:
    vanban index records.ndjson --index tin.index
    vanban index today.ndjson --index tin.index

  From documents, extracted on the way; then their whole text is searched:
    vanban index tin-tuc/ --index tin.index

  From another program:
    zcat crawl.jsonl.gz | vanban extract - | vanban index - --index tin.index

  Search it:
    vanban search 'ubnd vinh phuc thi đua' --index tin.index

One program writes to an index at a time; others may search it meanwhile. If
the run is cut off, the index holds what was committed, and the same command
goes on.
Exit codes: 0 done; 1 done, some documents in error; 2 wrong usage, nothing
readable, or the index cannot be written.";

pub(super) const SEARCH: &str = "\
Examples:
  Words, typed with or without tone marks:
    vanban search 'vùng xanh vĩnh phúc' --index tin.index
    vanban search 'vung xanh vinh phuc' --index tin.index

  Words in just this order; one of two; not a third:
    vanban search '\"thi đua đặc biệt\" (covid OR dịch) -bóng' --index tin.index

  The number of a document, in any spelling:
    vanban search '240/KH-UBND' --index tin.index
    vanban search 'kh ubnd 240' --index tin.index

  Plans of a province, of the last quarter of 2021, the newest first:
    vanban search 'type:\"kế hoạch\" province:\"Vĩnh Phúc\" issued:2021-Q4' \\
      --index tin.index --sort -date

  Who issued most about vaccination, and when:
    vanban search 'theme:vaccination' --index tin.index --facets --limit 0

  Every document like this one; the id stands under each hit:
    vanban search --like e33dec6bc7837765 --index tin.index

  The next page, for another program:
    vanban search 'chỉ thị 16' --index tin.index --format json --offset 10

Fields: issuer, province, type, number, issued, year, campaign, theme, kind,
level, title, text; a value of several words goes between quotes. Operators
are AND, OR, NOT in capitals, -word and parentheses; words side by side mean
AND. A query that begins with - goes behind --. With VANBAN_INDEX set, --index
can be left out. docs/query.md has the whole language.

Exit codes: 0 done, also where nothing was found (`total` is 0); 2 wrong query,
or no index.";

pub(super) const NORMALIZE: &str = "\
Examples:
  Old tone marks, decomposed letters, odd spaces and dashes, made one:
    printf 'Uỷ ban nhân dân tỉnh , QĐ – UBND' | vanban normalize

  How each piece of the text as read became normalized text:
    vanban normalize --map tin-tuc/ke-hoach-240.txt

The map has a line for each run: raw_start and raw_end count code points of
the text as read, norm_start and norm_end bytes of the normalized text; kind
is `equal` where code points correspond one to one, else `replaced`.";

pub(super) const SCHEMA: &str = "\
Examples:
  The schema of a record (JSON Schema, draft 2020-12):
    vanban schema > vanban.record.schema.json

  The schema of the lines that `extract --errors` writes:
    vanban schema error";

pub(super) const FEED: &str = "\
Examples:
  What would be sent, as files: settings first, then bulk data:
    vanban feed elasticsearch records.ndjson -o to-load/

  Send records to a cluster; what was sent before is written over by id:
    export VANBAN_FEED_API_KEY=…
    vanban feed elasticsearch records.ndjson --url https://es.example:9200

  Documents that are read on the way, with their full text, into PostgreSQL:
    export PGPASSWORD=…
    vanban feed postgres tin-tuc/ --url postgresql://me@db.example/news
    psql news -c \"SELECT * FROM announcements_search('vinh phuc', 5)\"

  A long run that can be cut off; the same command goes on where it was:
    vanban feed opensearch crawl.ndjson --url https://os.example:9200 \\
      --checkpoint feed.state --errors refused.ndjson

  A server with a certificate of your own:
    vanban feed meilisearch records.ndjson --url https://10.0.0.7:7700 \\
      --ca our-ca.pem

Environment: VANBAN_FEED_USER and VANBAN_FEED_PASSWORD, or VANBAN_FEED_API_KEY;
for PostgreSQL PGPASSWORD, and PGUSER if --url names no user. They are never
printed. A proxy is taken from HTTPS_PROXY, HTTP_PROXY and NO_PROXY.

Exit codes: 0 done; 1 done, but some documents were unreadable or refused;
2 wrong usage, or the server cannot be used (then --checkpoint goes on).";

pub(super) const EVAL: &str = "\
Examples:
  How good are the rules on my own gold?
    vanban eval gold/

  What is wrong with the dates?
    vanban eval gold/ --errors dates

  Score records made earlier, or by another program:
    vanban eval gold/ records.ndjson --json

  Fail when a figure falls below its floor:
    vanban eval gold/ --floors floors.tsv

GOLD_DIR holds NAME.txt with NAME.gold.json beside it; records are matched by
the file name of their source.path. Spans count code points of NAME.txt.
Exit codes: 0 done; 1 below a floor; 2 wrong usage or no gold.";

pub(super) const EVAL_SEARCH: &str = "\
Examples:
  How well does search rank, trap by trap?
    vanban eval search corpus/search

  Which queries went wrong, and what came first?
    vanban eval search corpus/search --errors

  Beside PostgreSQL and Groonga, and fail where they are ahead:
    vanban eval search corpus/search --floors corpus/search/floors.tsv \\
      --postgres postgresql://localhost/test --groonga http://localhost:10041

SET is a folder: queries.jsonl, documents.jsonl, and folders.txt if texts of
other folders belong to it.
Exit codes: 0 done; 1 below a floor; 2 wrong usage, no set or no server.";

pub(super) const COMPLETIONS: &str = "\
Examples:
    vanban completions bash > ~/.local/share/bash-completion/completions/vanban
    vanban completions zsh > ~/.zfunc/_vanban
    vanban completions fish > ~/.config/fish/completions/vanban.fish";

pub(super) const MAN: &str = "\
Examples:
    vanban man | man -l -
    vanban man extract > vanban-extract.1";
