//! Scoring, with figures worked out by hand.

use crate::program::{code, folder, run, stderr, stdout};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Two documents. `ke-hoach`: every field is wanted. `tin`: no announcement.
fn gold() -> TempDir {
    let plan = "Hà Nam ra quân\nNgày 2/3/2022, UBND tỉnh Hà Nam ban hành \
                Kế hoạch 15/KH-UBND với tinh thần “Nhanh, gọn”.\n1. Một.\n2. Hai.\n";
    let place = |words: &str| {
        let byte = plan.find(words).expect("the words");
        let start = plan[..byte].chars().count();
        json!([start, start + words.chars().count()])
    };
    let plan_gold = json!({
        "kind": "announcement",
        "title": place("Hà Nam ra quân"),
        "published": null,
        "issuer": {"names": ["UBND tỉnh Hà Nam"], "span": place("UBND tỉnh Hà Nam")},
        "type": ["KH", "QĐ"],
        "symbol": "15/KH-UBND",
        "issued": ["2022-03-02"],
        "campaign": [],
        "slogans": [{"kind": "spirit", "span": place("Nhanh, gọn")}],
        "contents": [
            {"label": "1.", "span": place("1. Một.")},
            {"label": "2.", "span": place("2. Hai.")}
        ],
        "dates": [{"span": place("Ngày 2/3/2022"), "value": "2022-03-02", "role": "issued"}],
        "references": ["7/QĐ-TTg"],
        "optional": {"slogans": [], "dates": [], "contents": [], "references": ["9/NQ-CP"]}
    });
    let record = json!({
        "source": {"path": "elsewhere/ke-hoach.txt"},
        "kind": "announcement",
        // Right, though in capitals: compared loosely.
        "title": {"text": "HÀ NAM RA QUÂN.", "span": place("Hà Nam ra quân")},
        "published": null,
        // Right, though in other words.
        "issuer": {"name": "Uỷ ban nhân dân tỉnh Hà Nam", "text": "sai", "span": [0, 3]},
        "document": {"code": "QĐ", "symbol": "15 /KH - UBND"},
        // Wrong: one false alarm and one miss.
        "issued": {"value": "2022-03-03"},
        // A false alarm.
        "campaign": {"text": "Ra quân"},
        "slogans": [{"text": "Nhanh, gọn", "span": place("Nhanh, gọn")}],
        // One of two, and one that is no item.
        "contents": {"items": [
            {"text": "1. Một.", "span": place("1. Một.")},
            {"text": "Hà Nam", "span": [0, 6]}
        ]},
        // The right words with the wrong value.
        "dates": [{"value": "2022-02-03", "text": "ngày 2/3/2022", "span": place("Ngày 2/3/2022")}],
        // One right, one that is optional.
        "references": [{"symbol": "7/QĐ-TTG"}, {"symbol": "9/NQ-CP"}]
    });
    let plan_record = format!("{record}\n");
    folder(&[
        ("gold/ke-hoach.txt", plan.as_bytes()),
        ("gold/ke-hoach.gold.json", plan_gold.to_string().as_bytes()),
        ("gold/tin.txt", "Trận đấu tối nay\n".as_bytes()),
        (
            "gold/tin.gold.json",
            json!({"kind": "other", "title": null, "published": "2022-01-01",
                   "issuer": null, "type": null, "symbol": null, "issued": [],
                   "campaign": [], "slogans": [], "contents": [], "dates": [],
                   "references": []})
            .to_string()
            .as_bytes(),
        ),
        ("records.ndjson", plan_record.as_bytes()),
        (
            "low.tsv",
            "# least F1\nfield\tf1\nsymbol\t1.0\nkind\t0.6\n".as_bytes(),
        ),
        ("high.tsv", "issued\t0.5\n".as_bytes()),
    ])
}

#[test]
fn figures_are_those_worked_out_by_hand() {
    let folder = gold();
    let output =
        run(folder.path(), &["eval", "gold", "records.ndjson", "--json"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let scores: Value = serde_json::from_str(stdout(&output)).expect("JSON");
    assert_eq!((&scores["docs"], &scores["missing"]), (&json!(2), &json!(1)));
    // Spans with texts: title, issuer, slogan, two items, one date; the
    // issuer's is not its slice.
    assert_eq!(scores["slice_equal"], json!([5, 6]));
    for (field, tp, fp, missed) in [
        ("kind", 1, 0, 1),
        ("title", 1, 0, 0),
        ("published", 0, 0, 1),
        ("issuer", 1, 0, 0),
        ("type", 1, 0, 0),
        ("symbol", 1, 0, 0),
        ("issued", 0, 1, 1),
        ("campaign", 0, 1, 0),
        ("slogans", 1, 0, 0),
        ("contents", 1, 1, 1),
        ("dates", 0, 1, 1),
        ("references", 1, 0, 0),
    ] {
        let row = &scores["fields"][field];
        assert_eq!(
            (&row["tp"], &row["fp"], &row["fn"]),
            (&json!(tp), &json!(fp), &json!(missed)),
            "{field}"
        );
    }
    let kind = &scores["fields"]["kind"];
    assert_eq!(kind["p"], 1.0);
    assert_eq!(kind["r"], 0.5);
    assert_eq!(kind["f1"], 0.6667);
    // Six fields at 1, kind at 2/3, contents at 1/2, four at 0.
    assert_eq!(scores["macro_f1"], 0.5972);
}

#[test]
fn the_table_lists_mistakes_and_floors_fail() {
    let folder = gold();
    let eval = |args: &[&str]| {
        let all = [&["eval", "gold", "records.ndjson"], args].concat();
        run(folder.path(), &all)
    };
    let output = eval(&["--errors", "all", "--floors", "low.tsv"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    for line in [
        "kind             1.0000   0.5000   0.6667       1       0       1",
        "issued\tke-hoach\twrong\t2022-03-03\twanted\t2022-03-02",
        "contents\tke-hoach\textra\t“Hà Nam”",
        "contents\tke-hoach\tmissed\t“2. Hai.”",
        "published\ttin\tmissed\t2022-01-01",
    ] {
        assert!(
            stdout(&output).lines().any(|l| l == line),
            "no line {line:?} in\n{}",
            stdout(&output)
        );
    }
    let one = eval(&["--errors", "issued"]);
    assert!(!stdout(&one).contains("contents\tke-hoach"));
    let below = eval(&["--floors", "high.tsv"]);
    assert_eq!(code(&below), 1);
    assert!(stderr(&below).contains("issued: 0.0000 is below its floor 0.5"));
    let unknown = eval(&["--errors", "isued"]);
    assert_eq!(code(&unknown), 2);
    assert!(stderr(&unknown).contains("issued"));
}

#[test]
fn without_records_the_texts_are_extracted_now() {
    let folder = gold();
    let output = run(folder.path(), &["eval", "gold", "--json"]);
    let scores: Value = serde_json::from_str(stdout(&output)).expect("JSON");
    assert_eq!((&scores["docs"], &scores["missing"]), (&json!(2), &json!(0)));
    let slices = scores["slice_equal"].as_array().expect("two counts");
    assert_eq!(slices[0], slices[1], "a span is not its slice");
}

#[test]
fn records_of_other_texts_are_refused() {
    let folder = gold();
    let other = json!({"source": {"path": "khac.txt"}, "kind": "other"});
    std::fs::write(folder.path().join("other.ndjson"), other.to_string())
        .expect("a file");
    let output = run(folder.path(), &["eval", "gold", "other.ndjson"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("no record of"), "{}", stderr(&output));
}
