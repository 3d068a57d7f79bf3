//! A text, 64 bytes at a time: which of them are of a kind, as the bits of one
//! number.
//!
//! Written without branches over arrays of a fixed length, so that the
//! compiler looks at many bytes with one instruction; a branch on every
//! letter is one that no processor foresees. `pulp` chooses the widest
//! instructions that the processor has.

use pulp::{Arch, NullaryFnOnce, Scalar, Simd, WithSimd};
use std::marker::PhantomData;

/// Bytes that are looked at together.
pub(crate) const BLOCK: usize = 64;

/// Bytes before and behind a block that say what its own bytes are.
pub(crate) const AROUND: usize = 3;

/// A block with the bytes around it.
pub(crate) type Around = [u8; AROUND + BLOCK + AROUND];

/// What is seen of a block.
///
/// `of` and all that it calls must be `#[inline(always)]`: only so is it
/// compiled for the instructions that are there.
pub(crate) trait Seen {
    /// Looks at a block.
    fn of(around: &Around, bits: impl Bits) -> Self;
}

/// Brings 64 bytes of 0 and 1 together as bits, the first one the lowest:
/// where a processor compares bytes it has an instruction for that.
pub(crate) trait Bits: Copy {
    /// The bits.
    fn of(self, bytes: &[u8; BLOCK]) -> u64;
}

impl Bits for Scalar {
    #[inline(always)]
    fn of(self, bytes: &[u8; BLOCK]) -> u64 {
        bits(bytes)
    }
}

#[cfg(target_arch = "x86_64")]
impl Bits for pulp::x86::V3 {
    #[inline(always)]
    fn of(self, bytes: &[u8; BLOCK]) -> u64 {
        let (halves, _) = bytes.as_chunks::<{ BLOCK / 2 }>();
        let half = |bytes: &[u8; BLOCK / 2]| {
            let none = self.avx._mm256_setzero_si256();
            let set = self.avx2._mm256_cmpgt_epi8(pulp::cast(*bytes), none);
            u64::from(self.avx2._mm256_movemask_epi8(set) as u32)
        };
        half(&halves[0]) | half(&halves[1]) << (BLOCK / 2)
    }
}

#[cfg(target_arch = "x86_64")]
impl Bits for pulp::x86::V4 {
    #[inline(always)]
    fn of(self, bytes: &[u8; BLOCK]) -> u64 {
        let bytes = pulp::cast(*bytes);
        self.avx512bw._mm512_test_epi8_mask(bytes, bytes)
    }
}

/// Looks at every block of a text, and at one that begins where the text or
/// its last full block ends. `outside` stands for the bytes around the text.
pub(crate) fn over<T: Seen>(bytes: &[u8], outside: u8) -> Vec<T> {
    let mut out = Vec::with_capacity(bytes.len() / BLOCK + 1);
    match Arch::new() {
        #[cfg(target_arch = "x86_64")]
        Arch::V4(simd) => all(simd, bytes, outside, &mut out),
        #[cfg(target_arch = "x86_64")]
        Arch::V3(simd) => all(simd, bytes, outside, &mut out),
        _ => all(Scalar, bytes, outside, &mut out),
    }
    out
}

/// The blocks at the edges of a text apart from those between, so that these
/// are looked at where they lie.
fn all<T: Seen, S: Simd + Bits>(
    simd: S,
    bytes: &[u8],
    outside: u8,
    out: &mut Vec<T>,
) {
    let count = bytes.len() / BLOCK + 1;
    let inside = bytes.len().saturating_sub(BLOCK + AROUND) / BLOCK;
    let edge = |i: usize| {
        let around = &at_edge(bytes, outside, BLOCK * i);
        simd.vectorize(Edge { around, simd, of: PhantomData })
    };
    out.push(edge(0));
    simd.vectorize(Inside { bytes, count: inside, simd, out: &mut *out });
    out.extend((1 + inside..count).map(edge));
}

struct Inside<'t, T, S> {
    bytes: &'t [u8],
    count: usize,
    simd: S,
    out: &'t mut Vec<T>,
}

impl<T: Seen, S: Simd + Bits> NullaryFnOnce for Inside<'_, T, S> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for i in 0..self.count {
            let from = BLOCK * (i + 1) - AROUND;
            let Some(around) = self.bytes[from..].first_chunk() else { break };
            self.out.push(T::of(around, self.simd));
        }
    }
}

struct Edge<'t, T, S> {
    around: &'t Around,
    simd: S,
    of: PhantomData<T>,
}

impl<T: Seen, S: Simd + Bits> NullaryFnOnce for Edge<'_, T, S> {
    type Output = T;

    #[inline(always)]
    fn call(self) -> T {
        T::of(self.around, self.simd)
    }
}

