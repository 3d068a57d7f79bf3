//! An atom of dates taken apart.
//!
//! `dates.atom` of the table of patterns says what an atom is and finds where
//! one stands. Its forms differ in how they begin, so that the parts of one
//! are read off its words; asking the expression again for its groups would
//! cost several times as much. A test compares the two.

/// The forms of an atom with their parts, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Atom<'w> {
    /// `2021-09-16`: year, month, day.
    Iso(&'w str, &'w str, &'w str),
    /// `ngày 16 tháng 9 năm 2021`: day, month, year.
    Words(&'w str, &'w str, Option<&'w str>),
    /// `ngày 16/9/2021`.
    Numbers(Numbers<'w>),
    /// `16 9 2021`: day, month, year.
    Spaced(&'w str, &'w str, &'w str),
    /// `tháng 9/2021`, and with a word for its number.
    Month(&'w str, Option<&'w str>),
    /// `tháng 7 - 8/2020`: first month, last month, year.
    Months(&'w str, &'w str, &'w str),
    /// `tháng mười một năm 2021`: word, year.
    MonthWord(&'w str, Option<&'w str>),
    /// `tháng chín 16, 2021`, `16 tháng chín, 2021`: month, day, year.
    Named(&'w str, &'w str, &'w str),
    /// `quý III năm 2021`.
    Quarter(Quarter<'w>),
    /// `giai đoạn 2021 - 2025`.
    Years(&'w str, &'w str),
    /// `2021-2025`.
    BareYears(&'w str, &'w str),
    /// `năm 2021`.
    Year(&'w str),
}

/// Two or three numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Numbers<'w> {
    /// Whether `ngày`, `mùng`, `mồng` stands before.
    pub(super) cue: bool,
    pub(super) day: &'w str,
    /// What stands between day and month.
    pub(super) separator: &'w str,
    pub(super) month: &'w str,
    /// Of two or four digits.
    pub(super) year: Option<&'w str>,
}

/// A quarter of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quarter<'w> {
    pub(super) number: &'w str,
    /// `q3`, `q.3`: not the word.
    pub(super) short: bool,
    /// `q3`: glued to the letter.
    pub(super) glued: bool,
    pub(super) year: Option<&'w str>,
}

impl<'w> Atom<'w> {
    /// Takes the words of a whole find of `dates.atom` apart.
    pub(super) fn of(words: &'w str) -> Option<Self> {
        let tail = ["ngày", "mùng", "mồng"]
            .iter()
            .find_map(|cue| words.strip_prefix(cue));
        let cue = tail.is_some();
        let words = tail.map_or(words, |t| t.trim_start_matches(BLANKS));
        let mut numbers = Digits(words);
        let first = numbers.next();
        match words.as_bytes().first()? {
            b'0'..=b'9' => Self::from_digit(cue, words, first?, numbers),
            b'q' => Self::quarter(words),
            _ => {
                let Some(tail) = words.strip_prefix("tháng") else {
                    let first = first?.1;
                    return Some(match numbers.next() {
                        Some((_, second)) => Self::Years(first, second),
                        None => Self::Year(first),
                    });
                };
                let tail = tail.get(1..)?;
                let second = numbers.next().map(|(_, n)| n);
                if tail.starts_with(|c: char| c.is_ascii_digit()) {
                    let month = first?.1;
                    return Some(match (second, numbers.next()) {
                        (Some(day), Some((_, y)))
                            if words.contains(',')
                                && !words.contains("năm") =>
                        {
                            Self::Named(month, day, y)
                        }
                        (Some(last), Some((_, y))) => {
                            Self::Months(month, last, y)
                        }
                        _ => Self::Month(month, second),
                    });
                }
                let first = first.map(|(_, n)| n);
                if let Some(year) = second {
                    let word = tail.split(|c: char| c.is_ascii_digit()).next();
                    return Some(Self::Named(word?.trim(), first?, year));
                }
                let (word, _) = tail.split_once(" năm ")?;
                Some(Self::MonthWord(word, first))
            }
        }
    }

    fn from_digit(
        cue: bool,
        words: &'w str,
        (_, first): (usize, &'w str),
        mut numbers: Digits<'w>,
    ) -> Option<Self> {
        let (at, second) = numbers.next_in(words)?;
        let third = numbers.next().map(|(_, n)| n);
        if first.len() == 4 {
            return Some(match third {
                Some(day) => Self::Iso(first, second, day),
                None => Self::BareYears(first, second),
            });
        }
        let between = &words[first.len()..at];
        if let Some((_, word)) = between.split_once("tháng")
            && let word = word.trim_matches([' ', '\n', ','])
            && word.contains(char::is_alphabetic)
        {
            let word = word.strip_suffix(" năm").unwrap_or(word);
            return Some(Self::Named(
                word.trim_end_matches(','),
                first,
                second,
            ));
        }
        Some(if between.contains("tháng") {
            Self::Words(first, second, third)
        } else if between == " " {
            Self::Spaced(first, second, third?)
        } else {
            Self::Numbers(Numbers {
                cue,
                day: first,
                separator: between,
                month: second,
                year: third,
            })
        })
    }

    fn quarter(words: &'w str) -> Option<Self> {
        let long = ["quý", "quí"].iter().find_map(|q| words.strip_prefix(q));
        let dotted = words.strip_prefix("q.");
        let tail = long.or(dotted).or_else(|| words.strip_prefix('q'))?;
        let tail = tail.strip_prefix(' ').unwrap_or(tail);
        let roman = |c: char| matches!(c, 'i' | 'v');
        let digits = |c: char| c.is_ascii_digit();
        let leading = |tail: &'w str| {
            let end = match tail.starts_with(roman) {
                true => tail.find(|c| !roman(c)),
                false => tail.find(|c| !digits(c)),
            };
            tail.split_at(end.unwrap_or(tail.len()))
        };
        let (mut number, behind) = leading(tail);
        let mut tail = tail;
        // `quý III, IV năm 2022`: the last of two.
        let more = behind.trim_start_matches(' ');
        let more = more.strip_prefix([',', '-']).or(more.strip_prefix("và "));
        if let Some(more) = more.map(|m| m.trim_start_matches(' '))
            && number.starts_with(roman)
            && more.starts_with(roman)
        {
            (tail, number) = (more, leading(more).0);
        }
        let year = Digits(&tail[number.len()..]).next().map(|(_, y)| y);
        Some(Self::Quarter(Quarter {
            number,
            short: long.is_none(),
            glued: long.or(dotted).is_none(),
            year,
        }))
    }
}

const BLANKS: [char; 2] = [' ', '\n'];

/// The runs of digits of some words, each with the byte at which it begins in
/// what was left of them.
struct Digits<'w>(&'w str);

impl<'w> Digits<'w> {
    /// The next run, with its byte in `words`, of which this is the end.
    fn next_in(&mut self, words: &'w str) -> Option<(usize, &'w str)> {
        let done = words.len() - self.0.len();
        self.next().map(|(at, run)| (done + at, run))
    }
}

impl<'w> Iterator for Digits<'w> {
    type Item = (usize, &'w str);

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.0.as_bytes();
        let start = bytes.iter().position(u8::is_ascii_digit)?;
        let length = bytes[start..].iter().take_while(|b| b.is_ascii_digit());
        let end = start + length.count();
        let run = &self.0[start..end];
        self.0 = &self.0[end..];
        Some((start, run))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::scan::Rule;

    /// The parts as the groups of the expression have them.
    fn by_groups<'w>(caps: &regex::Captures<'w>) -> Atom<'w> {
        let group = |names: &[&str]| {
            names.iter().find_map(|n| caps.name(n)).map(|m| m.as_str())
        };
        let one = |name| group(&[name]).unwrap();
        if group(&["iso_y"]).is_some() {
            Atom::Iso(one("iso_y"), one("iso_m"), one("iso_d"))
        } else if group(&["w_d"]).is_some() {
            let year = group(&["w_y", "w_y2", "w_y3"]);
            Atom::Words(one("w_d"), one("w_m"), year)
        } else if group(&["g_d", "h_d"]).is_some() {
            let month = group(&["g_m", "h_m"]).unwrap();
            let year = group(&["g_y", "h_y"]).unwrap();
            Atom::Named(month, group(&["g_d", "h_d"]).unwrap(), year)
        } else if group(&["n_d"]).is_some() {
            Atom::Numbers(Numbers {
                cue: group(&["n_cue"]).is_some(),
                day: one("n_d"),
                separator: one("n_sep"),
                month: one("n_m"),
                year: group(&["n_y", "n_y2", "n_yy"]),
            })
        } else if group(&["s_d"]).is_some() {
            Atom::Spaced(one("s_d"), one("s_m"), one("s_y"))
        } else if group(&["mm_a"]).is_some() {
            let year = group(&["mm_y", "mm_y2"]).unwrap();
            Atom::Months(one("mm_a"), one("mm_b"), year)
        } else if group(&["m_m"]).is_some() {
            Atom::Month(one("m_m"), group(&["m_y", "m_y2", "m_y3"]))
        } else if group(&["mw"]).is_some() {
            Atom::MonthWord(one("mw"), group(&["mw_y"]))
        } else if let Some(number) = group(&["q_q", "q_r", "q_n"]) {
            Atom::Quarter(Quarter {
                number,
                short: !caps[0].starts_with("quý")
                    && !caps[0].starts_with("quí"),
                glued: group(&["q_n"]).is_some(),
                year: group(&["q_y", "q_y2"]),
            })
        } else if group(&["p_a"]).is_some() {
            Atom::Years(one("p_a"), one("p_b"))
        } else if group(&["b_a"]).is_some() {
            Atom::BareYears(one("b_a"), one("b_b"))
        } else {
            Atom::Year(one("y"))
        }
    }

    #[test]
    fn the_parts_are_the_groups_of_the_expression() {
        let rule = Rule::new("dates.atom");
        let befores = ["", "ngày ", "ngày\n", "mùng ", "mồng 0", "ngày"];
        let starts = [
            "16/9",
            "16//9",
            "16-9",
            "6 - 9",
            "16. 9",
            "1 9",
            "9 tháng 10",
            "30tháng4",
            "3 tháng\n2",
            "2021-09-16",
            "31 12",
            "1.1",
        ];
        let ends = [
            "",
            "/2021",
            "-2021",
            " - 2021",
            ".1999",
            "/21",
            " năm 2021",
            "\nnăm 2021",
            ", năm 2021",
            " 2021",
            "năm 2021",
            "/2021-2022",
        ];
        let mut texts: Vec<String> = Vec::new();
        for before in befores {
            for start in starts {
                texts.extend(ends.map(|end| format!("{before}{start}{end}")));
            }
        }
        for month in [
            "tháng 9",
            "tháng\n10",
            "tháng 01",
            "tháng mười một",
            "tháng 7 - 8",
            "tháng 11-12",
            "tháng chạp",
            "quý iii",
            "quý 3",
            "quí iv",
            "q.3",
            "q. 02",
            "q4",
            "quý i",
            "quý iii, iv",
            "quý i và ii",
            "quý ii-iii",
        ] {
            texts.extend(ends.map(|end| format!("{month}{end}")));
        }
        for years in ["2021-2025", "2021 - 2025", "2021 đến hết năm 2025"]
        {
            for cue in [
                "",
                "giai đoạn ",
                "giai đoạn từ năm ",
                "năm học ",
                "năm ",
                "từ ",
                "các năm ",
                "nhiệm kỳ\n",
            ] {
                texts.push(format!("{cue}{years}"));
            }
        }
        texts.extend(["năm học 2021".into(), "năm\n1975".into()]);
        for month in ["tháng chín", "tháng mười hai", "tháng 9", "tháng năm"]
        {
            for tail in [" 16, 2021", " 02,1999"] {
                texts.push(format!("{month}{tail}"));
            }
            for tail in [", 2021", " 2021", " năm 2021", ", năm 1999"] {
                texts.push(format!("ngày 16 {month}{tail}"));
                texts.push(format!("02 {month}{tail}"));
            }
        }
        let mut seen = 0;
        for text in &texts {
            for caps in rule.regex().captures_iter(text) {
                let expected = by_groups(&caps);
                let words = caps.get(0).unwrap().as_str();
                assert_eq!(Atom::of(words), Some(expected), "{words:?}");
                seen += 1;
            }
        }
        assert!(seen > texts.len() * 9 / 10, "{seen} of {}", texts.len());
    }
}
