//! Announcements side by side: the alignment against hand-made truth, the
//! shared text, the page.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use vanban::compare::{ChangeKind, Comparison, Document, Place, compare, page};
use vanban::extract::{Context, extract};
use vanban::record::Source;
use vanban::text::Text;

/// A document as the program reads it, its name for an id.
pub fn document(name: &str, raw: &str) -> Document {
    let text = Text::new(raw);
    let path = format!("{name}.txt");
    let source = Source { path, ..Source::default() };
    let context = Context { source, ..Context::default() };
    let mut record = extract(&text, &context);
    record.id = name.to_owned();
    Document { record, text: Some(raw.to_owned()) }
}

fn read(folder: &Path, name: &str) -> Document {
    let path = folder.join(format!("{name}.txt"));
    document(name, &fs::read_to_string(path).expect("a text"))
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// Quảng Nam comes before Vĩnh Phúc.
fn seeds() -> (Comparison, [Document; 2]) {
    let folder = corpus().join("documents");
    let mut documents =
        [read(&folder, "vinh-phuc-2021"), read(&folder, "quang-nam-2021")];
    (compare(&mut documents), documents)
}

/// Name and item, twice.
type Link = ((String, usize), (String, usize));

fn link(a: (String, usize), b: (String, usize)) -> Link {
    if a < b { (a, b) } else { (b, a) }
}

/// Documents of one movement with their links, aligned by hand.
struct Set {
    documents: Vec<Document>,
    links: Vec<Link>,
}

fn set(alignment: &Path) -> Set {
    let text = fs::read_to_string(alignment).expect("an alignment");
    let json: Value = serde_json::from_str(&text).expect("JSON");
    let folder = alignment.parent().expect("a folder");
    let names = json["files"].as_object().expect("files").keys();
    let documents = names.map(|name| read(folder, name)).collect();
    let mut links = Vec::new();
    for pair in json["pairs"].as_array().expect("pairs") {
        let name = |side: &str| pair[side].as_str().expect("a name").to_owned();
        for items in pair["aligned"].as_array().expect("links") {
            let item = |i: usize| items[i].as_u64().expect("an item") as usize;
            links.push(link((name("a"), item(0)), (name("b"), item(1))));
        }
    }
    Set { documents, links }
}

fn found(comparison: &Comparison) -> Vec<Link> {
    let name = |place: &Place| {
        (comparison.documents[place.document].id.clone(), place.item)
    };
    comparison.links.iter().map(|l| link(name(&l.a), name(&l.b))).collect()
}

/// F1 of links, with what is wrong.
fn f1(wanted: &[Link], found: &[Link]) -> (f64, String) {
    let of = |x: &[Link], y: &[Link]| {
        x.iter().filter(|l| !y.contains(l)).cloned().collect::<Vec<_>>()
    };
    let (extra, missed) = (of(found, wanted), of(wanted, found));
    let right = 2.0 * (found.len() - extra.len()) as f64;
    let f1 = right / (right + (extra.len() + missed.len()) as f64);
    (f1, format!("F1 {f1:.4}\nextra {extra:?}\nmissed {missed:?}"))
}

/// F1 where every two documents are compared alone, so that no other copy
/// helps to weigh the words.
fn two_by_two(set: &Set) -> (f64, String) {
    let mut all = Vec::new();
    for (i, a) in set.documents.iter().enumerate() {
        for b in &set.documents[i + 1..] {
            all.extend(found(&compare(&mut [a.clone(), b.clone()])));
        }
    }
    f1(&set.links, &all)
}

#[test]
fn the_seeds_side_by_side() {
    let (c, _) = seeds();
    let names: Vec<&str> =
        c.documents.iter().map(|d| d.name.as_str()).collect();
    assert_eq!(names, ["UBND tỉnh Quảng Nam", "UBND tỉnh Vĩnh Phúc"]);
    let links: Vec<(usize, usize, bool)> =
        c.links.iter().map(|l| (l.b.item, l.a.item, l.moved)).collect();
    assert_eq!(
        links,
        [(1, 1, false), (2, 2, false), (3, 3, false), (4, 5, false)]
    );
    assert!(c.links.iter().all(|l| l.score > 0.5), "{:?}", c.links);
    assert_eq!(
        c.alone,
        [Place { document: 0, item: 4 }, Place { document: 1, item: 5 }]
    );
    let security = c.links[2].evidence.join("|");
    assert!(security.contains("thế lực phản động"), "{security}");
    let campaign = &c.common.templates[0];
    assert_eq!(
        campaign.text,
        "{province} đoàn kết, chung sức, đồng lòng thi đua phòng, chống … \
         chiến thắng đại dịch COVID-19"
    );
}

#[test]
fn the_added_clauses_of_the_seeds_are_named() {
    let (c, _) = seeds();
    let own = &c.common.documents[1].additions;
    let texts: Vec<&str> = own.iter().map(|o| o.text.as_str()).collect();
    assert_eq!(texts.len(), 2, "{texts:?}");
    assert!(texts[0].starts_with("Thi đua thực hiện tốt các chủ trương"));
    assert!(texts[1].starts_with("Thi đua góp phần xây dựng tỉnh"));
    assert!(own.iter().all(|o| o.span.is_some()));
    let row = c.rows.iter().find(|r| r.cells[0].items == [5]).expect("5");
    let added: Vec<&str> = row.cells[1]
        .diff
        .iter()
        .filter(|change| change.kind == ChangeKind::Added && !change.minor)
        .map(|change| change.b.trim())
        .collect();
    assert_eq!(
        added,
        ["do Chính phủ, Thủ tướng Chính phủ, Ủy ban Nhân dân tỉnh và \
          chính quyền các cấp triển khai."]
    );
}

#[test]
fn the_seeds_have_the_themes_that_a_reader_gives_them() {
    let (c, _) = seeds();
    let of = |document, item| {
        c.themes
            .labels
            .iter()
            .filter(|l| l.document == document && l.item == item)
            .map(|l| l.theme.as_str())
            .collect::<Vec<_>>()
    };
    let first = ["leadership", "epidemic", "economy", "health", "fund"];
    assert_eq!(of(1, 1), first);
    assert_eq!(of(1, 2), ["welfare", "jobs"]);
    assert_eq!(of(1, 3), ["security"]);
    assert_eq!(of(1, 4), ["epidemic", "digital", "communication"]);
    assert_eq!(of(1, 5), ["epidemic", "green-zone"]);
    assert_eq!(of(0, 4), ["vaccination"]);
    assert_eq!(of(0, 5), ["epidemic", "digital", "communication"]);
    let vaccination = c.themes.labels.iter().find(|l| l.theme == "vaccination");
    let words = &vaccination.expect("a label").words;
    assert_eq!(*words, ["tiêm vắc xin", "miễn dịch"]);
}

#[test]
fn fourteen_copies_of_one_movement_are_aligned() {
    let set = set(&corpus().join("movement/alignment.json"));
    let mut documents = set.documents.clone();
    let (whole, wrong) = f1(&set.links, &found(&compare(&mut documents)));
    assert!(whole >= 0.97, "{wrong}");
    let (apart, wrong) = two_by_two(&set);
    assert!(apart >= 0.96, "pair by pair: {wrong}");
}

/// Sets outside the project: `VANBAN_ALIGNMENT` names their alignment files,
/// separated by `:`.
#[test]
#[ignore = "needs VANBAN_ALIGNMENT"]
fn other_sets_are_aligned() {
    let paths = std::env::var("VANBAN_ALIGNMENT").expect("VANBAN_ALIGNMENT");
    for path in paths.split(':') {
        let set = set(Path::new(path));
        let mut documents = set.documents.clone();
        let (whole, wrong) = f1(&set.links, &found(&compare(&mut documents)));
        assert!(whole >= 0.95, "{path}: {wrong}");
        let (apart, wrong) = two_by_two(&set);
        assert!(apart >= 0.93, "{path}, pair by pair: {wrong}");
    }
}

#[test]
fn the_order_of_arguments_does_not_matter() {
    let set = set(&corpus().join("movement/alignment.json"));
    let mut documents = set.documents;
    let first = compare(&mut documents);
    for turn in 1..5 {
        documents.rotate_left(turn * 3 % 14);
        documents.swap(turn, 13 - turn);
        assert_eq!(compare(&mut documents), first);
    }
}

#[test]
fn nothing_and_one_are_compared_without_fuss() {
    assert!(compare(&mut []).rows.is_empty());
    let folder = corpus().join("documents");
    let c = compare(&mut [read(&folder, "vinh-phuc-2021")]);
    assert_eq!((c.links.len(), c.alone.len(), c.rows.len()), (0, 5, 5));
}

#[test]
fn every_span_is_a_slice_of_its_text() {
    let set = set(&corpus().join("movement/alignment.json"));
    let mut documents = set.documents;
    let c = compare(&mut documents);
    let mut checked = 0;
    for (side, document) in c.documents.iter().zip(&documents) {
        let raw = Text::new(document.text.as_deref().expect("a text"));
        for item in &side.items {
            for clause in &item.clauses {
                let span = clause.span.expect("a span");
                let words = vanban::text::normalize(raw.raw_slice(span));
                assert_eq!(vanban::text::one_line(&words), clause.text);
                checked += 1;
            }
        }
    }
    assert!(checked > 100, "{checked}");
}

#[test]
fn the_seeds_make_a_page() {
    let (comparison, documents) = seeds();
    let page = page(&comparison, &documents);
    assert!(page.contains("UBND tỉnh Vĩnh Phúc"));
    assert!(page.contains("chăm lo") && page.contains("chăm sóc"));
    assert!(!page.contains("{{"), "an open slot");
    for address in ["http:", "https:", "src=", "href=\"/", "url("] {
        assert!(!page.contains(address), "{address}");
    }
}

#[test]
fn texts_of_documents_stay_text_in_the_page() {
    let hostile = "</script><script>alert(1)</script>\
         <img src=x onerror=alert(2)><svg onload=alert(3)>{{script}}";
    let news = format!(
        "{hostile}\n\nNgày 1/2/2022, UBND tỉnh Hà Nam ban hành Kế hoạch số 1/KH-UBND phát động phong trào thi đua “Hà Nam {hostile}”. Nội dung thi đua:\n\n1. Giữ sạch sông {hostile}; trồng cây.\n\n2. Trồng rừng {hostile}.\n"
    );
    let mut documents =
        [document(hostile, &news), document("\"onfocus=\"alert(4)", &news)];
    let comparison = compare(&mut documents);
    assert_eq!(comparison.links.len(), 2);
    let page = page(&comparison, &documents);
    let lower = page.to_lowercase();
    assert_eq!(lower.matches("<script").count(), 2, "data and code only");
    assert_eq!(lower.matches("</script").count(), 2);
    assert!(!lower.contains("<img") && !lower.contains("<svg onload"));
    assert!(!lower.contains("\"onfocus=\"alert"));
    assert!(page.contains("{{script}}"), "a slot in a text stays text");
}
