//! Keys and the members that have them, in memory: eight bytes an entry.
//!
//! A bucket is one line of the cache, so that a key costs one access to
//! memory however many entries there are, and those of all bands of a
//! document are looked up before any answer is used: the processor waits for
//! them together. A general hash table takes a byte more an entry, is half
//! empty after it has grown and holds its old half beside the new one while
//! it grows; here pages move one by one. Buckets are in the order of the keys:
//! so a table grows in one pass over its memory, and a full one is written out
//! sorted without room to sort it.

use super::run::Entry;

/// Entries of a bucket.
const SLOTS: usize = 8;
/// Buckets of a page: so many that chance fills none before the others.
const BUCKETS: usize = 512;
/// Bytes of a page.
const PAGE: usize = BUCKETS * size_of::<Bucket>();
/// Entries that a page holds in the mean when the table is full. With more,
/// too many would stand behind their bucket.
const FULL: usize = BUCKETS * SLOTS * 4 / 5;
/// How many times larger a table becomes that has no room: so an entry is
/// moved every third time that one is added.
const GROWTH: usize = 4;
/// Entries that found no room on their page, before the table counts as full.
const STRAYS: usize = 256;
/// What stands in a slot that is free; no member has this number.
pub(super) const NOBODY: u32 = u32::MAX;

/// Entries of one stretch of keys, and those that found no room before it.
///
/// A full bucket keeps those of its entries that come first by [`turn`], the
/// last of them in the last slot, and hands the others to the next bucket
/// (ordered hash tables; Amble and Knuth, 1974). So who looks for a key sees
/// mostly in the first bucket that it is nowhere.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Bucket {
    keys: [u32; SLOTS],
    /// The slots that are taken come first.
    members: [u32; SLOTS],
}

impl Bucket {
    const EMPTY: Self = Self { keys: [0; SLOTS], members: [NOBODY; SLOTS] };

    fn is_full(&self) -> bool {
        self.members[SLOTS - 1] != NOBODY
    }

    /// A bit for each slot with the key, and whether more may follow in the
    /// next bucket. Free slots count as they come.
    fn look(&self, key: u32) -> (u8, bool) {
        let slots = self.keys.iter().enumerate();
        let hits = slots
            .fold(0, |hits, (slot, own)| hits | u8::from(*own == key) << slot);
        (hits, self.is_full() & (turn(self.keys[SLOTS - 1]) <= turn(key)))
    }

    /// The members at the slots that [`look`](Self::look) gave.
    fn members(&self, mut hits: u8, mut found: impl FnMut(u32)) {
        while hits != 0 {
            let member = self.members[hits.trailing_zeros() as usize];
            if member != NOBODY {
                found(member);
            }
            hits &= hits - 1;
        }
    }

    /// Takes in an entry, and gives the one for which there is no room.
    fn insert(&mut self, (key, member): Entry) -> Option<Entry> {
        if !self.is_full() {
            let slot = self.taken();
            (self.keys[slot], self.members[slot]) = (key, member);
            if slot == SLOTS - 1 {
                self.last_to_the_end();
            }
            return None;
        }
        let last = (self.keys[SLOTS - 1], self.members[SLOTS - 1]);
        if turn(key) >= turn(last.0) {
            return Some((key, member));
        }
        (self.keys[SLOTS - 1], self.members[SLOTS - 1]) = (key, member);
        self.last_to_the_end();
        Some(last)
    }

    /// Slots that are taken, of fewer than all: three steps, because a loop
    /// would wait for the entry that was just written.
    fn taken(&self) -> usize {
        let step = |from: usize, by: usize| {
            from + by * usize::from(self.members[from + by - 1] != NOBODY)
        };
        const { assert!(SLOTS == 8) }
        step(step(step(0, 4), 2), 1)
    }

    fn last_to_the_end(&mut self) {
        let turns = self.keys.map(turn);
        let last = (0..SLOTS).max_by_key(|slot| turns[*slot]).unwrap_or(0);
        self.keys.swap(last, SLOTS - 1);
        self.members.swap(last, SLOTS - 1);
    }
}

/// The order within a bucket: by the lower bits, for the upper bits of all its
/// keys are the same.
fn turn(key: u32) -> u32 {
    key.rotate_left(16)
}

type Page = Box<[Bucket; BUCKETS]>;

