//! Whole-text expectations and properties of normalization.

use super::*;
use proptest::prelude::*;
use unicode_normalization::{UnicodeNormalization, is_nfc};
use unicode_segmentation::GraphemeCursor;

/// Text as read and text normalized.
const CASES: &[(&str, &str)] = &[
    ("", ""),
    ("Tie\u{302}\u{301}ng Vie\u{323}\u{302}t", "Tiếng Việt"),
    ("tê\u{301} tẹ\u{302} ọ\u{31b} ó\u{31b}", "tế tệ ợ ớ"),
    // Marks in an order that NFC does not compose stay as NFC has them.
    ("o\u{301}\u{302}", "ó\u{302}"),
    ("½ m² ﬁ ① 10²", "½ m² ﬁ ① 10²"),
    ("Ð\u{110}ð, nƣớc ĐƢỜNG", "ĐĐđ, nước ĐƯỜNG"),
    (
        "QĐ – UBND, KH‑UBND, 2021—2025, 5−3",
        "QĐ - UBND, KH-UBND, 2021-2025, 5-3",
    ),
    ("16∕9⁄2021", "16/9/2021"),
    ("a\u{a0}b\u{2009}\u{3000} c\td", "a b c d"),
    ("ti\u{ad}ếng\u{200b} Vi\u{feff}ệt\u{200e}", "tiếng Việt"),
    ("a\u{200b}\u{301}", "á"),
    ("a \u{200b} b", "a b"),
    ("\u{93}Vì dân\u{94} \u{96} hết\u{85}", "“Vì dân” - hết…"),
    ("a\u{8}b\u{0}c\u{1f}", "abc"),
    (
        "một\r\nhai\rba\n\nbốn\r\n\r\nnăm\u{2028}sáu",
        "một\nhai\nba\n\nbốn\n\nnăm\nsáu",
    ),
    ("một \r\r\n \u{a0}hai\u{b}ba\u{c}bốn", "một\nhai\nba\nbốn"),
    // Cyrillic letters in a symbol; Russian words and 5K alone stay.
    ("240/\u{41A}\u{41D}-UBND", "240/KH-UBND"),
    ("Москва, Хор", "Москва, Хор"),
    ("Ｂộ trưởng", "Bộ trưởng"),
    ("hoa\u{300} bi\u{300}nh", "hòa bình"),
    ("\u{f0b7} Thi đua", "• Thi đua"),
    ("5'\u{200b}' a’’ ‘‘b", "5\" a” “b"),
    ("한국 \u{1112}\u{1161}\u{11ab}", "한국 한"),
];

#[test]
fn normalized_as_expected() {
    for (raw, norm) in CASES {
        assert_eq!(normalize(raw), *norm, "{raw:?}");
        assert_eq!(normalize(norm), *norm);
    }
}

