//! Texts made of the corpus' own phrases, with near duplicates planted at
//! known similarities. Every text follows from its number alone.

use std::collections::HashSet;
use std::path::Path;
use vanban::extract::{Context, extract};
use vanban::record::Record;
use vanban::reposts::Print;
use vanban::text::Text;

/// A small generator of random numbers (splitmix64).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64, number: u64) -> Self {
        // Spread first, or the sequences of neighbours would overlap.
        Self(mix(mix(seed) ^ number))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }
}

fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// Families come and go, as campaigns do: there are so many at a time,
const FAMILIES: usize = 30;
/// for so many documents in a row. So a family has some 54 members, however
/// many documents there are.
const AGE: u64 = 9_000;

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// Unlike any other.
    Single,
    /// One of a family that shares a form: alike, but less than a repost.
    OfFamily,
    /// A changed copy of an earlier text.
    Copy { of: u64 },
}

/// The maker of the texts.
pub struct Planted {
    seed: u64,
    /// The corpus, syllable by syllable.
    words: Vec<String>,
    empty: Record,
}

impl Planted {
    pub fn new(seed: u64) -> Self {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        let mut paths: Vec<_> = ["documents", "movement"]
            .iter()
            .flat_map(|name| {
                std::fs::read_dir(corpus.join(name)).expect("a folder")
            })
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.extension().is_some_and(|e| e == "txt"))
            .collect();
        paths.sort();
        let mut words = Vec::new();
        for path in paths {
            let text = std::fs::read_to_string(path).expect("a text");
            words.extend(text.split_whitespace().map(str::to_owned));
        }
        assert!(words.len() > 10_000);
        let empty = extract(&Text::new("Không có gì"), &Context::default());
        Self { seed, words, empty }
    }

    /// What text `number` is: every tenth is a copy, every fifth of the
    /// others of a family.
    pub fn kind(&self, number: u64) -> Kind {
        if number % 10 == 9 {
            let mut random = Random::new(self.seed ^ 1, number);
            let back = random.below(number as usize) as u64;
            let of = number - 1 - back;
            return Kind::Copy { of: of - u64::from(of % 10 == 9) };
        }
        if number % 5 == 1 { Kind::OfFamily } else { Kind::Single }
    }

    /// The syllables of a text.
    pub fn words(&self, number: u64) -> Vec<&str> {
        let mut random = Random::new(self.seed, number);
        match self.kind(number) {
            Kind::Single => {
                let length = 120 + random.below(500);
                self.phrases(&mut random, length)
            }
            Kind::OfFamily => {
                let first = number / AGE * FAMILIES as u64;
                let family = first + random.below(FAMILIES) as u64;
                let mut form = Random::new(self.seed ^ 2, family);
                let length = 150 + form.below(400);
                // At most 0.85 of the words are the form's: 0.74 alike.
                let shared = length * (50 + random.below(35)) / 100;
                let mut words = self.phrases(&mut form, length);
                words.truncate(shared);
                words.extend(self.phrases(&mut random, length - shared));
                words
            }
            Kind::Copy { of } => {
                let mut words = self.words(of);
                // From 60 to 100 % similar, in the mean.
                let similar = 0.58 + random.below(43) as f64 / 100.0;
                let lost = ((1.0 - similar) / (1.0 + similar)).max(0.0);
                let changes =
                    (lost * words.len() as f64 / 3.0).round() as usize;
                for _ in 0..changes {
                    let at = random.below(words.len());
                    words[at] = &self.words[random.below(self.words.len())];
                }
                words
            }
        }
    }

    /// Phrases of one to six syllables, from anywhere in the corpus.
    fn phrases(&self, random: &mut Random, length: usize) -> Vec<&str> {
        let mut words = Vec::with_capacity(length + 6);
        while words.len() < length {
            let at = random.below(self.words.len() - 6);
            let phrase = &self.words[at..at + 1 + random.below(6)];
            words.extend(phrase.iter().map(String::as_str));
        }
        words.truncate(length);
        words
    }

    /// The print of a text, as it comes from the pipeline.
    pub fn print(&self, number: u64) -> Print {
        self.print_of(number, &self.text(number))
    }

    /// A text in paragraphs.
    pub fn text(&self, number: u64) -> Text {
        let words = self.words(number);
        let lines: Vec<String> =
            words.chunks(60).map(|line| line.join(" ")).collect();
        Text::new(lines.join("\n"))
    }

    pub fn print_of(&self, number: u64, text: &Text) -> Print {
        let mut record = self.empty.clone();
        record.id = id(number);
        record.source.path = "tin.jsonl".to_owned();
        record.source.record = Some(number);
        Print::of(text, &record)
    }

    /// The similarity of two texts, found another way: by the triples of
    /// their words themselves.
    pub fn similarity(&self, a: u64, b: u64) -> f64 {
        let (a, b) = (triples(&self.words(a)), triples(&self.words(b)));
        let common = a.intersection(&b).count();
        common as f64 / (a.len() + b.len() - common) as f64
    }
}

/// The id of a text.
pub fn id(number: u64) -> String {
    format!("{number:016x}")
}

fn triples(words: &[&str]) -> HashSet<[String; 3]> {
    let folded: Vec<String> = words
        .iter()
        .flat_map(|word| {
            let plain = vanban::text::fold(&vanban::text::normalize(word));
            plain
                .replace('y', "i")
                .split(|c: char| !c.is_alphanumeric())
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect();
    folded
        .windows(3)
        .map(|w| [w[0].clone(), w[1].clone(), w[2].clone()])
        .collect()
}

/// How well the planted copies are found.
#[derive(Default)]
pub struct Score {
    /// By twentieths of similarity from 0.60 on: pairs, and those found.
    pub levels: [(u64, u64); 9],
    /// Documents said to be reposts.
    pub said: u64,
    /// Of these, copies that are similar enough to what they are said to be
    /// a repost of.
    pub right: u64,
}

impl Score {
    /// Takes in what was said of a text.
    pub fn take(
        &mut self,
        planted: &Planted,
        number: u64,
        repost: &vanban::reposts::Repost,
    ) {
        let said = repost.similarity.is_some();
        self.said += u64::from(said);
        let Kind::Copy { of } = planted.kind(number) else { return };
        let similarity = planted.similarity(of, number);
        let found = said && repost.cluster == id(of);
        self.right += u64::from(found && similarity >= 0.8);
        if similarity >= 0.6 {
            let level = ((similarity - 0.6) * 20.0 + 1e-9) as usize;
            self.levels[level].0 += 1;
            self.levels[level].1 += u64::from(found);
        }
    }

    /// Found of the pairs that are similar enough.
    pub fn recall(&self) -> f64 {
        let (pairs, found) = self.levels[4..]
            .iter()
            .fold((0, 0), |sum, level| (sum.0 + level.0, sum.1 + level.1));
        found as f64 / pairs as f64
    }

    /// Right of what was said.
    pub fn precision(&self) -> f64 {
        self.right as f64 / self.said as f64
    }
}
