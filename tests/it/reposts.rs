//! Reposts in the library: planted pairs, plans of one movement, copies
//! changed by hand, the disk, and going on where a run stopped.

use crate::planted::{Kind, Planted, Score, id};
use std::path::{Path, PathBuf};
use vanban::extract::{Context, extract};
use vanban::reposts::{Mark, Options, Print, Repost, Reposts};
use vanban::text::Text;

fn take_all(
    reposts: &mut Reposts,
    prints: impl IntoIterator<Item = Print>,
) -> Vec<Repost> {
    let take = |print| reposts.take(&print).expect("room on the disk");
    prints.into_iter().map(take).collect()
}

#[test]
fn planted_copies_are_found_and_nothing_else() {
    let planted = Planted::new(1);
    let count = 2_400;
    let mut reposts = Reposts::new(Options::default());
    let mut score = Score::default();
    for number in 0..count {
        let repost = reposts.take(&planted.print(number)).expect("taken");
        score.take(&planted, number, &repost);
        if planted.kind(number) == Kind::Single {
            let alone = Repost {
                cluster: id(number),
                first: format!("tin.jsonl#{number}"),
                similarity: None,
                joins: Vec::new(),
            };
            assert_eq!(repost, alone);
        }
    }
    let pairs: u64 = score.levels[4..].iter().map(|level| level.0).sum();
    assert!(pairs > 80, "{pairs} pairs");
    assert!(score.recall() >= 0.97, "recall {}", score.recall());
    assert!(score.precision() >= 0.99, "precision {}", score.precision());
    assert_eq!((reposts.documents(), reposts.reposts()), (count, score.said));
}

#[test]
fn the_answers_do_not_depend_on_the_memory() {
    let planted = Planted::new(2);
    let prints: Vec<Print> = (0..1_500).map(|n| planted.print(n)).collect();
    let mut roomy = Reposts::new(Options::default());
    let folder = tempfile::tempdir().expect("a folder");
    let mut narrow = Reposts::new(Options {
        memory: 1,
        folder: Some(folder.path().to_owned()),
    });
    let expected = take_all(&mut roomy, prints.clone());
    assert_eq!(take_all(&mut narrow, prints), expected);
    assert!(expected.iter().any(|repost| repost.similarity.is_some()));
    // Nothing is left behind that has a name.
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0);
}

#[test]
fn a_disk_that_cannot_be_written_is_named() {
    let planted = Planted::new(3);
    let mut reposts = Reposts::new(Options {
        memory: 1,
        folder: Some(PathBuf::from("no/such/folder")),
    });
    let failed = (0..1_000).find_map(|n| reposts.take(&planted.print(n)).err());
    let message = failed.expect("an error").to_string();
    assert!(message.contains("no/such/folder"), "{message}");
}

#[test]
fn a_run_goes_on_where_it_stopped() {
    let planted = Planted::new(4);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("members");
    let prints: Vec<Print> = (0..900).map(|n| planted.print(n)).collect();
    let expected =
        take_all(&mut Reposts::new(Options::default()), prints.clone());
    for memory in [1, 64 << 20] {
        let options = Options { memory, folder: None };
        for stop in [0, 1, 10, 333, 899] {
            let (done, rest) = prints.split_at(stop);
            let mut run =
                Reposts::create(&file, options.clone()).expect("created");
            take_all(&mut run, done.to_vec());
            let mark = run.sync().expect("written");
            // What came behind the mark was not in the output.
            take_all(&mut run, rest[..rest.len() / 2].to_vec());
            run.sync().expect("written");
            drop(run);
            let mut run =
                Reposts::resume(&file, mark, options.clone()).expect("resumed");
            assert_eq!(take_all(&mut run, rest.to_vec()), expected[stop..]);
            let said = expected.iter().filter(|r| r.similarity.is_some());
            assert_eq!(run.reposts(), said.count() as u64);
        }
    }
}