/// Makes ASCII letters small.
pub(super) fn make_small(text: &mut str) {
    struct Small<'t>(&'t mut str);
    impl WithSimd for Small<'_> {
        type Output = ();

        #[inline(always)]
        fn with_simd<S: Simd>(self, _: S) {
            self.0.make_ascii_lowercase();
        }
    }
    Arch::new().dispatch(Small(text));
}

fn at_edge(bytes: &[u8], outside: u8, at: usize) -> Around {
    let mut around: Around = [outside; _];
    let from = at.saturating_sub(AROUND);
    let to = bytes.len().min(at + BLOCK + AROUND);
    let known = &bytes[from..to];
    around[AROUND - (at - from)..][..known.len()].copy_from_slice(known);
    around
}

/// At most 64 bytes of 0 and 1 as bits, the first one the lowest.
#[inline(always)]
pub(crate) fn bits<const N: usize>(bytes: &[u8; N]) -> u64 {
    let (eights, _) = bytes.as_chunks::<8>();
    eights.iter().enumerate().fold(0, |all, (i, eight)| {
        // Brings the lowest bits of eight bytes together.
        let bits = u64::from_le_bytes(*eight);
        let bits = bits.wrapping_mul(0x0102_0408_1020_4080) >> 56;
        all | bits << (8 * i)
    })
}

/// Whether a byte is one of some in a row.
#[inline(always)]
pub(crate) fn within(b: u8, first: u8, last: u8) -> bool {
    b.wrapping_sub(first) <= last - first
}

/// What normalization needs to know of a block, the first byte in the lowest
/// bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    /// Characters that may have to be changed, and what lies behind the text.
    pub(super) stops: u64,
    /// Vowels whose tone mark may stand in the wrong place: those with a mark
    /// of tone alone, and ư, beside what may be a vowel.
    pub(super) toned: u64,
}

impl Look {
    /// The blocks of a text.
    pub(super) fn over(text: &str) -> Vec<Self> {
        over(text.as_bytes(), 0)
    }
}

/// Whether a byte may be of a vowel: an ASCII vowel, anything but ASCII, or a
/// control character that goes.
#[inline(always)]
fn may_be_vowel(b: u8) -> bool {
    let small = b | 0x20;
    let ascii = (small == b'a')
        | (small == b'e')
        | (small == b'i')
        | (small == b'o')
        | (small == b'u')
        | (small == b'y');
    !within(b, 0x20, 0x7E) | ascii
}

#[inline(always)]
fn is_printed(b: u8) -> bool {
    within(b, b'!', b'~')
}

#[inline(always)]
fn is_vietnamese(a: u8, b: u8, c: u8) -> bool {
    (a == 0xE1) & (((b == 0xBA) & (c >= 0xA0)) | ((b == 0xBB) & (c <= 0xB9)))
}

