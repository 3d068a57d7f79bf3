//! Whole-text expectations and properties of normalization.

use super::*;

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
    ("'\u{200b}' ’’a‘‘", "\" ”a“"),
    ("한국 \u{1112}\u{1161}\u{11ab}", "한국 한"),
];

#[test]
fn normalized_as_expected() {
    for (raw, norm) in CASES {
        assert_eq!(normalize(raw), *norm, "{raw:?}");
        assert_eq!(normalize(norm), *norm);
    }
}