/// A table that grows up to a limit.
pub(super) struct Table {
    pages: Vec<Page>,
    /// Pages that there are, or will be when it has grown.
    count: usize,
    /// Pages that there may be.
    most: usize,
    entries: usize,
    /// Entries whose page is full: none, but for texts that share very much.
    strays: Vec<Entry>,
}

impl Table {
    /// An empty table that takes at most so many bytes, and one page at least.
    pub(super) fn new(memory: usize) -> Self {
        Self {
            pages: Vec::new(),
            count: 0,
            most: (memory / PAGE).max(1),
            entries: 0,
            strays: Vec::new(),
        }
    }

    /// Gives back what an empty table takes beyond so many bytes.
    pub(super) fn shrink(&mut self, memory: usize) {
        self.most = (memory / PAGE).max(1);
        self.count = self.count.min(self.most);
        self.pages.truncate(self.count);
    }

    /// Entries in it.
    pub(super) fn len(&self) -> usize {
        self.entries
    }

    /// Whether it must be emptied before an entry is added.
    pub(super) fn is_full(&mut self) -> bool {
        if self.has_room() {
            return false;
        }
        if self.count < self.most {
            self.grow((self.count * GROWTH).clamp(1, self.most));
        }
        !self.has_room()
    }

    fn has_room(&self) -> bool {
        self.entries < self.count * FULL && self.strays.len() < STRAYS
    }

    /// Adds an entry; there must be room.
    pub(super) fn insert(&mut self, key: u32, member: u32) {
        self.entries += 1;
        let (page, home) = place(key, self.count);
        let page = &mut self.pages[page];
        let mut entry = (key, member);
        for step in 0..BUCKETS {
            match page[(home + step) % BUCKETS].insert(entry) {
                Some(other) => entry = other,
                None => return,
            }
        }
        self.strays.push(entry);
    }

    /// Says of each member that has one of the keys which key it is.
    pub(super) fn find<const N: usize>(
        &self,
        keys: &[u32; N],
        mut found: impl FnMut(usize, u32),
    ) {
        if self.pages.is_empty() {
            return;
        }
        let home = |key| {
            let (page, at) = place(key, self.count);
            (&*self.pages[page], at)
        };
        let looks = keys.map(|key| {
            let (page, at) = home(key);
            page[at].look(key)
        });
        for (i, (hits, goes_on)) in looks.into_iter().enumerate() {
            if hits == 0 && !goes_on {
                continue;
            }
            let (page, at) = home(keys[i]);
            page[at].members(hits, |member| found(i, member));
            if goes_on {
                further(page, at, keys[i], |member| found(i, member));
            }
        }
        for (key, member) in &self.strays {
            for i in (0..N).filter(|i| keys[*i] == *key) {
                found(i, *member);
            }
        }
    }

    /// All entries, sorted; the table is empty behind them.
    pub(super) fn drain(&mut self) -> impl Iterator<Item = Entry> {
        self.entries = 0;
        let mut strays = std::mem::take(&mut self.strays);
        strays.sort_unstable();
        let count = self.count;
        let mut sorted = Vec::new();
        self.pages.iter_mut().enumerate().flat_map(move |(at, page)| {
            sorted.clear();
            sorted.extend(entries(page));
            let from = strays.partition_point(|e| place(e.0, count).0 < at);
            let to = strays.partition_point(|e| place(e.0, count).0 <= at);
            sorted.extend_from_slice(&strays[from..to]);
            sorted.sort_unstable();
            page.fill(Bucket::EMPTY);
            std::mem::take(&mut sorted)
        })
    }

    /// Moves the entries page by page. A page that is done with is used
    /// again, so that there are never more than in the end.
    fn grow(&mut self, count: usize) {
        let old = std::mem::take(&mut self.pages);
        let strays = std::mem::take(&mut self.strays);
        self.count = count;
        self.entries = 0;
        let mut spare = Vec::new();
        let mut moving = Vec::new();
        for mut page in old {
            moving.clear();
            moving.extend(entries(&page));
            page.fill(Bucket::EMPTY);
            spare.push(page);
            for (key, member) in &moving {
                self.provide(place(*key, count).0 + 1, &mut spare);
                self.insert(*key, *member);
            }
        }
        self.provide(count, &mut spare);
        for (key, member) in strays {
            self.insert(key, member);
        }
    }

