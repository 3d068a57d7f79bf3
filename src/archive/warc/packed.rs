//! A web archive with each record in a gzip member or zstd frame of its own.

use super::plain::limit;
use super::record::{self, At, Head, Judged};
use crate::Result;
use crate::archive::rewind::Rewind;
use crate::archive::source::{Cut, Source};
use crate::archive::unpack::{self, Counted, Guard, Packing};
use crate::archive::{Unit, whole};
use memchr::memmem;
use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use zstd::zstd_safe::{DCtx, DParameter, ResetDirective};

/// Bytes looked through at once for the next member.
const STEP: usize = 256 << 10;
/// Bytes of a member that show whether a record begins in it.
const GLANCE: usize = 4 << 10;
/// Longest dictionary.
const DICTIONARY: u64 = 16 << 20;
/// A frame with the dictionary of a web archive in zstd.
const DICTIONARY_FRAME: [u8; 4] = [0x5d, 0x2a, 0x4d, 0x18];

/// A packed stream that can be read again from its beginning.
pub(in crate::archive) type Packed<'r> = Rewind<Box<dyn BufRead + Send + 'r>>;

/// The bytes of a source, packed.
pub(in crate::archive) fn packed<'r>(source: &mut Source<'r>) -> Packed<'r> {
    let limit = limit(source);
    Rewind::new(source.take_reader(), limit)
}

/// Whether one member holds many records: then the archive was packed as a
/// whole, and records lie in what it unpacks to.
pub(in crate::archive) fn is_whole(
    packed: &mut Packed<'_>,
    packing: Packing,
    source: &Source<'_>,
) -> bool {
    let mut bytes = Vec::new();
    let mut wanted = record::LONGEST_HEAD as u64;
    if let Ok(mut reader) = Unpacker::new(packing).reader(packed) {
        let _ = reader.by_ref().take(wanted).read_to_end(&mut bytes);
        if let Ok(head) = Head::read(&bytes)
            && head.total() < limit(source) as u64
        {
            wanted = (head.total() + 16).saturating_sub(bytes.len() as u64);
            let _ = reader.take(wanted).read_to_end(&mut bytes);
            let after = usize::try_from(head.total()).ok();
            let after = after.and_then(|at| bytes.get(at..));
            let after = after.unwrap_or_default();
            bytes = after[record::breaks(after)..].to_vec();
        } else {
            bytes.clear();
        }
    }
    packed.rewind(0);
    bytes.starts_with(b"WARC/")
}

pub(in crate::archive) fn cut<'r>(
    source: Source<'r>,
    packed: Packed<'r>,
    packing: Packing,
) -> Cut<'r> {
    Box::new(Members {
        source,
        packed,
        unpacker: Unpacker::new(packing),
        record: 0,
        waiting: VecDeque::new(),
        done: false,
    })
}

/// Unpacks one member after the other.
struct Unpacker {
    packing: Packing,
    /// Made once: a context and its dictionary cost more than a record.
    context: DCtx<'static>,
}

impl Unpacker {
    fn new(packing: Packing) -> Self {
        Self { packing, context: DCtx::create() }
    }

    fn reader<'u, R: BufRead>(
        &'u mut self,
        packed: &'u mut R,
    ) -> io::Result<Box<dyn Read + 'u>> {
        if self.packing == Packing::Gzip {
            return Ok(Box::new(flate2::bufread::GzDecoder::new(packed)));
        }
        let code =
            |code| io::Error::other(zstd::zstd_safe::get_error_name(code));
        self.context.reset(ResetDirective::SessionOnly).map_err(code)?;
        let window = DParameter::WindowLogMax(unpack::ZSTD_WINDOW);
        self.context.set_parameter(window).map_err(code)?;
        let reader = zstd::Decoder::with_context(packed, &mut self.context);
        Ok(Box::new(reader.single_frame()))
    }

    fn load(&mut self, dictionary: &[u8]) -> io::Result<()> {
        // A dictionary may itself be packed.
        let plain = match dictionary.starts_with(self.packing.magic()) {
            true => zstd::Decoder::with_buffer(dictionary)
                .and_then(|reader| whole::up_to(reader, DICTIONARY))?,
            false => Some(dictionary.to_vec()),
        };
        let plain = plain.ok_or_else(|| io::Error::other("it is too long"))?;
        self.context.load_dictionary(&plain).map(|_| ()).map_err(|code| {
            io::Error::other(zstd::zstd_safe::get_error_name(code))
        })
    }
}

struct Members<'r> {
    source: Source<'r>,
    packed: Packed<'r>,
    unpacker: Unpacker,
    record: u64,
    /// Outcomes of the last member that are still to be handed over.
    waiting: VecDeque<Result<Unit>>,
    done: bool,
}

/// How a member ended.
enum End {
    Whole,
    /// It is longer than what is held.
    TooLong,
    Damaged(io::Error),
}