/// Pieces that normalization must look at, and letters between them.
const PIECES: &[&str] = &[
    "a",
    "o",
    "u",
    "y",
    "e",
    "i",
    "q",
    "g",
    "h",
    "t",
    "n",
    "d",
    "UY",
    "Đ",
    "đ",
    "ê",
    "ơ",
    "ư",
    "â",
    "ế",
    "ò",
    "à",
    "á",
    "ỷ",
    "ụ",
    "ễ",
    "hoà",
    "khoẻ",
    "thủy",
    "quý",
    "họat",
    "\u{300}",
    "\u{301}",
    "\u{303}",
    "\u{309}",
    "\u{323}",
    "\u{302}",
    "\u{306}",
    "\u{31b}",
    "\u{327}",
    "\u{344}",
    "\u{345}",
    "\u{34f}",
    "\"",
    "\"",
    "“",
    "”",
    "„",
    "«",
    "»",
    "'",
    "'",
    "‘",
    "’",
    "`",
    "\u{b4}",
    "\u{1fef}",
    "\u{2033}",
    "(",
    ")",
    ".",
    ",",
    ":",
    "-",
    "/",
    " ",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\t",
    "\u{b}",
    "\u{2028}",
    "\u{a0}",
    "\u{2002}",
    "\u{2001}",
    "\u{3000}",
    "\u{200b}",
    "\u{200d}",
    "\u{ad}",
    "\u{feff}",
    "\u{fe0f}",
    "\u{0}",
    "\u{7f}",
    "\u{85}",
    "\u{93}",
    "\u{94}",
    "\u{96}",
    "\u{8c}",
    "\u{d0}",
    "\u{f0}",
    "\u{1a3}",
    "\u{2013}",
    "\u{2011}",
    "\u{2044}",
    "\u{430}",
    "\u{41a}",
    "\u{418}",
    "\u{43e}",
    "\u{3bf}",
    "\u{ff21}",
    "\u{ff15}",
    "\u{212a}",
    "\u{212b}",
    "½",
    "²",
    "ﬁ",
    "1",
    "5",
    "2021",
    "\u{1100}",
    "\u{1161}",
    "\u{11a8}",
    "\u{d7b0}",
    "\u{2764}",
    "\u{ac00}",
    "\u{9be}",
    "\u{9c7}",
    "\u{915}",
    "\u{94d}",
    "\u{937}",
    "\u{1f1fb}",
    "\u{1f1f3}",
    "\u{1f469}",
    "\u{1f3fd}",
    "\u{f0b7}",
    "\u{e0041}",
    "漢",
    "か",
    "\u{3099}",
];

/// Sentences of everyday announcements, in the old tone style.
const SENTENCES: &[&str] = &[
    "Ủy ban nhân dân huyện Hòa An vừa ban hành kế hoạch số 12/KH-UBND.",
    "Toàn dân chăm lo sức khỏe, giữ gìn thủy lợi và tùy nghi ứng phó;",
    "Khóa họp xóa bỏ thủ tục, tỏa đi khắp nơi “chung tay vì trẻ nhỏ”.",
    "Quý vị đại biểu đã già, quỹ khuyến học góp quà cho thiếu nhi.",
    "HỘI ĐỒNG HÒA GIẢI: GIỮ HÒA KHÍ, HỦY BỎ HIỀM KHÍCH, LŨY TRE XANH",
    "Thông điệp \"một lòng, một ý\" lan tỏa; ông nói: 'Chúng tôi sẵn sàng'.",
    "Khoảng thời gian hoạt động: từ ngày 3/4 - 30/9/2022 tại xã Thụy Lôi.",
    "Đồng chí Nguyễn Quỳnh Thúy phát biểu, nhà văn hóa thôn được xây mới.",
];

/// The same in the new tone style, worked out from the words alone.
fn new_style(text: &str) -> String {
    const STYLES: [(&str, &str); 30] = [
        ("òa", "oà"),
        ("óa", "oá"),
        ("ỏa", "oả"),
        ("õa", "oã"),
        ("ọa", "oạ"),
        ("òe", "oè"),
        ("óe", "oé"),
        ("ỏe", "oẻ"),
        ("õe", "oẽ"),
        ("ọe", "oẹ"),
        ("ùy", "uỳ"),
        ("úy", "uý"),
        ("ủy", "uỷ"),
        ("ũy", "uỹ"),
        ("ụy", "uỵ"),
        ("ÒA", "OÀ"),
        ("ÓA", "OÁ"),
        ("ỎA", "OẢ"),
        ("ÕA", "OÃ"),
        ("ỌA", "OẠ"),
        ("ÒE", "OÈ"),
        ("ÓE", "OÉ"),
        ("ỎE", "OẺ"),
        ("ÕE", "OẼ"),
        ("ỌE", "OẸ"),
        ("ÙY", "UỲ"),
        ("ÚY", "UÝ"),
        ("ỦY", "UỶ"),
        ("ŨY", "UỸ"),
        ("ỤY", "UỴ"),
    ];
    let mut text = text.replace("Ủy", "Uỷ");
    for (old, new) in STYLES {
        text = text.replace(old, new);
    }
    text
}

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn announcement() -> impl Strategy<Value = String> {
    let ends = prop::sample::select(&["\n", "\n\n", " "][..]);
    let sentence = (prop::sample::select(SENTENCES), ends);
    prop::collection::vec(sentence, 1..8).prop_map(|parts| {
        parts.into_iter().flat_map(|(words, end)| [words, end]).collect()
    })
}