    fn provide(&mut self, pages: usize, spare: &mut Vec<Page>) {
        while self.pages.len() < pages {
            self.pages.extend(spare.pop().or_else(|| {
                let page = vec![Bucket::EMPTY; BUCKETS].into_boxed_slice();
                Page::try_from(page).ok()
            }));
        }
    }
}

/// Goes on behind a bucket that is full.
#[cold]
#[inline(never)]
fn further(
    page: &[Bucket; BUCKETS],
    from: usize,
    key: u32,
    mut found: impl FnMut(u32),
) {
    for step in 1..BUCKETS {
        let bucket = &page[(from + step) % BUCKETS];
        let (hits, goes_on) = bucket.look(key);
        bucket.members(hits, &mut found);
        if !goes_on {
            break;
        }
    }
}

fn entries(page: &[Bucket; BUCKETS]) -> impl Iterator<Item = Entry> {
    page.iter().flat_map(|bucket| {
        let taken = if bucket.is_full() { SLOTS } else { bucket.taken() };
        let keys = bucket.keys[..taken].iter().copied();
        keys.zip(bucket.members[..taken].iter().copied())
    })
}

/// The page of a key, of so many, and its bucket there, in the order of the
/// keys.
fn place(key: u32, pages: usize) -> (usize, usize) {
    let bucket = (u64::from(key) * (pages * BUCKETS) as u64) >> u32::BITS;
    (bucket as usize / BUCKETS, bucket as usize % BUCKETS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reposts::mix;

    fn key(n: u32) -> u32 {
        mix(u64::from(n)) as u32
    }

    fn find(table: &Table, key: u32) -> Vec<u32> {
        let mut found = Vec::new();
        table.find(&[key], |_, member| found.push(member));
        found.sort_unstable();
        found
    }

    #[test]
    fn what_was_added_is_found_while_it_grows_and_until_it_is_full() {
        // Five pages: one, two, four, five.
        let mut table = Table::new(5 * PAGE + 1);
        let mut count = 0;
        while !table.is_full() {
            table.insert(key(count), count);
            count += 1;
        }
        assert_eq!((count as usize, table.len()), (5 * FULL, 5 * FULL));
        assert!(table.strays.is_empty());
        for n in 0..count {
            assert_eq!(find(&table, key(n)), [n]);
        }
        assert!((count..2 * count).all(|n| find(&table, key(n)).is_empty()));
    }

    #[test]
    fn it_is_emptied_in_the_order_of_the_keys() {
        let mut table = Table::new(3 * PAGE);
        for _ in 0..2 {
            assert_eq!(table.drain().count(), 0);
            let mut entries: Vec<_> = (0..6_000).map(|n| (key(n), n)).collect();
            for (key, member) in &entries {
                assert!(!table.is_full());
                table.insert(*key, *member);
            }
            entries.sort_unstable();
            assert_eq!(table.drain().collect::<Vec<_>>(), entries);
            assert!(table.len() == 0 && find(&table, key(1)).is_empty());
            table.shrink(2 * PAGE);
        }
        while !table.is_full() {
            table.insert(key(table.len() as u32), 1);
        }
        assert_eq!(table.len(), 2 * FULL);
    }

    #[test]
    fn a_key_that_very_many_have_fills_the_table_and_loses_nobody() {
        let mut table = Table::new(4 * PAGE);
        let mut count = 0;
        while !table.is_full() {
            table.insert(if count % 3 == 0 { key(count) } else { 7 }, count);
            count += 1;
        }
        assert!(!table.strays.is_empty() && table.len() < 4 * FULL);
        let sevens: Vec<u32> = (0..count).filter(|n| n % 3 != 0).collect();
        assert_eq!(find(&table, 7), sevens);
        let drained: Vec<_> = table.drain().collect();
        assert!(drained.is_sorted() && drained.len() == count as usize);
        assert!(find(&table, 7).is_empty());
    }

    #[test]
    fn keys_are_told_apart_and_a_free_slot_has_none() {
        let mut table = Table::new(PAGE);
        let mut found = Vec::new();
        table.find(&[0, 1], |i, member| found.push((i, member)));
        assert!(!table.is_full());
        table.insert(5, 50);
        table.insert(5, 51);
        table.insert(6, 60);
        table.find(&[6, 0, 5], |i, member| found.push((i, member)));
        assert_eq!(found, [(0, 60), (2, 50), (2, 51)]);
    }
}
