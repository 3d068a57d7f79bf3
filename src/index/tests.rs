//! The index as a whole: what is found, in which order, and what stays.

use super::query::{
    DocNumber, Field, Filter, Node, Period, Query, Value, Word,
};
use super::{Added, Answer, Index, SearchOptions, Sort, WriteOptions};
use crate::wire::Entry;
use std::num::NonZeroUsize;

fn options() -> WriteOptions {
    WriteOptions {
        threads: NonZeroUsize::MIN,
        memory: 16,
        ..WriteOptions::default()
    }
}

fn entry(id: &str, title: &str, body: &str) -> Entry {
    Entry {
        id: id.to_owned(),
        kind: "announcement".to_owned(),
        title: Some(title.to_owned()),
        contents: vec![body.to_owned()],
        path: format!("{id}.txt"),
        ..Entry::default()
    }
}

fn act(id: &str, issuer: &str, province: &str, symbol: &str) -> Entry {
    Entry {
        issuer: Some(issuer.to_owned()),
        province: Some(province.to_owned()),
        province_now: Some(province.to_owned()),
        type_name: Some("Kế hoạch".to_owned()),
        symbol: Some(symbol.to_owned()),
        year: Some(2021),
        issued: Some("2021-09-16".to_owned()),
        issued_from: Some("2021-09-16".to_owned()),
        issued_to: Some("2021-09-16".to_owned()),
        ..entry(id, &format!("Kế hoạch của {issuer}"), "Thi đua.")
    }
}

fn index(entries: &[Entry]) -> Index {
    let index = Index::in_memory();
    let mut writer = index.writer(&options()).expect("a writer");
    for entry in entries {
        writer.add(entry).expect("added");
    }
    writer.finish().expect("written");
    index
}

fn typed(words: &str) -> Vec<Word> {
    words.split(' ').map(|word| Word::new(word, 0..0)).collect()
}

fn query(root: Node) -> Query {
    Query { text: String::new(), root }
}

fn ask(index: &Index, root: Node) -> Answer {
    let searcher = index.searcher().expect("a searcher");
    let options = SearchOptions { facets: 10, ..SearchOptions::default() };
    searcher.search(&query(root), &options).expect("an answer")
}

fn ids(answer: &Answer) -> Vec<&str> {
    answer.hits.iter().map(|hit| hit.id.as_str()).collect()
}

fn found(index: &Index, words: &str) -> Vec<String> {
    let answer = ask(index, Node::Words(typed(words)));
    ids(&answer).into_iter().map(ToOwned::to_owned).collect()
}

#[test]
fn what_is_typed_without_marks_finds_all_and_with_marks_itself_first() {
    let index = index(&[
        entry("1", "Sửa chữa con đường", "đường làng"),
        entry("2", "Ánh dương", "dương lịch"),
        entry("3", "Tòa án", "án phí"),
        entry("4", "An ninh", "an toàn"),
    ]);
    assert_eq!(found(&index, "duong").len(), 2);
    assert_eq!(found(&index, "đường"), ["1", "2"]);
    assert_eq!(found(&index, "dương"), ["2", "1"]);
    assert_eq!(found(&index, "án"), ["3", "4"]);
    assert_eq!(found(&index, "toà án"), ["3"]);
}

#[test]
fn marks_may_be_typed_for_some_words_only() {
    let index = index(&[
        entry("1", "Tỉnh Vĩnh Phúc", ""),
        entry("2", "Tinh thần vinh phục", ""),
    ]);
    assert_eq!(found(&index, "vinh phuc").len(), 2);
    assert_eq!(found(&index, "vinh Phúc"), ["1", "2"]);
    assert_eq!(found(&index, "vinh phục"), ["2", "1"]);
}

#[test]
fn marks_count_between_neighbours_too() {
    let index = index(&[
        entry("1", "Cứu hổ", "giúp các hộ dân, cứu hổ con, cứu hổ mẹ"),
        entry("2", "Tin", "đội đi cứu hộ trong đêm"),
    ]);
    assert_eq!(found(&index, "cứu hộ"), ["2", "1"]);
}

#[test]
fn words_side_by_side_come_before_scattered_ones() {
    let index = index(&[
        entry("1", "Tin", "bộ phận, y sĩ, bộ đội, thực tế, y tá, kinh tế"),
        entry("2", "Tin", "theo Bộ Y tế, việc tiêm vắc xin"),
    ]);
    assert_eq!(found(&index, "bo y te"), ["2", "1"]);
}

