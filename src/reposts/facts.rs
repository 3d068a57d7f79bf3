//! What a document says of itself that tells it from a look-alike.
//!
//! Two provinces' copies of one campaign, or two years of one plan, share
//! most of their words. They are two acts if each names its own number,
//! issuer or day. What one of the two does not say tells nothing: a copy may
//! have lost its headline.

use super::hash;
use crate::record::{Kind, Level, Record, Status};
use crate::text::fold;

/// Symbols that are kept of those that a document cites.
const CITED: usize = 6;

/// Days that are kept of those that a document names.
const DAYS: usize = 8;

/// Bytes of the facts of one document.
pub(super) const BYTES: usize = 4 * (4 + CITED + DAYS);

/// Hashes of what a document says of itself; 0 for what it does not say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts {
    /// Number, year and type of the act.
    number: u32,
    /// Province-level unit of the issuer.
    place: u32,
    /// The issuer, if it is central or below the province.
    body: u32,
    /// Day of the act, if the words say all of it.
    issued: u32,
    /// Other symbols that are named.
    cited: [u32; CITED],
    /// Days that are named.
    days: [u32; DAYS],
}

impl Facts {
    /// Those of a record. One that is no announcement has none.
    pub fn of(record: &Record) -> Self {
        let mut facts = Self::default();
        if record.kind != Kind::Announcement {
            return facts;
        }
        let document = record.document.as_ref();
        if let Some(document) = document
            && document.status != Status::Unfilled
            && let Some(symbol) = &document.symbol
        {
            facts.number = symbol_key(symbol);
        }
        if let Some(issuer) = &record.issuer {
            if let Some(place) = &issuer.place {
                facts.place = key(&place.name);
            }
            let own = match issuer.level {
                Some(Level::Central) => issuer.status == Status::Stated,
                Some(Level::District | Level::Commune) => true,
                Some(Level::Province) | None => false,
            };
            if own {
                let name = issuer.name.strip_prefix("Chủ tịch ");
                facts.body = key(name.unwrap_or(&issuer.name));
            }
        }
        if let Some(issued) = &record.issued
            && issued.status == Status::Stated
            && is_day(&issued.value)
        {
            facts.issued = key(&issued.value);
        }
        let days = record.dates.iter().filter(|date| is_day(&date.value));
        for (slot, day) in facts.days.iter_mut().zip(days) {
            *slot = key(&day.value);
        }
        let others = document.map_or(&[][..], |d| &d.others);
        let cited = record.references.iter().filter_map(|r| r.symbol.as_ref());
        let cited = others.iter().map(|other| &other.text).chain(cited);
        for (slot, symbol) in facts.cited.iter_mut().zip(cited) {
            *slot = symbol_key(symbol);
        }
        facts
    }

    /// Whether two documents are two acts by what they say of themselves.
    pub(super) fn contradict(&self, other: &Self) -> bool {
        let differ = |a: u32, b: u32| a != 0 && b != 0 && a != b;
        // Where each names the number of the other too, only the choice of
        // the main one differs.
        let number = differ(self.number, other.number)
            && !(self.cited.contains(&other.number)
                && other.cited.contains(&self.number));
        // A site may put a dateline of its own where that of a paper stood.
        let issued = differ(self.issued, other.issued)
            && !self.days.contains(&other.issued)
            && !other.days.contains(&self.issued);
        number
            || differ(self.place, other.place)
            || differ(self.body, other.body)
            || issued
    }

    /// Takes over what is not known yet; says whether anything was.
    pub(super) fn adopt(&mut self, other: &Self) -> bool {
        let before = *self;
        if self.number == 0 && other.number != 0 {
            (self.number, self.cited) = (other.number, other.cited);
        }
        let take = |own: &mut u32, other: u32| {
            if *own == 0 {
                *own = other;
            }
        };
        take(&mut self.place, other.place);
        take(&mut self.body, other.body);
        if self.issued == 0 && other.issued != 0 {
            (self.issued, self.days) = (other.issued, other.days);
        }
        *self != before
    }

    pub(super) fn to_bytes(self) -> [u8; BYTES] {
        let own = [self.number, self.place, self.body, self.issued];
        let mut bytes = [0; BYTES];
        let all = own.into_iter().chain(self.cited).chain(self.days);
        for (four, value) in bytes.chunks_exact_mut(4).zip(all) {
            four.copy_from_slice(&value.to_le_bytes());
        }
        bytes
    }

