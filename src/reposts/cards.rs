//! A card for each member, of fixed size: what is asked of every candidate,
//! so that most of them are refused without being read.
//!
//! The cards of the newest members are in memory, the others in a file.

use super::read_at::read_at;
use super::sketch::{self, Bits};
use super::table::NOBODY;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{Error, ErrorKind, Result, Seek, SeekFrom, Write};
use std::path::PathBuf;

/// Cards of a page.
const PAGE: usize = 256;
/// Bytes of a card.
const SIZE: usize = sketch::BYTES + 8;

/// What is known of a member at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Card {
    /// How it looks.
    pub(super) bits: Bits,
    /// Where it is in the store.
    pub(super) place: u32,
    /// The member that it joined; itself for the first of a cluster.
    pub(super) parent: u32,
}

impl Card {
    fn to_bytes(self) -> [u8; SIZE] {
        let mut bytes = [0; SIZE];
        bytes[..4].copy_from_slice(&self.place.to_le_bytes());
        bytes[PARENT..][..4].copy_from_slice(&self.parent.to_le_bytes());
        bytes[8..].copy_from_slice(&self.bits.to_bytes());
        bytes
    }

    fn from_bytes(bytes: &[u8; SIZE]) -> Self {
        let four =
            |at| u32::from_le_bytes(std::array::from_fn(|i| bytes[at + i]));
        Self {
            bits: Bits::from_bytes(&std::array::from_fn(|i| bytes[8 + i])),
            place: four(0),
            parent: four(PARENT),
        }
    }
}

/// Where the parent stands on a card that was written.
const PARENT: usize = 4;

/// The cards of all members, by their numbers.
pub(super) struct Cards {
    folder: PathBuf,
    /// The older ones.
    file: Option<File>,
    /// How many these are.
    written: usize,
    /// Those that follow.
    pages: VecDeque<Vec<Card>>,
    /// Pages that may be in memory.
    most: usize,
}

impl Cards {
    /// None yet; about `memory` bytes stay in memory, the others go to a file
    /// in `folder`.
    pub(super) fn new(folder: PathBuf, memory: usize) -> Self {
        Self {
            folder,
            file: None,
            written: 0,
            pages: VecDeque::new(),
            most: (memory / (PAGE * size_of::<Card>())).max(1),
        }
    }

    /// The number of the next member.
    pub(super) fn next(&self) -> Result<u32> {
        let last = self.pages.back().map_or(PAGE, Vec::len);
        let all = self.written + self.pages.len() * PAGE + last - PAGE;
        u32::try_from(all).ok().filter(|next| *next != NOBODY).ok_or_else(
            || Error::new(ErrorKind::FileTooLarge, "too many members"),
        )
    }

    /// Adds the card of the next member.
    pub(super) fn push(&mut self, card: Card) -> Result<()> {
        if self.pages.back().is_none_or(|page| page.len() == PAGE) {
            if self.pages.len() == self.most {
                self.write()?;
            }
            self.pages.push_back(Vec::with_capacity(PAGE));
        }
        self.pages.back_mut().into_iter().for_each(|page| page.push(card));
        Ok(())
    }

    /// The card of a member.
    pub(super) fn get(&mut self, number: u32) -> Result<Card> {
        let number = number as usize;
        if let Some(at) = number.checked_sub(self.written) {
            let page = self.pages.get(at / PAGE);
            let card = page.and_then(|page| page.get(at % PAGE));
            return card.copied().ok_or_else(unknown);
        }
        let file = self.file.as_mut().ok_or_else(unknown)?;
        let mut bytes = [0; SIZE];
        read_at(file, (number * SIZE) as u64, &mut bytes)?;
        Ok(Card::from_bytes(&bytes))
    }

    /// Notes the member that another one joined.
    pub(super) fn set_parent(
        &mut self,
        number: u32,
        parent: u32,
    ) -> Result<()> {
        let number = number as usize;
        if let Some(at) = number.checked_sub(self.written) {
            let page = self.pages.get_mut(at / PAGE);
            let card = page.and_then(|page| page.get_mut(at % PAGE));
            card.ok_or_else(unknown)?.parent = parent;
            return Ok(());
        }
        let file = self.file.as_mut().ok_or_else(unknown)?;
        file.seek(SeekFrom::Start((number * SIZE + PARENT) as u64))?;
        file.write_all(&parent.to_le_bytes())
    }

    /// Writes the oldest page that is in memory.
    fn write(&mut self) -> Result<()> {
        let Some(page) = self.pages.front() else { return Ok(()) };
        let bytes: Vec<u8> =
            page.iter().flat_map(|card| card.to_bytes()).collect();
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile_in(&self.folder)?),
        };
        file.seek(SeekFrom::Start((self.written * SIZE) as u64))?;
        file.write_all(&bytes)?;
        self.written += page.len();
        self.pages.pop_front();
        Ok(())
    }
}

fn unknown() -> Error {
    Error::new(ErrorKind::UnexpectedEof, "a member has no card")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reposts::sketch::Sketch;

    fn card(n: u32) -> Card {
        let bits = Sketch::of(&[n]).bits;
        Card { bits, place: n * 3, parent: n }
    }

    #[test]
    fn a_card_is_found_in_memory_and_on_the_disk() {
        let folder = tempfile::tempdir().expect("a folder");
        let memory = 3 * PAGE * size_of::<Card>();
        let mut cards = Cards::new(folder.path().to_owned(), memory);
        let count = 2_000;
        for n in 0..count {
            assert_eq!(cards.next().expect("room"), n);
            cards.push(card(n)).expect("room");
            assert!(cards.pages.len() <= 3);
        }
        assert!(cards.written > 1_000);
        for n in 0..count {
            assert_eq!(cards.get(n).expect("there"), card(n));
            cards.set_parent(n, n / 2).expect("there");
        }
        for n in 0..count {
            let expected = Card { parent: n / 2, ..card(n) };
            assert_eq!(cards.get(n).expect("there"), expected);
        }
        assert!(cards.get(count).is_err());
    }
}
