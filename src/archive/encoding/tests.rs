//! Texts of our own in every encoding, and texts that must stay as they are.

use super::letters::{byte_of, char_of, transcode};
use super::*;

/// An announcement in three lines.
const NOTICE: &str = "UBND tỉnh Hà Giang phát động phong trào thi đua\n\
    Ngày 05/8/2022, Ủy ban nhân dân tỉnh ban hành Kế hoạch số 198/KH-UBND \
    về việc tổ chức phong trào “Cả nước chung tay vì người nghèo”.\n\
    Các sở, ban, ngành, huyện, thành phố triển khai thực hiện; Đảng ủy các \
    cơ quan, đơn vị chỉ đạo kiểm tra, giám sát, báo cáo kết quả đúng kỳ hạn.";

/// Headlines, each a document of its own.
const HEADLINES: [&str; 4] = [
    "Thủ tướng Chính phủ chỉ thị tăng cường phòng, chống dịch",
    "Hội nghị tổng kết công tác năm 2021",
    "Quyết định về mức hỗ trợ hộ nghèo",
    "Vĩnh Phúc: đẩy mạnh cải cách hành chính",
];

/// The bytes of a text in a legacy encoding, by its table read backwards.
fn encode(text: &str, encoding: Encoding) -> Vec<u8> {
    let mut bytes = Vec::new();
    if encoding == Encoding::Windows1258 {
        let loose: String = text.chars().map(loosen).collect();
        return encoding_rs::WINDOWS_1258.encode(&loose).0.into_owned();
    }
    for c in text.chars() {
        if c.is_ascii() || !c.is_alphabetic() {
            bytes.push(byte_of(c).unwrap_or(b'?'));
            continue;
        }
        let row = include_str!("letters.tsv")
            .lines()
            .find(|row| row.starts_with(c))
            .unwrap_or_else(|| panic!("no row for {c}"));
        let column = match encoding {
            Encoding::Tcvn3 => 1,
            Encoding::VniWindows => 2,
            Encoding::Viscii => 3,
            _ => 4,
        };
        let cell = row.split('\t').nth(column).unwrap();
        // The fonts of TCVN3 have the small letter for a capital.
        let cell = if encoding == Encoding::Tcvn3
            && c.is_uppercase()
            && !"ĂÂĐÊÔƠƯ".contains(c)
        {
            let small = c.to_lowercase().next().unwrap();
            include_str!("letters.tsv")
                .lines()
                .find(|row| row.starts_with(small))
                .and_then(|row| row.split('\t').nth(1))
                .unwrap()
        } else {
            cell
        };
        for hex in cell.split(' ') {
            bytes.push(u8::from_str_radix(hex, 16).unwrap());
        }
    }
    bytes
}

/// Letters as Windows-1258 has them: base letter with ă â ê ô ơ ư đ, tone
/// apart.
fn loosen(c: char) -> String {
    use unicode_normalization::UnicodeNormalization;
    let parts: Vec<char> = c.nfd().collect();
    let tone = |c: &char| "\u{300}\u{301}\u{303}\u{309}\u{323}".contains(*c);
    let base: String =
        parts.iter().copied().filter(|c| !tone(c)).nfc().collect();
    let tones: String = parts.iter().copied().filter(tone).collect();
    base + &tones
}

fn read(
    bytes: &[u8],
    asked: Option<Encoding>,
) -> (String, Encoding, Vec<String>) {
    let opened = open(bytes, asked, None).unwrap();
    let verdict = judge(opened.text.lines(), opened.base, asked, None);
    let mut notes = opened.notes.clone();
    notes.extend(verdict.notes.iter().cloned());
    let text = verdict.read_all(&opened.text).into_owned();
    (text, verdict.encoding, notes)
}

#[test]
fn lines_are_those_of_std() {
    for text in ["", "a", "a\n", "\n", "\r\na\r\n\nb\r", "ế\n\rữ\r\r\n\n"] {
        assert!(lines(text).eq(text.lines()), "{text:?}");
    }
}

fn nfc(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfc().collect()
}

const LEGACY: [Encoding; 5] = [
    Encoding::Tcvn3,
    Encoding::VniWindows,
    Encoding::Viscii,
    Encoding::Vps,
    Encoding::Windows1258,
];

/// VISCII and VPS have no curly quotes.
fn straight(text: &str, encoding: Encoding) -> String {
    match encoding {
        Encoding::Viscii | Encoding::Vps => text.replace(['“', '”'], "\""),
        _ => text.to_owned(),
    }
}

#[test]
fn a_notice_in_each_legacy_encoding_is_recognized() {
    for encoding in LEGACY {
        let wanted = straight(NOTICE, encoding);
        let (text, found, notes) = read(&encode(&wanted, encoding), None);
        assert_eq!(found, encoding);
        assert_eq!(notes, Vec::<String>::new(), "{encoding}");
        // A capital with a tone was lost in TCVN3: “Ủy ban”.
        let wanted = match encoding {
            Encoding::Tcvn3 => wanted.replace("Ủy", "ủy"),
            _ => wanted,
        };
        assert_eq!(nfc(&text), wanted, "{encoding}");
    }
}