impl Iterator for Members<'_> {
    type Item = Result<Unit>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.waiting.pop_front() {
                return Some(item);
            }
            if self.done {
                return None;
            }
            if let Err(cause) = self.step() {
                self.done = true;
                let at = Some(self.packed.position());
                return Some(Err(self.source.broken_at(at, cause)));
            }
        }
    }
}

impl Members<'_> {
    /// Reads the next member.
    fn step(&mut self) -> io::Result<()> {
        self.packed.mark();
        let start = self.packed.position();
        let magic = self.unpacker.packing.magic();
        let head = self.packed.peek(8)?;
        if head.is_empty() {
            self.done = true;
            return Ok(());
        }
        if unpack::is_skippable(head) && magic.len() == 4 {
            return self.skippable();
        }
        if !head.starts_with(magic) {
            if head.len() < magic.len() {
                self.packed.sound()?;
            }
            let what = self.unpacker.packing.name();
            let reason = format!("no {what} member begins here");
            return self.damaged(start, reason);
        }
        let mut bytes = Vec::new();
        let end = self.member(&mut bytes);
        let length = self.packed.position() - start;
        match end {
            End::Whole => self.records(&bytes, start, length),
            End::TooLong => self.too_long(&bytes, start, length),
            End::Damaged(cause) if unpack::is_guard(&cause) => {
                self.damaged(start, cause.to_string())?;
            }
            End::Damaged(cause) => {
                let cut = self.packed.fill_buf()?.is_empty()
                    && cause.kind() == io::ErrorKind::UnexpectedEof;
                let reason = match cut {
                    true => "the file ends inside this record; it was cut \
                             off, fetch it again"
                        .to_owned(),
                    false => format!("this record is damaged ({cause})"),
                };
                self.damaged(start, reason)?;
            }
        }
        Ok(())
    }

    /// Unpacks the member that begins here, as far as it is held. The rest
    /// of a longer one is passed over, to find the next.
    fn member(&mut self, bytes: &mut Vec<u8>) -> End {
        let limit = limit(&self.source);
        let spent = Arc::new(AtomicU64::new(0));
        let mut packed =
            Counted { inner: &mut self.packed, spent: spent.clone() };
        let reader = match self.unpacker.reader(&mut packed) {
            Ok(reader) => reader,
            Err(cause) => return End::Damaged(cause),
        };
        let ratio = self.source.options.max_ratio;
        let mut reader = Guard::new(reader, spent, ratio);
        let held = reader.by_ref().take(limit as u64 + 1).read_to_end(bytes);
        match held {
            Err(cause) => End::Damaged(cause),
            Ok(_) if bytes.len() <= limit => End::Whole,
            Ok(_) => match io::copy(&mut reader, &mut io::sink()) {
                Ok(_) => End::TooLong,
                Err(cause) => End::Damaged(cause),
            },
        }
    }

    /// The records of a member, mostly one.
    fn records(&mut self, bytes: &[u8], start: u64, length: u64) {
        let mut at = record::breaks(bytes);
        while at < bytes.len() {
            let rest = &bytes[at..];
            let number = self.record;
            self.record += 1;
            let place =
                At { record: number, offset: start, length: Some(length) };
            let (judged, next) = self.judge(rest, place);
            self.hand_over(judged, place);
            match next {
                Some(next) => at += next,
                None => return,
            }
        }
        if bytes.is_empty() {
            self.source.options.heard.passed_over("empty");
        }
    }

    /// What the record at the beginning of `rest` is, and where the next one
    /// begins.
    fn judge(&self, rest: &[u8], place: At) -> (Judged, Option<usize>) {
        let next = |from| record::next_head(rest, from);
        let head = match Head::read(rest) {
            Ok(head) => head,
            Err(reason) => return (Judged::Bad(reason), next(1)),
        };
        let said = head.block;
        let there = rest.len() - head.length;
        let total = usize::try_from(head.total()).unwrap_or(usize::MAX);
        let Some(after) = rest.get(total..) else {
            let reason = format!(
                "the Content-Length of this record is wrong: it says {said}, \
                 but there are {there} bytes"
            );
            return (Judged::Bad(reason), next(head.length));
        };
        let block = &rest[head.length..total];
        if let Some(ended) = record::End::of(block, after) {
            let judged = head.judge(&self.source, block, place);
            let end = total + record::breaks(after);
            return (ended.note(judged), Some(end));
        }
        let reason = format!(
            "the Content-Length of this record is wrong: it says {said}, but \
             the record goes on"
        );
        (Judged::Bad(reason), next(head.length))
    }

    /// A record that is longer than what is held.
    fn too_long(&mut self, bytes: &[u8], start: u64, length: u64) {
        let number = self.record;
        self.record += 1;
        let place = At { record: number, offset: start, length: Some(length) };
        let judged = match Head::read(bytes) {
            Ok(head) => {
                let first = &bytes[head.length..];
                let first = &first[..first.len().min(record::LONGEST_HEAD)];
                head.judge(&self.source, first, place)
            }
            Err(reason) => Judged::Bad(reason),
        };
        let judged = match judged {
            Judged::Document(_) => {
                Judged::Bad(whole::too_long(self.source.options.max_bytes))
            }
            other => other,
        };
        self.hand_over(judged, place);
    }

    fn hand_over(&mut self, judged: Judged, at: At) {
        let (record, offset) = (Some(at.record), Some(at.offset));
        self.waiting.push_back(match judged {
            Judged::Document(unit) => Ok(*unit),
            Judged::PassedOver(what) => {
                return self.source.options.heard.passed_over(&what);
            }
            Judged::Bad(reason) => Err(self.source.bad(record, offset, reason)),
        });
    }

    /// Reports the member at `start` and goes to the next sound one.
    fn damaged(&mut self, start: u64, reason: String) -> io::Result<()> {
        let at = At { record: self.record, offset: start, length: None };
        self.record += 1;
        // Not to the member itself again, even if nothing of it was taken.
        self.packed.rewind(start);
        self.packed.fill_buf()?;
        self.packed.consume(1);
        let found = self.resynchronize()?;
        let reason = match found {
            true => {
                let on = self.packed.position();
                format!("{reason}; reading went on at byte {on}")
            }
            false => reason,
        };
        self.hand_over(Judged::Bad(reason), at);
        Ok(())
    }

    /// Goes to the next member, or to the end.
    fn resynchronize(&mut self) -> io::Result<bool> {
        let magic = self.unpacker.packing.magic();
        loop {
            // What was looked through is not looked at again.
            self.packed.mark();
            let bytes = self.packed.peek(STEP)?;
            let short = bytes.len() < STEP;
            match memmem::find(bytes, magic) {
                Some(at) => {
                    self.packed.consume(at);
                    if self.is_member()? {
                        return Ok(true);
                    }
                    self.packed.consume(1);
                }
                None if short => {
                    let rest = bytes.len();
                    self.packed.consume(rest);
                    return Ok(false);
                }
                None => self.packed.consume(STEP - magic.len()),
            }
        }
    }

    /// Whether a member begins here: by its header, so that one that is
    /// damaged is told at its own place, or by a record that begins in it.
    fn is_member(&mut self) -> io::Result<bool> {
        let mut packed = self.packed.peek(GLANCE)?;
        let packing = self.unpacker.packing;
        if packing == Packing::Gzip && is_gzip_head(packed) {
            return Ok(true);
        }
        let usual = packing == Packing::Zstd && is_zstd_head(packed);
        let mut first = [0; 5];
        let read = self
            .unpacker
            .reader(&mut packed)
            .and_then(|mut reader| reader.read_exact(&mut first));
        // A sound frame with something else lies inside a record.
        Ok(read.map_or(usual, |()| first == *b"WARC/"))
    }

    /// Passes over a frame without data; a dictionary is taken up.
    fn skippable(&mut self) -> io::Result<()> {
        let start = self.packed.position();
        let head = self.packed.peek(8)?;
        let is_dictionary = head.starts_with(&DICTIONARY_FRAME);
        let size: [u8; 4] =
            head.get(4..8).and_then(|s| s.try_into().ok()).unwrap_or_default();
        let size = u64::from(u32::from_le_bytes(size));
        self.packed.consume(8);
        if !is_dictionary || size > DICTIONARY {
            let mut rest = self.packed.by_ref().take(size);
            io::copy(&mut rest, &mut io::sink())?;
            return Ok(());
        }
        let mut dictionary = Vec::new();
        self.packed.by_ref().take(size).read_to_end(&mut dictionary)?;
        if let Err(cause) = self.unpacker.load(&dictionary) {
            let reason = format!(
                "the dictionary of this archive cannot be used ({cause}); \
                 the records that need it cannot be read"
            );
            let at = At { record: 0, offset: start, length: None };
            self.hand_over(Judged::Bad(reason), at);
        }
        Ok(())
    }
}

