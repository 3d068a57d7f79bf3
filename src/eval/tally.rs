//! Counting right values, false alarms and misses.

/// Counts of one field, with every mistake.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Right values.
    pub right: usize,
    /// Values that should not be there.
    pub extra: usize,
    /// Values that are missing.
    pub missed: usize,
    /// What went wrong, in the order of the documents.
    pub mistakes: Vec<Mistake>,
}

/// One thing that went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Name of the document.
    pub document: String,
    /// What is right; `None` if nothing should be there.
    pub wanted: Option<String>,
    /// What the record says; `None` if it says nothing.
    pub got: Option<String>,
}

/// Precision, recall and their harmonic mean, each from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures {
    /// Share of the values given that are right; 1 if none was given.
    pub precision: f64,
    /// Share of the right values that were given; 1 if there are none.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
}

impl Tally {
    /// The figures of these counts.
    pub fn figures(&self) -> Figures {
        let share = |of: usize| {
            if of == 0 { 1.0 } else { self.right as f64 / of as f64 }
        };
        let precision = share(self.right + self.extra);
        let recall = share(self.right + self.missed);
        let f1 = if precision + recall > 0.0 {
            2.0 * precision * recall / (precision + recall)
        } else {
            0.0
        };
        Figures { precision, recall, f1 }
    }

    /// Books a field with one value. `wanted` is `None` if nothing should be
    /// there; `none_is_right` if nothing may be there.
    pub(super) fn one(
        &mut self,
        document: &str,
        wanted: Option<String>,
        none_is_right: bool,
        got: Option<&str>,
        same: impl FnOnce(&str) -> bool,
    ) {
        if got.is_none() && (wanted.is_none() || none_is_right) {
            return;
        }
        if wanted.is_some() && got.is_some_and(same) {
            self.right += 1;
            return;
        }
        self.extra += usize::from(got.is_some());
        self.missed += usize::from(wanted.is_some());
        self.mistakes.push(Mistake {
            document: document.to_owned(),
            wanted,
            got: got.map(str::to_owned),
        });
    }

    /// Books a list: each value takes the first right one that it matches and
    /// that no other has taken. A value that matches only an optional one is
    /// not counted.
    pub(super) fn many<G, P>(
        &mut self,
        document: &str,
        (wanted, optional): (&[G], &[G]),
        got: &[P],
        same: impl Fn(&G, &P) -> bool,
        show: (impl Fn(&G) -> String, impl Fn(&P) -> String),
    ) {
        let mut open: Vec<&G> = wanted.iter().collect();
        let mut unmatched = Vec::new();
        for value in got {
            match open.iter().position(|right| same(right, value)) {
                Some(at) => {
                    open.remove(at);
                    self.right += 1;
                }
                None => unmatched.push(value),
            }
        }
        for value in unmatched {
            if !optional.iter().any(|right| same(right, value)) {
                self.extra += 1;
                self.mistakes.push(Mistake {
                    document: document.to_owned(),
                    wanted: None,
                    got: Some(show.1(value)),
                });
            }
        }
        self.missed += open.len();
        self.mistakes.extend(open.into_iter().map(|right| Mistake {
            document: document.to_owned(),
            wanted: Some(show.0(right)),
            got: None,
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_value_is_a_false_alarm_and_a_miss() {
        let mut tally = Tally::default();
        let same = |got: &str| got == "a";
        tally.one("1", Some("a".into()), false, Some("a"), same);
        tally.one("2", Some("a".into()), false, Some("b"), same);
        tally.one("3", Some("a".into()), false, None, same);
        tally.one("4", None, false, Some("a"), same);
        tally.one("5", None, false, None, same);
        tally.one("6", Some("a".into()), true, None, same);
        assert_eq!((tally.right, tally.extra, tally.missed), (1, 2, 2));
        let names: Vec<_> =
            tally.mistakes.iter().map(|m| m.document.as_str()).collect();
        assert_eq!(names, ["2", "3", "4"]);
    }

    #[test]
    fn a_list_is_matched_one_to_one() {
        let mut tally = Tally::default();
        tally.many(
            "1",
            (&[1, 2, 3], &[9]),
            &[2, 2, 9, 1, 7],
            |a, b| a == b,
            (i32::to_string, i32::to_string),
        );
        assert_eq!((tally.right, tally.extra, tally.missed), (2, 2, 1));
        let figures = tally.figures();
        assert_eq!(figures.precision, 0.5);
        assert!((figures.recall - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn nothing_wanted_and_nothing_given_is_perfect() {
        let figures = Tally::default().figures();
        assert_eq!((figures.precision, figures.recall), (1.0, 1.0));
        let none = Tally { extra: 1, missed: 1, ..Tally::default() };
        assert_eq!(none.figures().f1, 0.0);
    }
}