    pub(super) fn from_bytes(bytes: &[u8; BYTES]) -> Self {
        let (fours, _) = bytes.as_chunks::<4>();
        let value = |i: usize| u32::from_le_bytes(fours[i]);
        Self {
            number: value(0),
            place: value(1),
            body: value(2),
            issued: value(3),
            cited: std::array::from_fn(|i| value(4 + i)),
            days: std::array::from_fn(|i| value(4 + CITED + i)),
        }
    }
}

/// Whether a date in EDTF is one whole day.
fn is_day(value: &str) -> bool {
    value.len() == "2021-09-16".len() && !value.contains(['X', '/'])
}

/// A hash of folded words that is never 0.
fn key(words: &str) -> u32 {
    ((hash(fold(words).as_bytes()) >> 32) as u32).max(1)
}

/// Of a symbol as written only number, year and type: who wrote `240/KH-UB`
/// or `số 240/KH- UBND` meant the same.
fn symbol_key(symbol: &str) -> u32 {
    let mut number = "";
    let mut year = "";
    let mut code = "";
    for part in symbol.split(|c: char| !c.is_alphanumeric()) {
        let digits =
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if digits && number.is_empty() {
            number = part.trim_start_matches('0');
        } else if digits && part.len() == 4 {
            year = part;
        } else if !number.is_empty() && code.is_empty() {
            code = part;
        }
    }
    key(&format!("{number}/{year}/{code}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Context, extract};
    use crate::text::Text;

    fn of(raw: &str) -> Facts {
        Facts::of(&extract(&Text::new(raw), &Context::default()))
    }

    fn plan(day: &str, province: &str, number: &str) -> Facts {
        of(&format!(
            "Ngày {day}, UBND tỉnh {province} ban hành Kế hoạch số {number} phát động phong trào thi đua trồng cây xanh."
        ))
    }

    #[test]
    fn another_number_place_or_day_is_another_act() {
        let one = plan("16/9/2021", "Vĩnh Phúc", "240/KH-UBND");
        assert!(!one.contradict(&one));
        for other in [
            plan("16/9/2021", "Quảng Nam", "240/KH-UBND"),
            plan("16/9/2021", "Vĩnh Phúc", "241/KH-UBND"),
            plan("17/9/2021", "Vĩnh Phúc", "240/KH-UBND"),
        ] {
            assert!(one.contradict(&other) && other.contradict(&one));
        }
        assert!(!one.contradict(&plan("16/9/2021", "Vĩnh Phúc", "240/KH-UB")));
    }

    #[test]
    fn districts_are_told_apart() {
        let of = |district: &str| {
            of(&format!(
                "Ngày 3/4/2019, UBND huyện {district}, tỉnh Vĩnh Phúc ban hành Kế hoạch phát động phong trào thi đua trồng cây."
            ))
        };
        let (one, other) = (of("Tam Đảo"), of("Lập Thạch"));
        assert!(one.body != 0 && one.contradict(&other));
        assert!(!one.contradict(&one));
    }

    #[test]
    fn what_is_not_said_contradicts_nothing() {
        let one = plan("16/9/2021", "Vĩnh Phúc", "240/KH-UBND");
        let nothing = Facts::default();
        assert!(!one.contradict(&nothing) && !nothing.contradict(&one));
        let mut cluster = nothing;
        assert!(cluster.adopt(&one));
        assert!(!cluster.adopt(&one));
        let other = plan("16/9/2021", "Quảng Nam", "240/KH-UBND");
        assert!(cluster.contradict(&other));
    }

    #[test]
    fn the_choice_of_the_main_number_is_no_contradiction() {
        let act = |number: u32, cited: u32| Facts {
            number,
            cited: [cited, 0, 0, 0, 0, 0],
            ..Facts::default()
        };
        assert!(!act(7, 8).contradict(&act(8, 7)));
        assert!(act(7, 8).contradict(&act(8, 9)));
    }

    #[test]
    fn bytes_and_back() {
        let one = plan("16/9/2021", "Vĩnh Phúc", "240/KH-UBND");
        assert_eq!(Facts::from_bytes(&one.to_bytes()), one);
    }
}
