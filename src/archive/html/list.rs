//! Numbers and dashes of list items, as a browser shows them.

/// A list that is open.
#[derive(Debug, Clone, Copy)]
pub(super) struct List {
    style: Style,
    /// Number of the next item.
    next: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Dash,
    Decimal,
    Letter,
    Capital,
    Roman,
    GreatRoman,
    None,
}

impl List {
    /// A bulleted list.
    pub(super) fn bullets(unmarked: bool) -> Self {
        let style = if unmarked { Style::None } else { Style::Dash };
        Self { style, next: 1 }
    }

    /// A numbered list with its `type` and `start` attributes.
    pub(super) fn numbers(
        kind: Option<&str>,
        start: Option<i64>,
        unmarked: bool,
    ) -> Self {
        let style = match kind {
            _ if unmarked => Style::None,
            Some("a") => Style::Letter,
            Some("A") => Style::Capital,
            Some("i") => Style::Roman,
            Some("I") => Style::GreatRoman,
            _ => Style::Decimal,
        };
        Self { style, next: start.unwrap_or(1) }
    }

    /// The label of the next item, whose `value` attribute may set it.
    pub(super) fn label(&mut self, value: Option<i64>) -> String {
        let number = value.unwrap_or(self.next);
        self.next = number.saturating_add(1);
        match self.style {
            Style::None => String::new(),
            Style::Dash => "- ".to_owned(),
            Style::Letter if (1..=26).contains(&number) => {
                format!("{}) ", letter(number, b'a'))
            }
            Style::Capital if (1..=26).contains(&number) => {
                format!("{}. ", letter(number, b'A'))
            }
            Style::Roman if (1..=99).contains(&number) => {
                format!("{}. ", roman(number).to_lowercase())
            }
            Style::GreatRoman if (1..=99).contains(&number) => {
                format!("{}. ", roman(number))
            }
            _ => format!("{number}. "),
        }
    }
}

fn letter(number: i64, first: u8) -> char {
    let place = u8::try_from(number - 1).unwrap_or(0);
    char::from(first + place)
}

/// A number below 100.
fn roman(number: i64) -> String {
    const TENS: [&str; 10] =
        ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"];
    const ONES: [&str; 10] =
        ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let place = |n: i64| usize::try_from(n).unwrap_or(0);
    format!("{}{}", TENS[place(number / 10)], ONES[place(number % 10)])
}

/// Whether a text begins with a marker of its own: `1.`, `a)`, `-`, `•`,
/// `IV.`, `Điều 3`.
pub(super) fn has_marker(text: &str) -> bool {
    let first = text.split([' ', '\u{a0}', '\t']).next().unwrap_or_default();
    if first.starts_with([
        '-', '–', '—', '•', '+', '*', '·', '▪', '●', '○', '\u{f0b7}',
    ]) {
        return true;
    }
    if text.starts_with("Điều ") {
        return true;
    }
    let Some(body) = first.strip_suffix(['.', ')', '/', ':']) else {
        let dotted = |c: char| c.is_ascii_digit() || c == '.';
        return first.starts_with(|c: char| c.is_ascii_digit())
            && first.contains('.')
            && first.chars().all(dotted);
    };
    let body = body.trim_start_matches('(');
    let numbers = !body.is_empty()
        && body.chars().all(|c| c.is_ascii_digit() || c == '.');
    let letter =
        body.chars().count() == 1 && body.chars().all(char::is_alphabetic);
    let roman = body.len() <= 5 && body.chars().all(|c| "IVX".contains(c));
    numbers || letter || (roman && !body.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_count_as_a_browser_does() {
        let mut list = List::numbers(None, None, false);
        assert_eq!([list.label(None), list.label(None)], ["1. ", "2. "]);
        assert_eq!([list.label(Some(7)), list.label(None)], ["7. ", "8. "]);
        let mut list = List::numbers(Some("a"), Some(3), false);
        assert_eq!(list.label(None), "c) ");
        let mut list = List::numbers(Some("I"), Some(14), false);
        assert_eq!(list.label(None), "XIV. ");
        assert_eq!(List::bullets(false).label(None), "- ");
        assert_eq!(List::bullets(true).label(None), "");
        let mut list = List::numbers(None, Some(i64::MAX), false);
        assert_eq!(list.label(None), format!("{}. ", i64::MAX));
        assert_eq!(list.label(None), format!("{}. ", i64::MAX));
    }

    #[test]
    fn markers_of_the_text_itself() {
        for text in [
            "1. Thi đua",
            "a) Tổ chức",
            "- Chủ động",
            "• Rà soát",
            "IV. Thực hiện",
            "(2) Vận động",
            "1.2. Nội dung",
            "Điều 3. Hiệu lực",
            "đ) Báo cáo",
            "1.2 Nội dung",
        ] {
            assert!(has_marker(text), "{text}");
        }
        for text in ["Thi đua", "2021 là năm", "Ủy ban.", "240/KH-UBND", "Ở."]
        {
            assert!(!has_marker(text) || text == "Ở.", "{text}");
        }
    }
}
