//! What names of places must be seen as, and what must be refused.

use super::*;

fn lower(text: &str) -> String {
    crate::text::Text::new(text).lower().to_string()
}

fn found(text: &str) -> Vec<(String, &'static str, Form)> {
    find_provinces(text, &lower(text))
        .into_iter()
        .map(|m| (text[m.span].to_string(), m.province.code, m.form))
        .collect()
}

fn place(text: &str) -> Option<(String, Level, Vec<&'static str>)> {
    let m = place_at(text, &lower(text), 0)?;
    let codes = m.provinces.iter().map(|p| p.code).collect();
    Some((text[m.span].to_string(), m.level, codes))
}

#[test]
fn both_lists_are_whole() {
    let count = |list| {
        let mut codes: Vec<_> = all_provinces()
            .iter()
            .filter(|p| p.list == list)
            .map(|p| p.code)
            .collect();
        codes.dedup();
        codes.len()
    };
    assert_eq!(count(List::Until2025), 63);
    assert_eq!(count(List::Since2025), 34);
    for p in all_provinces() {
        assert!(by_code(List::Since2025, p.successor).is_some(), "{}", p.name);
    }
}

#[test]
fn a_municipality_counts_follow_the_calendar() {
    let cities = |day| {
        all_provinces()
            .iter()
            .filter(|p| p.kind == PlaceKind::City && p.holds_on(day))
            .count()
    };
    assert_eq!(cities((2021, 9, 16)), 5);
    assert_eq!(cities((2025, 3, 1)), 6);
    assert_eq!(cities((2025, 7, 1)), 6);
    assert_eq!(cities((2026, 5, 1)), 7);
}

#[test]
fn names_and_spellings_are_one_province() {
    for (name, code) in [
        ("Vĩnh Phúc", "26"),
        ("tỉnh vĩnh phúc", "26"),
        ("TP.HCM", "79"),
        ("TPHCM", "79"),
        ("thành phố Hồ Chí Minh", "79"),
        ("Thừa Thiên - Huế", "46"),
        ("Huế", "46"),
        ("BR-VT", "77"),
        ("Đăk Lăk", "66"),
        ("Đắc Lắc", "66"),
        ("Bắc Cạn", "06"),
    ] {
        let p = province_by_name(name);
        assert_eq!(p.map(|p| (p.code, p.list)), Some((code, List::Until2025)));
    }
    assert!(province_by_name("Atlantis").is_none());
}

#[test]
fn a_code_means_what_its_list_says() {
    assert_eq!(by_code(List::Until2025, "82").unwrap().name, "Tiền Giang");
    assert_eq!(by_code(List::Since2025, "82").unwrap().name, "Đồng Tháp");
    assert_eq!(successor("26").unwrap().name, "Phú Thọ");
    assert_eq!(successor("49").unwrap().name, "Đà Nẵng");
    assert_eq!(successor("01").unwrap().name, "Hà Nội");
    assert!(successor("99").is_none());
}

#[test]
fn a_name_depends_on_the_day() {
    let at = |name, day| as_of(name, day).map(|p| (p.list, p.code, p.name));
    let old = List::Until2025;
    let new = List::Since2025;
    assert_eq!(at("Lào Cai", (2021, 9, 1)), Some((old, "10", "Lào Cai")));
    assert_eq!(at("Lào Cai", (2025, 9, 1)), Some((new, "15", "Lào Cai")));
    assert_eq!(at("Vĩnh Phúc", (2021, 9, 1)), Some((old, "26", "Vĩnh Phúc")));
    assert_eq!(at("Vĩnh Phúc", (2025, 9, 1)), None);
    assert_eq!(at("Huế", (2021, 9, 1)), Some((old, "46", "Thừa Thiên Huế")));
    assert_eq!(at("Huế", (2025, 2, 1)), Some((old, "46", "Huế")));
    assert_eq!(at("TP Huế", (2026, 2, 1)), Some((new, "46", "Huế")));
    assert_eq!(as_of("Đồng Nai", (2026, 5, 1)).unwrap().kind, PlaceKind::City);
    assert_eq!(
        as_of("Đồng Nai", (2025, 8, 1)).unwrap().kind,
        PlaceKind::Province
    );
}

#[test]
fn provinces_in_a_sentence() {
    assert_eq!(
        found("UBND tỉnh Vĩnh Phúc và TP.HCM, Bà Rịa - Vũng Tàu"),
        [
            ("Vĩnh Phúc".into(), "26", Form::WithKind),
            ("TP.HCM".into(), "79", Form::WithKind),
            ("Bà Rịa - Vũng Tàu".into(), "77", Form::Bare),
        ]
    );
    assert_eq!(
        found("TP Vĩnh Long đón khách Hà Nội"),
        [
            ("Vĩnh Long".into(), "86", Form::CityInside),
            ("Hà Nội".into(), "01", Form::Bare),
        ]
    );
    assert_eq!(
        found("đi BR-VT và Huế, theo Báo PL TPHCM"),
        [
            ("BR-VT".into(), "77", Form::Bare),
            ("Huế".into(), "46", Form::Bare),
            ("TPHCM".into(), "79", Form::Bare),
        ]
    );
    assert_eq!(
        found("KẾ HOẠCH CỦA TỈNH QUẢNG NAM"),
        [("QUẢNG NAM".into(), "49", Form::WithKind)]
    );
}