/// Every place between two characters of the normalized text.
fn places(text: &Text) -> Vec<usize> {
    let norm = text.norm();
    norm.char_indices().map(|(i, _)| i).chain([norm.len()]).collect()
}

fn check_map(text: &Text) {
    let (mut raw, mut norm, mut byte) = (0, 0, 0);
    for run in text.map().runs() {
        assert_eq!((run.raw, run.norm, run.raw_byte), (raw, norm, byte));
        assert!(run.raw_len > 0);
        raw += run.raw_len;
        norm += run.norm_len;
        let span = Span::new(run.raw, raw);
        byte += text.raw_slice(span).len();
        let written = &text.norm()[run.norm..norm];
        if run.equal {
            assert_eq!(written.chars().count(), run.raw_len);
        }
    }
    assert_eq!(raw, text.raw().chars().count());
    assert_eq!(norm, text.norm().len());
}

fn check_spans(text: &Text) {
    let places = places(text);
    let bytes: Vec<usize> = text.raw().char_indices().map(|(i, _)| i).collect();
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(text.raw().len());
    let mut last = (0, 0);
    for pair in places.windows(2) {
        let span = Span::new(pair[0], pair[1]);
        let raw = text.to_raw(span);
        assert!((raw.start, raw.end) >= last, "monotone");
        last = (raw.start, raw.end);
        assert!(!raw.is_empty());
        for at in [byte(raw.start), byte(raw.end)] {
            let mut cursor = GraphemeCursor::new(at, text.raw().len(), true);
            assert!(cursor.is_boundary(text.raw(), 0).unwrap(), "grapheme");
        }
        assert!(text.to_norm(raw).contains(span), "{span:?} {raw:?}");
    }
    let middle = places[places.len() / 2];
    for span in [0..middle, middle..text.norm().len(), 0..text.norm().len()] {
        let span = Span::from(span);
        let raw = text.to_raw(span);
        assert!(text.to_norm(raw).contains(span));
        let (evidence, words) = text.evidence(span);
        assert_eq!(evidence, raw);
        let slice: String =
            text.raw().chars().skip(raw.start).take(raw.len()).collect();
        assert_eq!(one_line(&normalize(&slice)), words);
    }
}

fn check_quotes(text: &Text) {
    let norm = text.norm();
    let mut open: Vec<Span<Norm>> = Vec::new();
    let mut last = 0;
    for quote in text.quotes() {
        assert!(quote.outer.start >= last);
        last = quote.outer.start;
        open.retain(|o| o.overlaps(quote.outer));
        assert!(open.iter().all(|o| o.contains(quote.outer)), "crossing");
        assert_eq!(usize::from(quote.depth), open.len());
        open.push(quote.inner);
        assert!(quote.outer.contains(quote.inner));
        let (opener, closer) = (
            &norm[quote.outer.start..quote.inner.start],
            &norm[quote.inner.end..quote.outer.end],
        );
        if quote.double {
            assert_eq!((opener, closer), ("“", "”"));
        } else {
            assert!(matches!(opener, "'" | "‘" | "‛"), "{opener}");
            assert!(matches!(closer, "'" | "‘" | "’"), "{closer}");
        }
    }
}

fn check_parts(text: &Text) {
    let norm = text.norm();
    assert_eq!(text.lower().len(), norm.len());
    for (a, b) in norm.char_indices().zip(text.lower().char_indices()) {
        assert_eq!(a.0, b.0);
        assert!(b.1 == a.1 || a.1.to_lowercase().eq([b.1]));
    }
    let blank = |s: &str| s.chars().all(char::is_whitespace);
    let mut at = 0;
    for line in text.lines() {
        assert!(blank(&norm[at..line.span.start]));
        let words = line.span.of(norm);
        assert_eq!(words, words.trim());
        assert!(!words.is_empty() && !words.contains('\n'));
        at = line.span.end;
    }
    assert!(blank(&norm[at..]));
    let mut at = 0;
    for sentence in sentences(norm, (0..norm.len()).into()) {
        assert!(!sentence.is_empty() && blank(&norm[at..sentence.start]));
        at = sentence.end;
    }
    assert!(blank(&norm[at..]));
    for repair in text.repairs() {
        assert!(norm.is_char_boundary(repair.at));
    }
}

