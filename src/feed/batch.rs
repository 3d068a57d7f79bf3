//! Documents on their way: rendered one by one, put together into what one
//! request or one file holds.

/// A rendered document.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its id.
    pub id: String,
    /// Its bytes, as they stand in a request.
    pub bytes: Vec<u8>,
}

/// What stands around the documents of one request.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// Before the first.
    pub head: String,
    /// Between two.
    pub between: &'static str,
    /// Behind the last.
    pub tail: String,
}

impl Frame {
    /// Bytes of a request with these documents.
    pub fn body(&self, items: &[Item]) -> Vec<u8> {
        let bytes: usize = items.iter().map(|item| item.bytes.len()).sum();
        let frame = self.head.len() + self.tail.len();
        let between = self.between.len() * items.len();
        let mut out = Vec::with_capacity(bytes + frame + between);
        out.extend_from_slice(self.head.as_bytes());
        for (i, item) in items.iter().enumerate() {
            if i > 0 {
                out.extend_from_slice(self.between.as_bytes());
            }
            out.extend_from_slice(&item.bytes);
        }
        out.extend_from_slice(self.tail.as_bytes());
        out
    }

    /// What the frame of `count` documents takes.
    fn overhead(&self, count: usize) -> usize {
        self.head.len() + self.tail.len() + self.between.len() * count
    }
}

/// Documents that wait until a request is full.
#[derive(Debug)]
pub(super) struct Batch {
    frame: Frame,
    limit: usize,
    items: Vec<Item>,
    bytes: usize,
}

impl Batch {
    /// A batch of at most `limit` bytes, frame included.
    pub(super) fn new(frame: Frame, limit: usize) -> Self {
        Self { frame, limit, items: Vec::new(), bytes: 0 }
    }

    /// Whether a document can be sent at all.
    pub(super) fn fits(&self, item: &Item) -> bool {
        item.bytes.len() + self.frame.overhead(1) <= self.limit
    }

    /// Adds a document; returns those before it if they fill a request.
    pub(super) fn push(&mut self, item: Item) -> Option<Vec<Item>> {
        let count = self.items.len() + 1;
        let bytes = self.bytes + item.bytes.len() + self.frame.overhead(count);
        let full = match bytes > self.limit && !self.items.is_empty() {
            true => self.take(),
            false => None,
        };
        self.bytes += item.bytes.len();
        self.items.push(item);
        full
    }

    /// What waits, if anything.
    pub(super) fn take(&mut self) -> Option<Vec<Item>> {
        self.bytes = 0;
        let items = std::mem::take(&mut self.items);
        (!items.is_empty()).then_some(items)
    }

    pub(super) fn frame(&self) -> &Frame {
        &self.frame
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_as_full_as_they_may_be() {
        let frame = Frame { head: "[".into(), between: ",", tail: "]".into() };
        let mut batch = Batch::new(frame.clone(), 10);
        let item =
            |id: &str, bytes: &str| Item { id: id.into(), bytes: bytes.into() };
        assert!(batch.push(item("a", "aaa")).is_none());
        // [aaa,bbbb] takes ten bytes, with a comma to spare one too many.
        let full = batch.push(item("b", "bbbb")).expect("a full request");
        assert_eq!(frame.body(&full), b"[aaa]");
        assert!(batch.push(item("c", "c")).is_none());
        let rest = batch.take().expect("the rest");
        assert_eq!(frame.body(&rest), b"[bbbb,c]");
        assert!(batch.take().is_none());
        assert!(!batch.fits(&item("d", "dddddddd")));
    }
}
