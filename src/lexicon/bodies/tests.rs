//! What the finder of bodies must see and must refuse.

use super::*;

fn names(text: &str) -> Vec<(String, String)> {
    let lower = text.to_lowercase();
    find(&lower)
        .into_iter()
        .map(|m| (lower[m.span].to_string(), m.body.name.clone()))
        .collect()
}

fn one(text: &str) -> BodyMention {
    let found = find(&text.to_lowercase());
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found.into_iter().next().unwrap()
}

#[test]
fn an_abbreviation_may_stand_before_the_place() {
    let found = find("hội liên hiệp phụ nữ (lhpn) tỉnh vừa họp");
    assert_eq!(found[0].level, Some(Level::Province));
    let found = find("hội liên hiệp phụ nữ (họp ở tỉnh) vừa họp");
    assert_eq!(found[0].level, None);
}

#[test]
fn committees_at_every_level() {
    for (text, level) in [
        ("UBND tỉnh Vĩnh Phúc", Some(Level::Province)),
        ("Ủy ban nhân dân huyện Tân Lạc", Some(Level::District)),
        ("UBND phường Thanh Khê", Some(Level::Commune)),
        ("UBND TP Vinh", None),
        ("UBND Quảng Nam", None),
    ] {
        let m = one(text);
        assert_eq!((m.body.name.as_str(), m.level), ("UBND", level), "{text}");
        assert!(m.body.takes_place && !m.plural);
    }
    assert!(one("UBND các huyện, thị xã, thành phố").plural);
    assert_eq!(one("UBND tỉnh Vĩnh Phúc").full(), 0.."ubnd tỉnh".len());
}

#[test]
fn the_head_is_longer_than_the_body() {
    let m = one("Phó Chủ tịch Ủy ban nhân dân tỉnh Hải Dương");
    assert_eq!(m.body.name, "Phó Chủ tịch UBND");
    assert_eq!(m.body.head_of.as_deref(), Some("UBND"));
    assert_eq!(m.level, Some(Level::Province));
    let m = one("Bộ trưởng Bộ GD-ĐT");
    assert_eq!(m.body.name, "Bộ trưởng Bộ Giáo dục và Đào tạo");
    assert_eq!(m.body.head_of.as_deref(), Some("Bộ Giáo dục và Đào tạo"));
    let m = one("Thống đốc NHNN");
    assert_eq!(m.body.head_of.as_deref(), Some("Ngân hàng Nhà nước Việt Nam"));
}

#[test]
fn ministries_with_any_punctuation() {
    for (text, name) in [
        ("Bộ GD&ĐT", "Bộ Giáo dục và Đào tạo"),
        ("Bộ GT - VT", "Bộ Giao thông vận tải"),
        ("Bộ NN&PTNT", "Bộ Nông nghiệp và Phát triển nông thôn"),
        ("Bộ LĐ-TB&XH", "Bộ Lao động - Thương binh và Xã hội"),
        ("Bộ VHTT&DL", "Bộ Văn hóa, Thể thao và Du lịch"),
        ("Bộ Y Tế", "Bộ Y tế"),
        ("Sở TN-MT", "Sở Tài nguyên và Môi trường"),
        ("Phòng GD&ĐT", "Phòng Giáo dục và Đào tạo"),
    ] {
        assert_eq!(one(text).body.name, name);
    }
    let m = one("Bộ KH&ĐT");
    assert_eq!(m.body.valid_to, Some("2025-02-28"));
    assert_eq!(m.body.successor, Some("Bộ Tài chính"));
}