#[test]
fn an_abbreviation_finds_what_it_stands_for_and_the_other_way_round() {
    let index = index(&[
        entry("1", "Ủy ban nhân dân tỉnh Hà Nam", ""),
        entry("2", "UBND tỉnh Hà Nam", ""),
        entry("3", "Nhân dân tỉnh Hà Nam", "ủy quyền của ban"),
    ]);
    for words in
        ["ubnd hà nam", "uy ban nhan dan ha nam", "Uỷ ban nhân dân Hà Nam"]
    {
        assert_eq!(found(&index, words).len(), 2, "{words}");
        assert!(!found(&index, words).contains(&"3".to_owned()));
    }
}

#[test]
fn a_phrase_has_all_its_wordings_and_no_gaps() {
    let index = index(&[
        entry("1", "Ủy ban nhân dân tỉnh Hà Nam", ""),
        entry("2", "UBND tỉnh Hà Nam", ""),
        entry("3", "Ủy ban nhân dân các tỉnh, Hà Nam", ""),
        entry("4", "Tỉnh Thừa Thiên Huế", ""),
    ]);
    for words in ["ubnd tỉnh", "ủy ban nhân dân tỉnh", "uy ban nhan dan tinh"]
    {
        let answer = ask(&index, Node::Phrase(typed(words)));
        assert_eq!(answer.total, 2, "{words}");
    }
    let answer = ask(&index, Node::Phrase(typed("tỉnh thừa thiên huế")));
    assert_eq!(ids(&answer), ["4"]);
}

fn number(key: &str, coded: bool, words: &str) -> DocNumber {
    DocNumber {
        key: key.to_owned(),
        shown: String::new(),
        coded,
        words: typed(words),
        place: 0..0,
    }
}

#[test]
fn an_act_comes_before_those_that_cite_it() {
    let mut citing = entry("1", "Triển khai Kế hoạch 240/KH-UBND", "240");
    citing.references = vec!["240/KH-UBND".to_owned()];
    let own = act("2", "UBND tỉnh Vĩnh Phúc", "Vĩnh Phúc", "240/KH-UBND");
    let other = act("3", "UBND tỉnh Vĩnh Phúc", "Vĩnh Phúc", "241/KH-UBND");
    let index = index(&[citing, own, other]);
    let asked = number("240 kh ubnd", true, "240 kh ubnd");
    let answer = ask(&index, Node::Number(asked.clone()));
    assert_eq!(ids(&answer), ["2", "1"]);
    let filter = Filter {
        field: Field::Number,
        value: Value::Number(asked),
        place: 0..0,
    };
    assert_eq!(ids(&ask(&index, Node::Filter(filter))), ["2"]);
}

#[test]
fn filters_and_facets() {
    let mut old = act("1", "UBND tỉnh Hà Nam", "Hà Nam", "1/KH-UBND");
    old.province_now = Some("Ninh Bình".to_owned());
    old.issued_from = Some("2021-10-01".to_owned());
    old.issued_to = Some("2021-10-31".to_owned());
    let new = act("2", "UBND tỉnh Ninh Bình", "Ninh Bình", "2/KH-UBND");
    let index = index(&[old, new]);
    let filter =
        |field, value| Node::Filter(Filter { field, value, place: 0..0 });
    let province = |name| filter(Field::Province, Value::Province(vec![name]));
    assert_eq!(ids(&ask(&index, province("Ninh Bình"))), ["1", "2"]);
    assert_eq!(ids(&ask(&index, province("Hà Nam"))), ["1"]);
    let period = |from: &str, to: &str| {
        filter(
            Field::Issued,
            Value::Issued(Period {
                from: Some(from.to_owned()),
                to: Some(to.to_owned()),
            }),
        )
    };
    assert_eq!(ids(&ask(&index, period("2021-10-15", "2021-12-31"))), ["1"]);
    assert_eq!(ids(&ask(&index, period("2021-09-01", "2021-09-30"))), ["2"]);
    let issuer = filter(
        Field::Issuer,
        Value::Phrase(typed("ủy ban nhân dân tỉnh ninh bình")),
    );
    let not = Node::And(vec![
        Node::Words(typed("kế hoạch")),
        Node::Not(Box::new(issuer)),
    ]);
    assert_eq!(ids(&ask(&index, not)), ["1"]);
    let facets = ask(&index, Node::All).facets.expect("facets");
    let provinces: Vec<_> =
        facets.province.iter().map(|b| (&*b.value, b.count)).collect();
    assert_eq!(provinces, [("Hà Nam", 1), ("Ninh Bình", 1)]);
    assert_eq!(facets.year[0].value, "2021");
    assert_eq!(facets.year[0].count, 2);
}