/// So many cases, or more on request by the environment.
fn at_least(cases: u32) -> ProptestConfig {
    let asked = ProptestConfig::default();
    ProptestConfig {
        cases: asked.cases.max(cases),
        failure_persistence: None,
        ..asked
    }
}

proptest! {
    #![proptest_config(at_least(2000))]

    #[test]
    fn hostile_text_keeps_every_promise(raw in hostile()) {
        let text = Text::new(raw);
        prop_assert!(is_nfc(text.norm()), "NFC");
        prop_assert_eq!(&normalize(text.norm()), text.norm());
        let again = Text::new(text.norm());
        prop_assert_eq!(again.quotes().len(), text.quotes().len());
        check_map(&text);
        check_spans(&text);
        check_quotes(&text);
        check_parts(&text);
    }

    #[test]
    fn composing_agrees_with_the_reference(raw in hostile()) {
        let raw: String =
            raw.chars().filter(|&c| stands_for_itself(c)).collect();
        let nfc: String = raw.nfc().collect();
        prop_assert_eq!(&draft::draft(&raw).text, &nfc);
    }

    #[test]
    fn decomposed_copies_are_one(raw in hostile()) {
        // Greek and Cyrillic letters with marks of their own count as
        // look-alikes only when taken apart.
        let raw: String =
            raw.chars().filter(|c| !(0x370..0x530).contains(&(*c as u32)))
            .collect();
        let nfd: String = raw.nfd().collect();
        let nfc: String = raw.nfc().collect();
        prop_assert_eq!(normalize(&nfd), normalize(&nfc));
    }
}

proptest! {
    #![proptest_config(at_least(200))]

    #[test]
    fn copies_of_an_announcement_are_one(raw in announcement()) {
        let norm = normalize(&raw);
        let new = new_style(&raw);
        for copy in [
            raw.nfd().collect(),
            raw.replace('\n', "\r\n"),
            new.nfd().collect(),
            raw.replace(' ', "\u{a0}"),
            raw.replace('đ', "\u{f0}").replace('Đ', "\u{d0}"),
            raw.replace('-', "\u{2013}"),
            new,
        ] {
            prop_assert_eq!(&normalize(&copy), &norm);
            let text = Text::new(copy);
            check_map(&text);
            check_spans(&text);
        }
    }
}

fn stands_for_itself(c: char) -> bool {
    let c = confusables::composed(c);
    confusables::becomes(c).is_none() && !confusables::is_single_quote(c)
}

#[test]
fn evidence_is_the_slice_normalized() {
    let raw = "Tin: “Hoa\u{300} Bi\u{300}nh  chung\r\ntay\" – hết";
    let text = Text::new(raw);
    let quote = text.quotes()[0];
    let (span, words) = text.evidence(quote.inner);
    assert_eq!(words, "Hòa Bình chung tay");
    assert_eq!(text.raw_slice(span), "Hoa\u{300} Bi\u{300}nh  chung\r\ntay");
    assert_eq!((span.start, span.end), (6, 28));
    let (_, outer) = text.evidence(quote.outer);
    assert_eq!(outer, "“Hòa Bình chung tay”");
}

#[test]
fn long_runs_of_anything_take_linear_time() {
    for piece in [
        "\"", "“", "'", "\u{301}", "\u{430}", " ", "\u{200b}", "à", "oà", "\r",
        "\u{1100}", "x\u{41a}", "\u{600}",
    ] {
        let text = Text::new(piece.repeat(50_000));
        assert!(text.norm().len() < 250_000);
    }
}
