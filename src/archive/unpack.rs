//! Packed streams: gzip, zstd, bzip2 and xz around anything that is read.

use super::source::{self, Cut, Source, one};
use super::warc;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A way to pack one stream of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Gzip,
    Zstd,
    Bzip2,
    Xz,
}

/// First bytes and names of each.
const KNOWN: [(Packing, &[u8], &[&str]); 4] = [
    (Packing::Gzip, b"\x1f\x8b\x08", &[".gz", ".gzip"]),
    (Packing::Zstd, b"\x28\xb5\x2f\xfd", &[".zst", ".zstd"]),
    (Packing::Bzip2, b"BZh", &[".bz2"]),
    (Packing::Xz, b"\xfd7zXZ\0", &[".xz"]),
];

/// What follows the level of a bzip2 stream: a block, or its end.
const BZIP2: [&[u8]; 2] = [b"1AY&SY", b"\x17\x72\x45\x38\x50\x90"];

/// Names of packed tar archives in one word.
const TARS: [&str; 5] = [".tgz", ".tzst", ".tbz2", ".tbz", ".txz"];

/// Memory that unpacking xz may take: what `xz -9` needs.
const XZ_MEMORY: u64 = 80 << 20;
/// The same for zstd, as a power of two: what `zstd --ultra -22` needs.
pub(super) const ZSTD_WINDOW: u32 = 27;
/// However well a stream is packed, so much of it is let through.
const FREE: u64 = 64 << 20;

impl Packing {
    /// How a stream is packed, if it is; web archives whose first record is
    /// damaged are known by their names.
    pub(super) fn of(head: &[u8], name: &str) -> Option<Self> {
        let by_magic = KNOWN.iter().find(|(packing, magic, _)| match packing {
            // Three letters may begin any text.
            Self::Bzip2 => BZIP2.iter().any(|after| {
                head.starts_with(magic)
                    && head.get(4..).is_some_and(|b| b.starts_with(after))
            }),
            _ => head.starts_with(magic),
        });
        let found = by_magic.map(|(packing, ..)| *packing);
        let skippable = is_skippable(head).then_some(Self::Zstd);
        let lower = name.to_ascii_lowercase();
        let web = lower.ends_with(".warc.gz").then_some(Self::Gzip);
        let web = web.or(lower.ends_with(".warc.zst").then_some(Self::Zstd));
        let web =
            web.filter(|_| !head.is_empty() && !head.starts_with(b"WARC"));
        found.or(skippable).or(web)
    }

    /// A name without what says that it is packed.
    pub(super) fn strip(name: &str) -> &str {
        let lower = name.to_ascii_lowercase();
        let mut endings = KNOWN.iter().flat_map(|(_, _, names)| names.iter());
        let ending = endings.find(|ending| lower.ends_with(**ending));
        let ending = ending.or(TARS.iter().find(|e| lower.ends_with(**e)));
        ending.map_or(name, |ending| &name[..name.len() - ending.len()])
    }

    /// The bytes that begin a member.
    pub(super) fn magic(self) -> &'static [u8] {
        KNOWN.iter().find(|known| known.0 == self).map_or(b"", |known| known.1)
    }

    /// Its name for a person.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Bzip2 => "bzip2",
            Self::Xz => "xz",
        }
    }

    /// What is said of a damaged stream.
    pub(super) fn damaged(self, cause: &str) -> String {
        format!(
            "the {} data is damaged or cut off here ({cause}); what stands \
             before was read, fetch the file again for the rest",
            self.name()
        )
    }

    /// The stream, unpacked.
    fn reader<'r>(
        self,
        packed: Box<dyn BufRead + Send + 'r>,
    ) -> io::Result<Box<dyn Read + Send + 'r>> {
        Ok(match self {
            Self::Gzip => {
                Box::new(flate2::bufread::MultiGzDecoder::new(packed))
            }
            Self::Zstd => {
                let mut reader = zstd::Decoder::with_buffer(packed)?;
                reader.window_log_max(ZSTD_WINDOW)?;
                Box::new(reader)
            }
            Self::Bzip2 => {
                Box::new(bzip2::bufread::MultiBzDecoder::new(packed))
            }
            Self::Xz => {
                let stream = liblzma::stream::Stream::new_stream_decoder(
                    XZ_MEMORY,
                    liblzma::stream::CONCATENATED,
                )?;
                Box::new(liblzma::bufread::XzDecoder::new_stream(
                    packed, stream,
                ))
            }
        })
    }

    /// The first bytes of what is packed.
    fn glance(self, head: &[u8]) -> Vec<u8> {
        let mut first = Vec::new();
        if let Ok(reader) =
            self.reader(Box::new(io::Cursor::new(head.to_vec())))
        {
            // As far as it goes: the head may end within a block.
            let mut reader = reader;
            let mut byte = [0];
            while first.len() < 8
                && reader.read(&mut byte).is_ok_and(|read| read == 1)
            {
                first.push(byte[0]);
            }
        }
        first
    }
}