#[test]
fn one_headline_is_enough() {
    for encoding in LEGACY {
        for headline in HEADLINES {
            let (text, found, _) = read(&encode(headline, encoding), None);
            assert_eq!((nfc(&text).as_str(), found), (headline, encoding));
        }
    }
}

#[test]
fn legacy_letters_stored_as_unicode_are_turned() {
    for encoding in LEGACY {
        for headline in HEADLINES {
            let bytes = encode(headline, encoding);
            let stored: String = bytes.iter().map(|&b| char_of(b)).collect();
            let (text, found, notes) = read(stored.as_bytes(), None);
            assert_eq!((nfc(&text).as_str(), found), (headline, encoding));
            assert!(!notes.is_empty());
        }
    }
    let vni = "Uûy ban nhaân daân tænh ban haønh keá hoaïch";
    let (text, found, _) = read(vni.as_bytes(), None);
    assert_eq!(found, Encoding::VniWindows);
    assert_eq!(text, "Ủy ban nhân dân tỉnh ban hành kế hoạch");
    let abc = "Uû ban nh©n d©n tØnh ban hµnh kÕ ho¹ch";
    let (text, found, _) = read(abc.as_bytes(), None);
    assert_eq!(found, Encoding::Tcvn3);
    assert_eq!(text, "Uỷ ban nhân dân tỉnh ban hành kế hoạch");
}

#[test]
fn only_the_legacy_lines_of_a_mixed_text_are_turned() {
    let mixed = "Trang chủ – Giới thiệu – Café “É”\n\
                 Uû ban nh©n d©n tØnh ban hµnh kÕ ho¹ch\n\
                 Tin mới: tỉnh tổ chức hội nghị";
    let (text, found, _) = read(mixed.as_bytes(), None);
    assert_eq!(found, Encoding::Tcvn3);
    assert_eq!(
        text,
        "Trang chủ – Giới thiệu – Café “É”\n\
         Uỷ ban nhân dân tỉnh ban hành kế hoạch\n\
         Tin mới: tỉnh tổ chức hội nghị"
    );
}

#[test]
fn utf8_read_as_windows_1252_is_undone_once_or_twice() {
    let once = |text: &str| -> String { text.bytes().map(char_of).collect() };
    for headline in HEADLINES.iter().chain([&NOTICE]) {
        let (text, found, notes) = read(once(headline).as_bytes(), None);
        assert_eq!(text, **headline);
        assert_eq!(found, Encoding::Utf8AsWindows1252);
        assert!(notes[0].contains("undone"), "{notes:?}");
        let (text, found, notes) = read(once(&once(headline)).as_bytes(), None);
        assert_eq!(text, **headline);
        assert_eq!(found, Encoding::Utf8AsWindows1252);
        assert!(notes[0].contains("twice"), "{notes:?}");
    }
}

#[test]
fn good_utf8_is_never_touched() {
    use unicode_normalization::UnicodeNormalization;
    for text in [
        NOTICE,
        "Chữ “É” và chữ “façade” trong từ điển Pháp – Việt",
        "Chữ Ä của tiếng Đức",
        "Ä",
        "É",
        "façade",
        "§ 5 và ¸ trong bảng ký hiệu: µ, ¶, ©, ®, ±, ½, »",
        "UBND tinh Vinh Phuc ban hanh ke hoach phong chong dich",
        "The provincial committee issued a plan.",
        "Le café de Noël à Besançon est déjà fermé, où aller ?",
        "Größe über alles: Müller, Jäger, Förster",
        "El niño y la señora están aquí",
        "Điện Biên: 25°C, độ ẩm 80%; diện tích 12 m², £5, 3½ ngày",
        "Xin chào ©2021 Báo Điện tử – Giấy phép số 12/GP®",
        "TP. Hồ Chí Minh, Đắk Lắk, Krông Búk, Ô Môn, Ít Ong, Ý Yên",
    ] {
        for text in [text.to_owned(), text.nfd().collect()] {
            let (read, found, notes) = read(text.as_bytes(), None);
            assert_eq!(read, text);
            assert_eq!(found, Encoding::Utf8, "{text}");
            assert_eq!(notes, Vec::<String>::new());
        }
    }
}

#[test]
fn western_text_in_single_bytes_is_windows_1252() {
    for text in [
        "Le café de Noël à Besançon est déjà fermé, où aller ?",
        "Größe über alles: Müller, Jäger, Förster",
        "Il était là. À côté, très tôt, la fête a été gâchée.",
    ] {
        let bytes: Vec<u8> =
            text.chars().map(|c| byte_of(c).unwrap()).collect();
        let (read, found, notes) = read(&bytes, None);
        assert_eq!((read.as_str(), found), (text, Encoding::Windows1252));
        assert!(notes[0].contains("--encoding"), "{notes:?}");
    }
}

