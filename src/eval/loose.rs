//! Loose comparison: texts that a reader would call the same.

use regex::Regex;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of this file")
}

/// Old and new place of the tone mark.
const TONES: [(&str, &str); 15] = [
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
];

const QUOTES: &[char] =
    &['“', '”', '"', '\'', '‘', '’', '«', '»', '„', '‟', '″'];

const OUTER: &[char] = &[' ', '.', ',', ';', ':', '-', '…', '!'];

/// A character without its case. Upper and then lower case finds what full
/// case folding finds (ß and ss, ς and σ), but for the two letters named.
fn fold(c: char) -> impl Iterator<Item = char> {
    let upper: Vec<char> = match c {
        'ı' => vec!['ı'],
        'ẞ' => vec!['S', 'S'],
        c => c.to_uppercase().collect(),
    };
    upper.into_iter().flat_map(|c| {
        let plain =
            if c == 'ı' { vec![c] } else { c.to_lowercase().collect() };
        plain.into_iter()
    })
}

/// A text without what does not matter: composition, case, quotes, spaces,
/// kinds of dashes, the place of tone marks, outer punctuation.
pub fn text(words: &str) -> String {
    static PUNCTUATION: LazyLock<Regex> =
        LazyLock::new(|| compiled(r"[\s\x1c-\x1f]*([-/,.;:])[\s\x1c-\x1f]*"));
    static BLANKS: LazyLock<Regex> =
        LazyLock::new(|| compiled(r"[\s\x1c-\x1f]+"));
    let mut plain: String = words
        .nfc()
        .flat_map(fold)
        .filter(|c| !QUOTES.contains(c))
        .map(|c| match c {
            '–' | '—' | '−' => '-',
            'ð' => 'đ',
            c => c,
        })
        .collect();
    for (old, new) in TONES {
        if plain.contains(old) {
            plain = plain.replace(old, new);
        }
    }
    let plain = PUNCTUATION.replace_all(&plain, "$1");
    let plain = BLANKS.replace_all(&plain, " ");
    plain.trim_matches(OUTER).to_owned()
}

/// What stands for a phrase in names of bodies; `edges` where it must not
/// touch a letter or digit.
struct Abbreviation {
    pattern: Regex,
    short: &'static str,
    edges: fn(&str) -> (bool, bool),
}

static BODY: LazyLock<Vec<Abbreviation>> = LazyLock::new(|| {
    let free = |_: &str| (false, false);
    let row = |pattern, short, edges| Abbreviation {
        pattern: compiled(pattern),
        short,
        edges,
    };
    vec![
        row("uỷ ban nhân dân", "ubnd", free),
        row("hội đồng nhân dân", "hđnd", free),
        row(
            r"thành phố hồ chí minh|tp\.?\s*hồ chí minh|tp\.?\s*hcm|tphcm",
            "tphcm",
            free,
        ),
        row(r"thành phố|tp\.?\s", "tp ", |found| {
            (true, !found.starts_with("tp"))
        }),
        row("thường trực |quyền |phó ", "", free),
        row("chủ tịch ", "", free),
        row(r"t\.? ?ư|tw", "trung ương", |_| (true, true)),
        row(
            "uỷ ban mặt trận tổ quốc( việt nam)?|mttq( việt nam)?|ubmttq( việt nam)?",
            "mttq",
            free,
        ),
        row("ban thường vụ ", "btv ", free),
        row("ban chỉ đạo", "bcđ", free),
    ]
});

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_alphanumeric() || c == '_')
}

/// Replaces what a row finds where its edges allow.
fn shorten(words: &str, row: &Abbreviation) -> String {
    let mut out = String::with_capacity(words.len());
    let (mut copied, mut from) = (0, 0);
    while let Some(found) = row.pattern.find_at(words, from) {
        let (before, behind) = (row.edges)(found.as_str());
        let touches = |edge: bool, inner: Option<char>, outer: Option<char>| {
            edge && is_word(inner) == is_word(outer)
        };
        let inner = found.as_str();
        if touches(
            before,
            inner.chars().next(),
            words[..found.start()].chars().next_back(),
        ) || touches(
            behind,
            inner.chars().next_back(),
            words[found.end()..].chars().next(),
        ) {
            let first = inner.chars().next().map_or(1, char::len_utf8);
            from = found.start() + first;
            continue;
        }
        out.push_str(&words[copied..found.start()]);
        out.push_str(row.short);
        copied = found.end();
        from = copied;
    }
    out.push_str(&words[copied..]);
    out
}

/// A name of a body in its shortest form.
pub fn body(name: &str) -> String {
    let mut short = text(name);
    for row in BODY.iter() {
        short = shorten(&short, row);
    }
    short.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A symbol without blanks, full stops and kinds of dashes; `None` if nothing
/// is left.
pub fn symbol(written: &str) -> Option<String> {
    let plain: String = written
        .nfc()
        .flat_map(char::to_uppercase)
        .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '\x1c'..='\x1f'))
        .map(|c| match c {
            '–' | '—' | '−' => '-',
            'Ð' => 'Đ',
            c => c,
        })
        .collect();
    (!plain.is_empty()).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_matter_is_dropped() {
        let same = "giữ vững vùng xanh,chiến thắng covid-19";
        for words in [
            "Giữ vững “vùng xanh\", chiến thắng COVID -19",
            "  giữ vững ‘vùng xanh’ ,\u{a0}chiến thắng Covid – 19.",
            "GIỮ VỮNG VÙNG\nXANH, CHIẾN THẮNG COVID-19!",
        ] {
            assert_eq!(text(words), same);
        }
        assert_eq!(text("hòa, thủy"), text("hoà, thuỷ"));
        assert_eq!(text("Ðảng"), text("đảng"));
        assert_ne!(text("án"), text("an"));
    }

    #[test]
    fn names_of_a_body_meet_in_the_shortest() {
        for (long, short) in [
            ("Ủy ban nhân dân tỉnh Vĩnh Phúc", "UBND tỉnh Vĩnh Phúc"),
            ("Chủ tịch UBND tỉnh Hà Nam", "UBND tỉnh Hà Nam"),
            ("Phó Chủ tịch UBND tỉnh Hà Nam", "UBND tỉnh Hà Nam"),
            ("UBND thành phố Hồ Chí Minh", "UBND TP.HCM"),
            ("UBND TP Hà Nội", "UBND thành phố Hà Nội"),
            ("Ban Chỉ đạo T.Ư", "BCĐ Trung ương"),
            (
                "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lâm Đồng",
                "MTTQ tỉnh Lâm Đồng",
            ),
        ] {
            assert_eq!(body(long), body(short), "{long}");
        }
        assert_ne!(body("UBND tỉnh Hà Nam"), body("UBND tỉnh Hà Tĩnh"));
        // “tw” inside a word is not the centre.
        assert_eq!(body("btwx"), "btwx");
    }

    #[test]
    fn symbols_meet_whatever_their_blanks_and_dashes() {
        let same = Some("240/KH-UBND".to_owned());
        assert_eq!(symbol("240/KH - UBND"), same);
        assert_eq!(symbol("240 /kh–ubnd"), same);
        assert_eq!(symbol("1.246/UBND"), Some("1246/UBND".to_owned()));
        assert_eq!(symbol("16/QÐ-TTg"), symbol("16/QĐ-TTG"));
        assert_eq!(symbol(" "), None);
    }
}
