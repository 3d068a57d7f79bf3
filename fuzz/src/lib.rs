//! What the three targets share: the promises (those of `cargo test`), the
//! time limit, and a mutator that knows what announcements are made of.
//!
//! libFuzzer changes bytes; that breaks letters apart, which is one thing to
//! try. The mutator also works on lines and on cues (`cues.txt`): it inserts,
//! repeats, moves and decomposes them.

#[path = "../../tests/promises/mod.rs"]
pub mod promises;

pub use libfuzzer_sys;

use std::sync::LazyLock;
use std::time::Duration;
use unicode_normalization::UnicodeNormalization;

/// The longest that one stage may compute on one input.
const LIMIT: Duration = Duration::from_secs(1);

/// Defines a target that holds every input against a promise.
#[macro_export]
macro_rules! target {
    ($promise:ident) => {
        $crate::libfuzzer_sys::fuzz_target!(
            init: $crate::warm($crate::promises::$promise),
            |input: &[u8]| $crate::promises::$promise(input, $crate::in_time)
        );
        $crate::libfuzzer_sys::fuzz_mutator!(
            |data: &mut [u8], size: usize, max_size: usize, seed: u32| {
                $crate::mutate(data, size, max_size, seed)
            }
        );
    };
}

/// Tables are made when they are first asked for; that is not the input's
/// fault.
pub fn warm(promise: fn(&[u8], promises::Watch)) {
    const USUAL: &str = "_1Ngày 16/9/2021, UBND tỉnh Vĩnh Phúc ban hành Kế \
        hoạch số 240/KH-UBND phát động phong trào thi đua “Vì dân”, với các \
        nội dung sau:\n1. Thi đua phòng dịch.\n2. Thi đua sản xuất.\n";
    promise(USUAL.as_bytes(), |_, work| work());
}

/// Runs one stage; panics if it computes too long.
pub fn in_time(stage: &str, work: &mut dyn FnMut()) {
    let ((), took) = promises::clock::timed(work);
    assert!(took <= LIMIT, "{stage} took {} ms", took.as_millis());
}

/// Words and marks that rules look for.
static CUES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let lines = include_str!("../cues.txt").lines();
    let cues = lines.filter(|line| !line.is_empty() && !line.starts_with("##"));
    cues.map(unescaped).collect()
});

/// `\n`, `\t`, `\\` and `\u{301}` as they are elsewhere.
fn unescaped(cue: &str) -> String {
    let mut out = String::new();
    let mut parts = cue.split('\\');
    out.extend(parts.next());
    while let Some(part) = parts.next() {
        if part.is_empty() {
            out.push('\\');
            out.extend(parts.next());
        } else if let Some(rest) = part.strip_prefix("u{") {
            let (code, rest) = rest.split_once('}').expect("a code");
            let code = u32::from_str_radix(code, 16).expect("hexadecimal");
            out.extend(char::from_u32(code));
            out.push_str(rest);
        } else {
            out.push(if part.starts_with('n') { '\n' } else { '\t' });
            out.push_str(&part[1..]);
        }
    }
    out
}

/// Changes an input: half of the time as libFuzzer does, else by words.
pub fn mutate(
    data: &mut [u8],
    size: usize,
    max_size: usize,
    seed: u32,
) -> usize {
    let mut dice = Dice(u64::from(seed) | 1 << 40);
    if dice.below(2) == 0 {
        return libfuzzer_sys::fuzzer_mutate(data, size, max_size);
    }
    let Ok(text) = std::str::from_utf8(&data[..size]) else {
        return splice(data, size, max_size, &mut dice);
    };
    let mut text = text.to_owned();
    for _ in 0..=dice.below(4) {
        step(&mut text, &mut dice);
    }
    let mut end = text.len().min(max_size);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    data[..end].copy_from_slice(&text.as_bytes()[..end]);
    end
}

/// Puts a cue among bytes that are no text, such as those of legacy encodings.
fn splice(
    data: &mut [u8],
    size: usize,
    max_size: usize,
    dice: &mut Dice,
) -> usize {
    let cue = dice.cue().as_bytes();
    let at = dice.below(size + 1);
    let gone = [0, cue.len().min(size - at)][dice.below(2)];
    let end = (size + cue.len() - gone).min(max_size);
    let changed = [&data[..at], cue, &data[at + gone..size]].concat();
    data[..end].copy_from_slice(&changed[..end]);
    end
}

/// One change of a text.
fn step(text: &mut String, dice: &mut Dice) {
    let at = place(text, dice);
    match dice.below(9) {
        0..=2 => text.insert_str(at, dice.cue()),
        3 => {
            let times = [2, 3, 10, 100][dice.below(4)];
            text.insert_str(at, &dice.cue().repeat(times));
        }
        4 => {
            // A cue takes the place of what stands there.
            let cue = dice.cue();
            let mut end = (at + cue.len()).min(text.len());
            while !text.is_char_boundary(end) {
                end += 1;
            }
            text.replace_range(at..end, cue);
        }
        5 => {
            let line = line(text, at);
            text.replace_range(line, "");
        }
        6 => {
            // A line once more, somewhere else.
            let copy = text[line(text, at)].to_owned();
            let to = place(text, dice);
            let to = line(text, to).end;
            text.insert_str(to, &copy);
        }
        7 => {
            let line = line(text, at);
            let other: String = match dice.below(4) {
                0 => text[line.clone()].nfd().collect(),
                1 => text[line.clone()].to_uppercase(),
                2 => text[line.clone()].replace(' ', "\u{a0}"),
                _ => text[line.clone()].replace('\n', " "),
            };
            text.replace_range(line, &other);
        }
        _ => {
            let other = place(text, dice);
            text.replace_range(at.min(other)..at.max(other), "");
        }
    }
}

/// A place between two characters; rather at the edge of a word.
fn place(text: &str, dice: &mut Dice) -> usize {
    let mut at = dice.below(text.len() + 1);
    if dice.below(2) == 0 {
        at += text.as_bytes()[at..].iter().take_while(|b| **b > b' ').count();
    }
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// The line around a place, its end included.
fn line(text: &str, at: usize) -> std::ops::Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    let end = text[at..].find('\n').map_or(text.len(), |i| at + i + 1);
    start..end
}

/// Numbers that look like chance and follow from the seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    fn cue(&mut self) -> &'static str {
        let i = self.below(CUES.len());
        &CUES[i]
    }
}