#[test]
fn a_file_of_another_run_is_refused() {
    let planted = Planted::new(5);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("members");
    let mut run = Reposts::create(&file, Options::default()).expect("created");
    take_all(&mut run, (0..50).map(|n| planted.print(n)));
    let mark = run.sync().expect("written");
    drop(run);
    let resume = |mark| Reposts::resume(&file, mark, Options::default());
    assert!(resume(mark).is_ok());
    let longer = Mark { bytes: mark.bytes + 64, ..mark };
    let message = resume(longer).err().expect("refused").to_string();
    assert!(message.contains("begin the run anew"), "{message}");
    // A bit that flipped on the disk.
    let mut bytes = std::fs::read(&file).expect("read");
    let at = bytes.len() / 2;
    bytes[at] ^= 4;
    std::fs::write(&file, bytes).expect("written");
    assert!(resume(mark).is_err());
}

fn read(text: &str, name: &str) -> Print {
    let text = Text::new(text);
    let mut record = extract(&text, &Context::default());
    record.id = name.to_owned();
    record.source.path = name.to_owned();
    Print::of(&text, &record)
}

fn corpus(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(root.join(folder)).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|e| e == "txt") {
            let name = path.file_stem().expect("a name").to_string_lossy();
            let text = std::fs::read_to_string(&path).expect("a text");
            texts.push((name.into_owned(), text));
        }
    }
    texts.sort();
    texts
}

/// The new style of tone marks.
fn new_style(text: &str) -> String {
    const PAIRS: [(&str, &str); 9] = [
        ("òa", "oà"),
        ("óa", "oá"),
        ("ỏa", "oả"),
        ("ọa", "oạ"),
        ("ỏe", "oẻ"),
        ("úy", "uý"),
        ("ủy", "uỷ"),
        ("ụy", "uỵ"),
        ("ùy", "uỳ"),
    ];
    PAIRS
        .iter()
        .fold(text.to_owned(), |text, (old, new)| text.replace(old, new))
}

/// What another site makes of an article: its own dateline and byline, one
/// sentence edited, the new style of tone marks.
fn reposted(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let longest = lines.iter().max_by_key(|l| l.len()).expect("a line");
    let words: Vec<&str> = longest.split(' ').collect();
    let from = words.len() / 2;
    let mut edited = words[..from].to_vec();
    edited.extend(["mà", "các", "nơi"]);
    edited.extend(&words[(from + 4).min(words.len())..]);
    let text = text.replacen(longest, &edited.join(" "), 1);
    let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
    new_style(&format!(
        "{first}\n\nThứ Bảy, 05/11/2022 - 07:30\n{rest}\n\nTheo Báo Tin Mới\n"
    ))
}

#[test]
fn an_article_on_another_site_is_the_same_article() {
    let mut reposts = Reposts::new(Options::default());
    let texts: Vec<_> = [corpus("documents"), corpus("movement")]
        .into_iter()
        .flatten()
        .collect();
    assert!(texts.len() >= 50);
    for (name, text) in &texts {
        let repost = reposts.take(&read(text, name)).expect("taken");
        assert_eq!(&repost.cluster, name, "two articles are one");
    }
    for (name, text) in &texts {
        let again = format!("{name}-again");
        let repost = reposts.take(&read(&reposted(text), &again));
        let repost = repost.expect("taken");
        assert_eq!((&repost.cluster, &repost.first), (name, name));
        let similarity = repost.similarity.expect("a repost");
        assert!((0.8..1.0).contains(&similarity), "{name}: {similarity}");
    }
}