#[test]
fn words_that_only_look_like_bodies() {
    for text in [
        "cán bộ y tế và cơ sở giáo dục",
        "cán bộ công thương",
        "sở hữu trí tuệ",
        "Quốc phòng y tế",
        "tổ chức phi chính phủ",
        "chính phủ điện tử",
        "Thủ tướng Nhật Bản",
        "công an viên",
    ] {
        let found = names(text);
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}

#[test]
fn party_bodies_keep_their_organ() {
    for (text, name) in [
        ("Ban Thường vụ Tỉnh ủy Sơn La", "Ban Thường vụ Tỉnh ủy"),
        ("BTV Tỉnh ủy", "Ban Thường vụ Tỉnh ủy"),
        ("Bí thư Thành ủy TP.HCM", "Bí thư Thành ủy"),
        ("Ban Bí thư Trung ương Đảng", "Ban Bí thư"),
        ("Ủy ban Thường vụ Quốc hội", "Ủy ban Thường vụ Quốc hội"),
        ("UBTW MTTQ Việt Nam", "Ủy ban Trung ương MTTQ Việt Nam"),
    ] {
        assert_eq!(one(text).body.name, name);
    }
}

#[test]
fn several_bodies_in_a_sentence() {
    let text = "Bộ Y tế và Bộ Công an phối hợp với UBND tỉnh, Sở Y tế Hà Nội";
    let found: Vec<String> = names(text).into_iter().map(|n| n.1).collect();
    assert_eq!(found, ["Bộ Y tế", "Bộ Công an", "UBND", "Sở Y tế"]);
}

#[test]
fn names_are_looked_up_in_any_form() {
    assert_eq!(by_name("ủy ban nhân dân").unwrap().name, "UBND");
    assert_eq!(by_name("Sở Y tế").unwrap().level, Some(Level::Province));
    assert!(by_name("Sở Thú").is_none());
}

#[test]
fn every_successor_and_every_head_is_a_body() {
    for body in all() {
        if let Some(of) = &body.head_of {
            assert!(by_name(of).is_some(), "{}: {of}", body.name);
        }
    }
}

#[test]
fn open_names_are_read_to_their_end() {
    for (text, name) in [
        (
            "Cục Cạnh tranh và Bảo vệ người tiêu dùng vừa cảnh báo",
            "Cục Cạnh tranh và Bảo vệ người tiêu dùng",
        ),
        (
            "Trung tâm Kỹ thuật Tài nguyên và Môi trường tỉnh Đồng Nai",
            "Trung tâm Kỹ thuật Tài nguyên và Môi trường",
        ),
        (
            "Ban Chỉ đạo Trung ương về Phòng chống thiên tai yêu cầu",
            "Ban Chỉ đạo Trung ương về Phòng chống thiên tai",
        ),
        (
            "Ban chỉ đạo liên ngành Trung ương về Vệ sinh an toàn thực phẩm đã",
            "Ban chỉ đạo liên ngành Trung ương về Vệ sinh an toàn thực phẩm",
        ),
        (
            "Ban Chỉ đạo về phát triển khoa học, công nghệ và chuyển đổi số đã",
            "Ban Chỉ đạo về phát triển khoa học, công nghệ và chuyển đổi số",
        ),
        (
            "Ban Chỉ huy phòng chống thiên tai và tìm kiếm cứu nạn tỉnh",
            "Ban Chỉ huy phòng chống thiên tai và tìm kiếm cứu nạn",
        ),
        (
            "Ban Chỉ đạo phòng, chống dịch COVID-19 tỉnh Cà Mau",
            "Ban Chỉ đạo phòng, chống dịch COVID-19",
        ),
        (
            "Ban Chỉ đạo Tháng hành động về an toàn, vệ sinh lao động tỉnh Cà \
             Mau",
            "Ban Chỉ đạo Tháng hành động về an toàn, vệ sinh lao động",
        ),
        ("Cục Xuất bản, In và Phát hành đã", "Cục Xuất bản, In và Phát hành"),
        ("Tổng cục TDTT có công văn", "Tổng cục TDTT"),
        ("Trung tâm Y tế Hà Nội", "Trung tâm Y tế"),
        ("Cục Viễn thông, Bộ Y tế và Bộ Công an", "Cục Viễn thông"),
        ("Hội Nhà văn thông báo kết quả", "Hội Nhà văn"),
        ("Hội Khuyến học Việt Nam Lê Thị Na", "Hội Khuyến học Việt Nam"),
        ("Hội Cây cảnh Việt Nam Lê Thị Na", "Hội Cây cảnh Việt Nam"),
        ("Ủy ban Thường vụ Quốc hội Khóa", "Ủy ban Thường vụ Quốc hội"),
        ("Cục Chăn nuôi xem xét hồ sơ", "Cục Chăn nuôi"),
        ("Bảo hiểm xã hội tỉnh Cà Mau", "Bảo hiểm xã hội"),
        (
            "Trung tâm Ứng cứu khẩn cấp máy tính Việt Nam",
            "Trung tâm Ứng cứu khẩn cấp máy tính Việt Nam",
        ),
        (
            "Quỹ Hỗ trợ phát triển hợp tác xã đã",
            "Quỹ Hỗ trợ phát triển hợp tác xã",
        ),
    ] {
        let lower = text.to_lowercase();
        let first = &find_cased(&Scan::of(text, &lower))[0];
        assert_eq!(&text[first.span.clone()], name);
    }
}

#[test]
fn common_words_are_bodies_in_capitals_only() {
    let text = "trung tâm thành phố có hội chợ; Hội trường mở cửa";
    assert!(find_cased(&Scan::of(text, &text.to_lowercase())).is_empty());
    assert!(find("cục cạnh tranh").is_empty());
    let text = "đóng bảo hiểm xã hội tỉnh nào cũng được";
    assert!(find_cased(&Scan::of(text, text)).is_empty());
    let text = "ban chỉ đạo đã họp";
    assert_eq!(
        &text[find_cased(&Scan::of(text, text))[0].span.clone()],
        "ban chỉ đạo"
    );
}