#[test]
fn utf16_with_and_without_mark() {
    for (mark, encoding) in [
        (&b"\xff\xfe"[..], Encoding::Utf16Le),
        (&b"\xfe\xff"[..], Encoding::Utf16Be),
        (&b""[..], Encoding::Utf16Le),
        (&b""[..], Encoding::Utf16Be),
    ] {
        let mut bytes = mark.to_vec();
        for unit in NOTICE.encode_utf16() {
            match encoding {
                Encoding::Utf16Le => bytes.extend(unit.to_le_bytes()),
                _ => bytes.extend(unit.to_be_bytes()),
            }
        }
        let (text, found, _) = read(&bytes, None);
        assert_eq!((text.as_str(), found), (NOTICE, encoding));
    }
}

#[test]
fn a_byte_order_mark_is_no_text() {
    let (text, found, _) = read(b"\xef\xbb\xbfNg\xc3\xa0y", None);
    assert_eq!((text.as_str(), found), ("Ngày", Encoding::Utf8));
}

#[test]
fn damage_in_utf8_is_shown_and_told() {
    let mut bytes = NOTICE.as_bytes().to_vec();
    let at = NOTICE.find("Ngày").unwrap();
    bytes.insert(at, 0xff);
    bytes.truncate(bytes.len() - 1);
    let (text, found, notes) = read(&bytes, None);
    assert_eq!(found, Encoding::Utf8);
    assert!(text.contains("\u{fffd}Ngày 05/8/2022"));
    assert_eq!(
        notes,
        [format!(
            "invalid UTF-8 at 1 place, first at byte {at}; shown as U+FFFD"
        )]
    );
}

#[test]
fn an_order_is_followed() {
    let bytes = encode("Hà Nội", Encoding::Viscii);
    let (text, found, notes) = read(&bytes, Some(Encoding::Viscii));
    assert_eq!((text.as_str(), found), ("Hà Nội", Encoding::Viscii));
    assert!(notes.is_empty());
    let (text, found, _) = read("Héi".as_bytes(), Some(Encoding::Utf8));
    assert_eq!((text.as_str(), found), ("Héi", Encoding::Utf8));
    let (text, _, _) = read("Héi".as_bytes(), Some(Encoding::Tcvn3));
    assert_eq!(text, "Hội");
}

#[test]
fn binary_is_refused() {
    let bytes: Vec<u8> = (0..4_000_u32).map(|i| (i * 7 % 256) as u8).collect();
    let error = open(&bytes, None, None).unwrap_err();
    assert!(error.contains("binary"), "{error}");
}

#[test]
fn places_lead_back_to_the_bytes() {
    let text = "ab “Đường” 😀 x";
    let at = |needle: &str| text.find(needle).unwrap();
    let offsets = [0, at("Đ"), at("”"), at("x"), text.len()];
    let utf8 = open(text.as_bytes(), None, None).unwrap();
    assert_eq!(utf8.places(text.as_bytes(), &offsets), offsets);

    let mut wide = b"\xff\xfe".to_vec();
    wide.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    let opened = open(&wide, None, None).unwrap();
    let places = opened.places(&wide, &offsets);
    assert_eq!(places, [2, 10, 20, 30, 32]);

    let damaged = b"D\xc6\xb0 \xff \xe1\xbb\x9f \xc4\x91i x";
    let opened = open(damaged, None, None).unwrap();
    let x = opened.text.find('x').unwrap();
    assert_eq!(opened.places(damaged, &[x]), [damaged.len() - 1]);

    let single = encode("Thủ tướng Chính phủ", Encoding::Tcvn3);
    let opened = open(&single, None, None).unwrap();
    let offset = opened.text.find('C').unwrap();
    assert_eq!(opened.places(&single, &[offset]), [10]);
}

#[test]
fn encodings_are_named_in_many_ways() {
    for encoding in Encoding::ALL {
        assert_eq!(encoding.label().parse(), Ok(encoding));
    }
    assert_eq!("ABC".parse(), Ok(Encoding::Tcvn3));
    assert_eq!("cp1258".parse(), Ok(Encoding::Windows1258));
    assert!("klingon".parse::<Encoding>().unwrap_err().contains("`viscii`"));
}

#[test]
fn capitals_of_abc_fonts() {
    let bytes = encode("QUYẾT ĐỊNH", Encoding::Tcvn3);
    let text: String = bytes.iter().map(|&b| char_of(b)).collect();
    assert_eq!(transcode(&text, Encoding::Tcvn3), "QUYẾT ĐỊNH");
}