#[test]
fn plans_of_one_movement_are_never_one_article() {
    let seeds = corpus("documents");
    let seed = |name: &str| {
        let found = seeds.iter().find(|(n, _)| n == name).expect("a seed");
        found.1.clone()
    };
    let (first, second) = (seed("vinh-phuc-2021"), seed("quang-nam-2021"));
    let (a, b) = (read(&first, "a"), read(&second, "b"));
    assert!(a.similarity(&b) > 0.2, "they share much");
    let mut reposts = Reposts::new(Options::default());
    let clusters = take_all(&mut reposts, [a, b]);
    assert_eq!(clusters[1].cluster, "b");
    // Copies that only changed what must be changed: the same words to more
    // than the threshold, and another plan.
    let mut reposts = Reposts::new(Options::default());
    let plans = [
        first.clone(),
        first.replace("Vĩnh Phúc", "Hà Nam"),
        first.replace("240/KH-UBND", "251/KH-UBND"),
        first.replace("Vĩnh Phúc", "Bắc Giang").replace("240/KH", "118/KH"),
    ];
    for (n, plan) in plans.iter().enumerate() {
        let print = read(plan, &n.to_string());
        let similarity = print.similarity(&read(&first, "0"));
        assert!(similarity >= 0.8, "plan {n}: {similarity}");
        let repost = reposts.take(&print).expect("taken");
        assert_eq!(repost.cluster, n.to_string());
    }
    // And a repost of each finds its own.
    for (n, plan) in plans.iter().enumerate() {
        let again = reposts.take(&read(&reposted(plan), "again"));
        let again = again.expect("taken");
        assert_eq!((again.cluster, again.joins), (n.to_string(), vec![]));
    }
}

#[test]
fn one_that_says_nothing_does_not_join_two_plans() {
    let of = |issuer: &str| {
        format!(
            "{issuer} ban hành kế hoạch phát động phong trào thi đua trồng cây xanh. \
             Các sở, ngành, địa phương vận động mỗi hộ trồng ít nhất hai cây trước mùa mưa, \
             chăm sóc và bảo vệ cây đã trồng, nhân rộng những cách làm hay, khen thưởng kịp \
             thời các tập thể, cá nhân có thành tích. Kinh phí lấy từ nguồn xã hội hóa, \
             không dùng ngân sách. Các đơn vị báo cáo kết quả vào cuối quý để tổng hợp."
        )
    };
    let nobody = read(&of("Lãnh đạo tỉnh"), "nobody");
    let one = read(&of("Ngày 3/4/2019, UBND tỉnh Hà Nam"), "one");
    let other = read(&of("Ngày 3/4/2019, UBND tỉnh Phú Yên"), "other");
    assert!(one.similarity(&other) >= 0.8);
    let clusters = take_all(
        &mut Reposts::new(Options::default()),
        [nobody.clone(), one.clone(), other.clone()],
    );
    let names: Vec<&str> =
        clusters.iter().map(|c| c.cluster.as_str()).collect();
    assert_eq!(names, ["nobody", "nobody", "other"]);
    // In another order too.
    let clusters =
        take_all(&mut Reposts::new(Options::default()), [one, other, nobody]);
    let names: Vec<&str> =
        clusters.iter().map(|c| c.cluster.as_str()).collect();
    assert_eq!(names, ["one", "other", "one"]);
    assert!(clusters.iter().all(|cluster| cluster.joins.is_empty()));
}

#[test]
fn a_text_between_two_joins_their_clusters() {
    // A chain: each text shares nine tenths with the next.
    let planted = Planted::new(6);
    let words = planted.words(0);
    let other = planted.words(2);
    let words = &words[..100.min(words.len())];
    let part = |changed: usize| {
        let new = other[..changed].iter();
        new.chain(&words[changed..]).copied().collect::<Vec<_>>().join(" ")
    };
    let print = |changed, name: &str| read(&part(changed), name);
    let (a, b, c) = (print(0, "a"), print(8, "b"), print(16, "c"));
    assert!(a.similarity(&b) >= 0.8 && b.similarity(&c) >= 0.8);
    assert!(a.similarity(&c) < 0.8);
    let clusters =
        take_all(&mut Reposts::new(Options::default()), [a, c.clone(), b, c]);
    assert_eq!(clusters[1].cluster, "c");
    assert_eq!(clusters[2].cluster, "a");
    assert_eq!(clusters[2].joins, ["c"]);
    // From now on both are the older one.
    assert_eq!(clusters[3].cluster, "a");
    assert_eq!(clusters[3].similarity, Some(1.0));
}

#[test]
fn texts_without_words_are_no_reposts() {
    let mut reposts = Reposts::new(Options::default());
    for name in ["a", "b"] {
        let repost = reposts.take(&read("… – !", name)).expect("taken");
        assert_eq!((repost.cluster.as_str(), repost.similarity), (name, None));
    }
}