/// Whether flags, level and system are usual ones; the chance of all three is
/// one in 10^12, the magic included (RFC 1952).
fn is_gzip_head(bytes: &[u8]) -> bool {
    match bytes {
        [_, _, _, flags, _, _, _, _, level, system, ..] => {
            *flags <= 0x1f
                && matches!(level, 0 | 2 | 4)
                && matches!(system, 0..=13 | 255)
        }
        _ => false,
    }
}

/// Whether the head of a frame and of its first block can be (RFC 8878); with
/// the magic, the chance is one in 10^11.
fn is_zstd_head(bytes: &[u8]) -> bool {
    let Some(descriptor) = bytes.get(4) else { return false };
    let single = usize::from(descriptor >> 5 & 1);
    let dictionary = [0, 1, 2, 4][usize::from(descriptor & 3)];
    let size = [single, 2, 4, 8][usize::from(descriptor >> 6)];
    let block = 5 + (1 - single) + dictionary + size;
    let Some([low, middle, high]) = bytes.get(block..block + 3) else {
        return false;
    };
    let block = u32::from_le_bytes([*low, *middle, *high, 0]);
    // Bits that must not be set, the kind that is none, the longest block.
    descriptor & 0x18 == 0 && block >> 1 & 3 != 3 && block >> 3 <= 128 << 10
}
