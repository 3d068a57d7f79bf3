//! What fields are called, and how dates are written, in both languages.

/// Language of what is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Tiếng Việt.
    Vietnamese,
    /// English.
    English,
}

/// A label in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// Vietnamese.
    pub vi: &'static str,
    /// English.
    pub en: &'static str,
}

impl Label {
    /// In one language.
    pub fn of(self, language: Language) -> &'static str {
        match language {
            Language::Vietnamese => self.vi,
            Language::English => self.en,
        }
    }
}

/// What stands where a document says nothing.
pub const NOT_STATED: Label = Label { vi: "không nêu", en: "not stated" };

/// The name of a field of the field table.
pub fn field(name: &str) -> Label {
    let (vi, en) = match name {
        "issuer" => ("Cơ quan ban hành", "Issuer"),
        "number" => ("Số, ký hiệu", "Number"),
        "type" => ("Loại văn bản", "Type"),
        "issued" => ("Ngày ban hành", "Issued"),
        "published" => ("Ngày đăng", "Published"),
        "campaign" => ("Phong trào", "Campaign"),
        "effective" => ("Từ ngày", "Effective from"),
        "end" => ("Đến ngày", "Until"),
        "slogans" => ("Khẩu hiệu", "Slogans"),
        "contents" => ("Số nội dung", "Contents"),
        "references" => ("Văn bản dẫn", "References"),
        _ => ("Khác", "Other"),
    };
    Label { vi, en }
}

/// An EDTF date as people write it: `16/9/2021`, `tháng 9/2021`, `1/10 (không
/// rõ năm)`. English keeps the form of the standard, which sorts.
pub fn date(edtf: &str, language: Language) -> String {
    if language == Language::English {
        return edtf.to_owned();
    }
    if let Some((from, to)) = edtf.split_once('/') {
        let (from, to) = (date(from, language), date(to, language));
        return format!("{from} – {to}");
    }
    let plain = |part: &str| part.trim_start_matches('0').to_owned();
    let parts: Vec<&str> = edtf.split('-').collect();
    match parts.as_slice() {
        [year, month, day] if !year.contains('X') => {
            format!("{}/{}/{year}", plain(day), plain(month))
        }
        [_, month, day] => {
            format!("{}/{} (không rõ năm)", plain(day), plain(month))
        }
        [year, part] => match part.parse::<u32>() {
            Ok(quarter @ 33..=36) => format!("quý {}/{year}", quarter - 32),
            Ok(month) if month <= 12 => format!("tháng {month}/{year}"),
            _ => edtf.to_owned(),
        },
        _ => edtf.to_owned(),
    }
}

/// Whether a field holds EDTF dates.
pub fn is_date(field: &str) -> bool {
    matches!(field, "issued" | "published" | "effective" | "end")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_a_vietnamese_reader_writes_them() {
        let vi = |edtf| date(edtf, Language::Vietnamese);
        assert_eq!(vi("2021-09-16"), "16/9/2021");
        assert_eq!(vi("XXXX-10-01"), "1/10 (không rõ năm)");
        assert_eq!(vi("2021-09"), "tháng 9/2021");
        assert_eq!(vi("2021-35"), "quý 3/2021");
        assert_eq!(vi("2021/2025"), "2021 – 2025");
        assert_eq!(date("2021-09-16", Language::English), "2021-09-16");
    }
}