#[test]
fn dates_sort_both_ways_and_what_has_none_is_last() {
    let mut late = act("1", "A", "A", "1/KH");
    late.issued_from = Some("2022-01-01".to_owned());
    let index = index(&[entry("0", "A", ""), late, act("2", "A", "A", "2/KH")]);
    let searcher = index.searcher().expect("a searcher");
    let sorted = |sort| {
        let options = SearchOptions { sort, ..SearchOptions::default() };
        let answer = searcher.search(&query(Node::Words(typed("a"))), &options);
        let answer = answer.expect("an answer");
        ids(&answer).into_iter().map(ToOwned::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(sorted(Sort::Newest), ["1", "2", "0"]);
    assert_eq!(sorted(Sort::Oldest), ["2", "1", "0"]);
}

#[test]
fn where_no_document_has_all_words_some_are_let_go() {
    let index = index(&[
        entry("1", "Phòng chống dịch ở Hà Nam", ""),
        entry("2", "Phòng cháy", ""),
    ]);
    let words = typed("phòng chống dịch xyzzy");
    let answer = ask(&index, Node::Words(words));
    assert_eq!(ids(&answer), ["1"]);
    let relaxed = answer.relaxed.expect("words were let go");
    assert_eq!((relaxed.words, relaxed.least), (4, 3));
}

#[test]
fn slips_of_all_kinds_are_noticed() {
    let index = index(&[
        entry("1", "Vĩnh Phúc thi đua", ""),
        entry("2", "Vĩnh Phúc thi đua", ""),
    ]);
    let searcher = index.searcher().expect("a searcher");
    for (asked, meant) in [
        ("vinh phucs", "vinh phúc"),
        ("vinh phuxc", "vinh phuc"),
        ("vinh pjuc", "vinh phuc"),
        ("thidua", "thi dua"),
    ] {
        let query = Query::parse(asked).expect("a query");
        let answer = searcher.search(&query, &SearchOptions::default());
        let answer = answer.expect("an answer");
        let first = answer.did_you_mean.first();
        assert_eq!(first.map(|s| s.query.as_str()), Some(meant), "{asked}");
    }
}

#[test]
fn snippets_mark_what_was_looked_for() {
    let body =
        "Thực hiện chỉ đạo của Ủy ban nhân dân tỉnh.\n\nNội dung thi đua:";
    let index = index(&[entry("1", "Tin", body)]);
    let answer = ask(&index, Node::Words(typed("ubnd tỉnh thi đua")));
    let snippet = &answer.hits[0].snippets[0];
    assert_eq!(snippet.field, "contents");
    let letters: Vec<char> = snippet.text.chars().collect();
    let marked: Vec<String> = snippet
        .marks
        .iter()
        .map(|[start, end]| letters[*start..*end].iter().collect())
        .collect();
    assert_eq!(marked, ["Ủy ban nhân dân tỉnh", "thi đua"]);
}

#[test]
fn an_entry_is_there_once_in_its_last_form() {
    let index = Index::in_memory();
    let mut writer = index.writer(&options()).expect("a writer");
    let first = entry("1", "Một", "");
    assert_eq!(writer.add(&first).expect("added"), Added::New);
    assert_eq!(writer.add(&first).expect("added"), Added::Unchanged);
    writer.commit().expect("written");
    assert_eq!(writer.add(&first).expect("added"), Added::Unchanged);
    let second = entry("1", "Hai", "");
    assert_eq!(writer.add(&second).expect("added"), Added::Replaced);
    writer.finish().expect("written");
    assert_eq!(found(&index, "một"), Vec::<String>::new());
    assert_eq!(found(&index, "hai"), ["1"]);
    let searcher = index.searcher().expect("a searcher");
    assert_eq!(searcher.len(), 1);
    assert_eq!(searcher.entry("1").expect("read"), Some(second));
}

#[test]
fn the_answer_is_the_same_however_the_index_is_cut() {
    let entries: Vec<Entry> = (0..500)
        .map(|n| {
            entry(
                &format!("{n:016x}"),
                "Phòng chống dịch",
                &"dịch ".repeat(n % 7),
            )
        })
        .collect();
    let whole = index(&entries);
    let cut = Index::in_memory();
    let options = WriteOptions { commit_every: 37, ..options() };
    let mut writer = cut.writer(&options).expect("a writer");
    for entry in entries.iter().rev() {
        writer.add(entry).expect("added");
    }
    writer.finish().expect("written");
    for words in ["phòng dịch", "chống", "phong chong dich"] {
        assert_eq!(found(&whole, words), found(&cut, words), "{words}");
    }
}

#[test]
fn paging_gives_every_hit_once() {
    let entries: Vec<Entry> =
        (0..700).map(|n| entry(&format!("{n:016x}"), "Dịch", "")).collect();
    let index = index(&entries);
    let searcher = index.searcher().expect("a searcher");
    let mut seen = Vec::new();
    for offset in (0..700).step_by(50) {
        let options =
            SearchOptions { offset, limit: 50, ..SearchOptions::default() };
        let answer =
            searcher.search(&query(Node::Words(typed("dịch"))), &options);
        let answer = answer.expect("an answer");
        seen.extend(answer.hits.into_iter().map(|hit| hit.id));
    }
    let expected: Vec<String> = (0..700).map(|n| format!("{n:016x}")).collect();
    assert_eq!(seen, expected);
}

#[test]
fn like_documents_are_found() {
    let index = index(&[
        entry("1", "Tiêm vắc xin cho học sinh", "tiêm vắc xin mũi hai"),
        entry("2", "Học sinh được tiêm vắc xin", "tiêm mũi hai"),
        entry("3", "Bóng đá", "trận đấu"),
        entry("4", "Bóng chuyền", "trận đấu"),
    ]);
    let searcher = index.searcher().expect("a searcher");
    let options = SearchOptions::default();
    let answer = searcher.similar("1", &options).expect("an answer");
    assert_eq!(ids(&answer), ["2"]);
    assert!(searcher.similar("9", &options).is_err());
}

#[test]
fn one_writer_at_a_time_and_no_foreign_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("index");
    let index = Index::create(&path).expect("an index");
    let writer = index.writer(&options()).expect("a writer");
    let refused = Index::create(&path)
        .and_then(|index| index.writer(&options()).map(|_| ()));
    let message = refused.expect_err("a second writer").to_string();
    assert!(message.contains("another vanban is writing to"), "{message}");
    drop(writer);
    Index::open(&path).expect("an empty index");
    std::fs::write(folder.path().join("a.txt"), "a").expect("written");
    let message = Index::create(folder.path()).expect_err("refused");
    assert!(message.to_string().contains("other things"));
    let message = Index::open(folder.path()).expect_err("refused");
    assert!(message.to_string().contains("no index"));
}

#[test]
fn a_word_without_marks_beside_one_with_marks_may_mean_what_it_says() {
    let entries = [
        entry("1", "Khai giảng", "Kế hoạch năm học mới ở Nam Định"),
        entry("2", "Khám bệnh", "Phòng khám nam học của bệnh viện"),
        entry("3", "Khám bệnh", "Năm nay khám cho học sinh"),
    ];
    let whole = index(&entries);
    assert_eq!(found(&whole, "nam học"), ["2", "1", "3"]);
    assert_eq!(found(&whole, "năm học")[0], "1");
    // Whether a part of the index has the word with marks or has it not.
    let cut = Index::in_memory();
    let options = WriteOptions { commit_every: 1, ..options() };
    let mut writer = cut.writer(&options).expect("a writer");
    for entry in &entries {
        writer.add(entry).expect("added");
    }
    writer.finish().expect("written");
    let scores = |index: &Index| -> Vec<(String, f32)> {
        let hits = ask(index, Node::Words(typed("nam học"))).hits;
        hits.into_iter().map(|hit| (hit.id, hit.score)).collect()
    };
    assert_eq!(scores(&whole), scores(&cut));
}