impl Seen for Look {
    #[inline(always)]
    fn of(bytes: &Around, bits: impl Bits) -> Self {
        let mut vowels = [0_u8; AROUND + BLOCK + AROUND];
        for (vowel, b) in vowels.iter_mut().zip(bytes) {
            *vowel = u8::from(may_be_vowel(*b));
        }
        let (mut stops, mut toned) = ([0_u8; BLOCK], [0_u8; BLOCK]);
        for i in 0..BLOCK {
            let [a, b, c] = [bytes[i + 3], bytes[i + 4], bytes[i + 5]];
            let quote = (a == b'"') | (a == b'\'') | (a == b'`');
            // Before a blank or what may go or be one, blanks are looked at.
            let before_letter = is_printed(b)
                | within(b, 0xC3, 0xC6)
                | ((b == 0xE1) & ((c == 0xBA) | (c == 0xBB)));
            let lone_blank = ((a == b' ') | (a == b'\n')) & before_letter;
            let inside = (a & 0xC0) == 0x80;
            // À..ÿ but Ð and ð; Ă Đ Ĩ; Ũ; Ơ Ư
            let even = b & 0xFE;
            let latin = ((a == 0xC3) & (b & 0xDF != 0x90))
                | ((a == 0xC4)
                    & ((even == 0x82) | (even == 0x90) | (even == 0xA8)))
                | ((a == 0xC5) & (even == 0xA8))
                | ((a == 0xC6) & ((even == 0xA0) | (b == 0xAF) | (b == 0xB0)));
            let plain = (is_printed(a) & !quote)
                | lone_blank
                | inside
                | latin
                | is_vietnamese(a, b, c);
            stops[i] = u8::from(!plain);
        }
        for i in 0..BLOCK {
            let [a, b, c] = [bytes[i + 3], bytes[i + 4], bytes[i + 5]];
            // À Á Ã È É Ì Í Ò Ó Õ Ù Ú Ý, small or not; Ĩ; Ũ
            let x = b & 0x1F;
            let other = (x == 2)
                | within(x, 4, 7)
                | (x == 10)
                | (x == 11)
                | within(x, 14, 17)
                | (x == 20)
                | within(x, 22, 24)
                | ((x >= 27) & (x != 29));
            let of_two = ((a == 0xC3) & !other)
                | (((a == 0xC4) | (a == 0xC5)) & ((b & 0xFE) == 0xA8));
            // Ạ Ả; Ẹ Ẻ Ẽ; Ỉ Ị Ọ Ỏ; Ụ Ủ Ứ Ừ Ử Ữ Ự Ỳ Ỵ Ỷ Ỹ
            let of_three = (a == 0xE1)
                & (((b == 0xBA)
                    & (within(c, 0xA0, 0xA3) | within(c, 0xB8, 0xBD)))
                    | ((b == 0xBB)
                        & (within(c, 0x88, 0x8F) | within(c, 0xA4, 0xB9))));
            let before = vowels[i + 2];
            toned[i] = (u8::from(of_two) & (before | vowels[i + 5]))
                | (u8::from(of_three) & (before | vowels[i + 6]));
        }
        Look { stops: bits.of(&stops), toned: bits.of(&toned) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::confusables::{Class, class};

    /// Whether there is a stop, and whether there is a toned vowel, at a byte.
    fn at(text: &str, at: usize) -> (bool, bool) {
        let look = Look::over(text)[at / BLOCK];
        let is = |bits: u64| bits >> (at % BLOCK) & 1 == 1;
        (is(look.stops), is(look.toned))
    }

    #[test]
    fn all_instructions_see_the_same() {
        fn seen<S: Simd + Bits>(simd: S, text: &str) -> Vec<Look> {
            let mut out = Vec::new();
            all(simd, text.as_bytes(), 0, &mut out);
            out
        }
        for length in 0..300 {
            let text = "Uỷ ban  “xã” hoạt\u{a0}động ".repeat(1 + length / 30);
            let text = &text[..text.floor_char_boundary(length)];
            let expected = seen(Scalar, text);
            assert_eq!(Look::over(text), expected, "{length}");
            #[cfg(target_arch = "x86_64")]
            if let Some(simd) = pulp::x86::V3::try_new() {
                assert_eq!(seen(simd, text), expected, "{length}");
            }
        }
    }

    #[test]
    fn characters_that_pass_are_those_to_keep() {
        for code in 0..=0x2FFF {
            let Some(c) = char::from_u32(code) else { continue };
            let (stop, _) = at(&format!("x{c}a"), 1);
            let class = class(c);
            let plain = matches!(class, Class::Keep | Class::Toned)
                || matches!(c, ' ' | '\n');
            assert!(stop || plain, "{code:X} {class:?}");
        }
        for c in "ăâđêôơưĂÂĐÊÔƠƯàảãáạừửữứựệộÝỵx0.,;:()/-%".chars()
        {
            let (stop, _) = at(&format!("x{c}a"), 1);
            assert!(!stop, "{c}");
        }
    }

    #[test]
    fn marks_beside_vowels_are_seen_wherever_they_stand() {
        for code in (0xC0..0x1B1).chain(0x1EA0..0x1EFA) {
            let Some(c) = char::from_u32(code) else { continue };
            let toned = class(c) == Class::Toned;
            for (word, beside) in [
                ("xCn ", false),
                ("xCi ", true),
                ("uCn ", true),
                ("êCt ", true),
            ] {
                let place = word.find('C').unwrap_or_default();
                let word = word.replace('C', &c.to_string());
                for moved in [0, 1, 60, 61, 62, 63, 64, 127] {
                    let text = format!("{}{word}", "m".repeat(moved));
                    let (stop, seen) = at(&text, moved + place);
                    assert!(stop || seen == (toned && beside), "{text}");
                }
            }
        }
    }

    #[test]
    fn blanks_before_blanks_and_ends_are_stops() {
        let stops = |text: &str| Look::over(text)[0].stops;
        assert_eq!(stops("a b") & 7, 0);
        assert_eq!(stops("a  b") & 7, 0b010);
        assert_eq!(stops("a\nb") & 7, 0);
        assert_eq!(stops("a \u{200b}b") & 7, 0b110);
        assert_eq!(stops("a ") & 7, 0b110);
        assert_eq!(stops(""), u64::MAX);
        assert_eq!(stops(&"a".repeat(64)), 0);
        assert_eq!(Look::over(&"a".repeat(64))[1].stops, u64::MAX);
    }
}