/// A zstd frame that holds no data, such as the dictionary of a web archive.
pub(super) fn is_skippable(head: &[u8]) -> bool {
    matches!(head, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..])
}

/// Cuts what is packed.
pub(super) fn cut<'r>(
    mut source: Source<'r>,
    packing: Packing,
    head: &[u8],
) -> Cut<'r> {
    let first = packing.glance(head);
    let stem = Packing::strip(&source.name).to_ascii_lowercase();
    let members = matches!(packing, Packing::Gzip | Packing::Zstd);
    let web = first.starts_with(b"WARC/")
        || (first.is_empty() && stem.ends_with(".warc"));
    if members && web {
        let mut packed = warc::packed::packed(&mut source);
        if !warc::packed::is_whole(&mut packed, packing, &source) {
            return warc::packed::cut(source, packed, packing);
        }
        source.reader = Box::new(packed);
    }
    let spent = Arc::new(AtomicU64::new(0));
    let counted = Counted { inner: source.take_reader(), spent: spent.clone() };
    let reader = match packing.reader(Box::new(counted)) {
        Ok(reader) => reader,
        Err(cause) => return one(Err(source.broken(cause))),
    };
    let guard = Guard::new(reader, spent, source.options.max_ratio);
    source.reader = Box::new(BufReader::with_capacity(64 << 10, guard));
    source.name = stripped(&source.name);
    source.depth += 1;
    source.file = None;
    source.packing = Some(packing);
    source::cut(source)
}

fn stripped(name: &str) -> String {
    let stem = Packing::strip(name);
    let lower = name.to_ascii_lowercase();
    match TARS.iter().any(|ending| lower.ends_with(ending)) {
        true => format!("{stem}.tar"),
        false => stem.to_owned(),
    }
}

/// Counts the bytes that a decoder takes.
pub(super) struct Counted<R> {
    pub(super) inner: R,
    pub(super) spent: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.spent.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        self.spent.fetch_add(bytes as u64, Ordering::Relaxed);
        self.inner.consume(bytes);
    }
}

/// Stops a stream that unpacks to far more than it is.
pub(super) struct Guard<R> {
    inner: R,
    spent: Arc<AtomicU64>,
    out: u64,
    ratio: u64,
}

impl<R> Guard<R> {
    /// `spent` is what the decoder inside has taken so far.
    pub(super) fn new(inner: R, spent: Arc<AtomicU64>, ratio: u64) -> Self {
        Self { inner, spent, out: 0, ratio }
    }
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.out += read as u64;
        check(self.spent.load(Ordering::Relaxed), self.out, self.ratio)?;
        Ok(read)
    }
}

/// Refuses what has unpacked to more than `ratio` times its size.
pub(super) fn check(spent: u64, out: u64, ratio: u64) -> io::Result<()> {
    if out > FREE && out / ratio.max(1) > spent {
        return Err(io::Error::other(Bomb(ratio)));
    }
    Ok(())
}

/// What is said of a stream that a guard stopped.
#[derive(Debug)]
struct Bomb(u64);

impl fmt::Display for Bomb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "this unpacks to more than {} times its size, as a \
             decompression bomb does; the rest of it was not read (if it is \
             sound, raise --max-ratio)",
            self.0
        )
    }
}

impl std::error::Error for Bomb {}

/// Whether a guard, not the data, made a reader fail.
pub(super) fn is_guard(cause: &io::Error) -> bool {
    cause.get_ref().is_some_and(|inner| inner.is::<Bomb>())
}