#[test]
fn words_and_names_that_are_no_province() {
    for text in [
        "vì hòa bình và ổn định",
        "Hòa bình là khát vọng",
        "khu vực châu Á - Thái Bình Dương",
        "chiến thắng Điện Biên Phủ",
        "học tập tư tưởng Hồ Chí Minh",
        "đường Lạng Sơn",
        "huyện Quảng Ninh của ai",
        "ông Nguyễn Thái Bình phát biểu",
        "hội nghị HN",
        "đường dây brvt",
    ] {
        let found = found(text);
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}

#[test]
fn the_place_behind_a_body() {
    use Level::{Commune, District, Province};
    for (text, span, level, codes) in [
        (" tỉnh Vĩnh Phúc ban hành", "tỉnh Vĩnh Phúc", Province, vec!["26"]),
        (" TP.HCM vừa có", "TP.HCM", Province, vec!["79"]),
        (" TP Hà Nội đã", "TP Hà Nội", Province, vec!["01"]),
        (" Quảng Nam vừa", "Quảng Nam", Province, vec!["49"]),
        (" TP Vinh", "TP Vinh", District, vec!["40"]),
        (" thành phố Huế", "thành phố Huế", District, vec!["46"]),
        (" huyện Tân Lạc vừa", "huyện Tân Lạc", District, vec!["17"]),
        (" huyện Đắk R'lấp", "huyện Đắk R'lấp", District, vec!["67"]),
        (" quận 12, TP.HCM", "quận 12", District, vec!["79"]),
        (" huyện Không Có Thật", "huyện Không Có Thật", District, vec![]),
        (" xã Như Khuê", "xã Như Khuê", Commune, vec![]),
    ] {
        let codes = codes.iter().map(|c| &**c).collect();
        assert_eq!(place(text), Some((span.into(), level, codes)), "{text}");
    }
    assert_eq!(place(" huyện đã ban hành"), None);
    assert_eq!(place("\nTT\nTên hàng"), None);
    assert_eq!(place(" huyện Đặng Thị Hoa chủ trì"), None);
    assert_eq!(place(" TP Trần Văn Lúa nói"), None);
    assert_eq!(place(" đã ban hành"), None);
}

#[test]
fn districts_lead_to_provinces() {
    let codes = |kind, name| -> Vec<&str> {
        province_of_district(kind, name).iter().map(|p| p.code).collect()
    };
    assert_eq!(codes(PlaceKind::RuralDistrict, "Tân Lạc"), ["17"]);
    assert_eq!(codes(PlaceKind::RuralDistrict, "Quảng Ninh"), ["44"]);
    assert_eq!(codes(PlaceKind::City, "Thủ Đức"), ["79"]);
    assert_eq!(codes(PlaceKind::UrbanDistrict, "Thủ Đức"), ["79"]);
    assert!(codes(PlaceKind::RuralDistrict, "Châu Thành").len() > 5);
    assert!(districts_named("Cửa Lò")[0].valid_to < "2025-06-30");
    assert_eq!(
        commune_provinces(PlaceKind::SpecialZone, "Phú Quốc")[0].name,
        "An Giang"
    );
}

#[test]
fn web_addresses_lead_to_provinces() {
    for (address, code) in [
        ("vinhphuc.gov.vn", "26"),
        ("https://tienphuoc.quangnam.gov.vn/tin-tuc", "49"),
        ("baohatinh.vn", "42"),
        ("www.baria-vungtau.gov.vn", "77"),
        ("snv.hanam.gov.vn", "35"),
        ("hochiminhcity.gov.vn", "79"),
        ("baodongkhoi.vn", "83"),
        ("kiengiang.gov.vn", "91"),
    ] {
        assert_eq!(province_of_host(address).map(|p| p.code), Some(code));
    }
    assert!(province_of_host("dantri.com.vn").is_none());
    assert!(province_of_host("moh.gov.vn").is_none());
    assert!(province_of_host("quangnam").is_none());
}

#[test]
fn newspapers_lead_to_provinces() {
    for (line, code) in [
        ("Theo Báo Quảng Nam", "49"),
        ("(GLO)- Sáng nay, UBND tỉnh họp.", "64"),
        ("(BBNĐT) - UBND tỉnh ban hành", "27"),
        ("Nguồn: baohatinh.vn", "42"),
        ("Báo Đồng Khởi", "83"),
        ("Cổng thông tin điện tử tỉnh Lai Châu", "12"),
    ] {
        let p = province_of_newspaper(line, &line.to_lowercase());
        assert_eq!(p.map(|p| p.code), Some(code), "{line}");
    }
    let line = "Theo TTXVN tại Hà Nội";
    assert!(province_of_newspaper(line, &line.to_lowercase()).is_none());
}
