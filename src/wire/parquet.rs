//! Parquet in pieces that can be written one after the other and joined at
//! the end, so that an interrupted file can be continued.
//!
//! Rows are collected as JSON lines ([`row`]). [`group`] makes a row group of
//! them: the bytes that stand in the file, and a note for the foot of the
//! file. [`foot`] makes the foot from the notes. A file is [`MAGIC`], the
//! groups, the foot; the same rows in the same groups give the same bytes.

use super::columns::{COLUMNS, DEPTH, fit};
use super::json;
use crate::record::{Item, Record};
use arrow_json::ReaderBuilder;
use arrow_schema::DataType;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{
    ColumnChunkMetaData, FileMetaData, ParquetMetaData, ParquetMetaDataReader,
    ParquetMetaDataWriter, RowGroupMetaData,
};
use parquet::file::properties::{EnabledStatistics, WriterProperties};

/// What a file begins with.
pub const MAGIC: &[u8] = b"PAR1";

/// Rows that are turned into columns at once.
const BATCH: usize = 1024;

/// A record as a JSON line that fits the columns.
pub fn row(record: &Record) -> Vec<u8> {
    let line = json::line(record);
    match plain(record) {
        true => line,
        false => fitted(&line),
    }
}

/// The JSON line of a record, made to fit the columns.
pub fn fitted(line: &[u8]) -> Vec<u8> {
    match serde_json::from_slice(line) {
        Ok(mut value) => {
            fit(&mut value, &DataType::Struct(COLUMNS.fields().clone()));
            json::line(&value)
        }
        Err(_) => line.to_vec(),
    }
}

/// Whether the record fits the columns as it is.
fn plain(record: &Record) -> bool {
    fn within(items: &[Item], levels: usize) -> bool {
        items.iter().all(|item| levels > 0 && within(&item.items, levels - 1))
    }
    // Items without items are an empty list, which the deepest column, a
    // text, must have as text.
    record.source.fields.is_empty()
        && record
            .contents
            .as_ref()
            .is_none_or(|contents| within(&contents.items, DEPTH - 1))
}

/// A row group: what stands in the file, and its note for the foot.
#[derive(Debug)]
pub struct Group {
    /// The columns, packed.
    pub data: Vec<u8>,
    /// What the foot must say of them.
    pub note: Vec<u8>,
}

/// Packs rows into a group.
pub fn group(rows: &[u8]) -> Result<Group> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_offset_index_disabled(true)
        .set_max_row_group_row_count(None)
        .set_created_by(format!("vanban {}", env!("CARGO_PKG_VERSION")))
        .build();
    let columns = COLUMNS.clone();
    let mut writer =
        ArrowWriter::try_new(Vec::new(), columns.clone(), Some(properties))?;
    let mut decoder = ReaderBuilder::new(columns)
        .with_batch_size(BATCH)
        .with_strict_mode(true)
        .build_decoder()?;
    let mut rest = rows;
    loop {
        let taken = decoder.decode(rest)?;
        rest = &rest[taken..];
        match decoder.flush()? {
            Some(batch) => writer.write(&batch)?,
            None => break,
        }
    }
    let bytes = writer.into_inner()?;
    let (foot, data) = split(&bytes)?;
    Ok(Group { data: data.to_vec(), note: foot.to_vec() })
}

/// The foot of a whole file, without its length and the magic, and what
/// stands before it, without the magic.
fn split(file: &[u8]) -> Result<(&[u8], &[u8])> {
    let broken = || ParquetError::General("a group without a foot".into());
    let (rest, tail) = file.split_last_chunk::<8>().ok_or_else(broken)?;
    let length =
        u32::from_le_bytes([tail[0], tail[1], tail[2], tail[3]]) as usize;
    let start = rest.len().checked_sub(length).ok_or_else(broken)?;
    let data = rest.get(MAGIC.len()..start).ok_or_else(broken)?;
    Ok((&rest[start..], data))
}

/// The foot of a file that holds these groups, each with the length of its
/// data. Without a group it is the foot of an empty table.
pub fn foot(notes: &[Vec<u8>], lengths: &[u64]) -> Result<Vec<u8>> {
    let empty;
    let first = match notes.first() {
        Some(first) => first,
        None => {
            empty = group(b"")?.note;
            &empty
        }
    };
    let model = ParquetMetaDataReader::decode_metadata(first)?;
    let mut groups = Vec::with_capacity(notes.len());
    let mut rows = 0;
    let mut shift = 0;
    for (note, length) in notes.iter().zip(lengths) {
        let note = ParquetMetaDataReader::decode_metadata(note)?;
        for group in note.row_groups() {
            rows += group.num_rows();
            groups.push(shifted(group, shift, groups.len())?);
        }
        shift += i64::try_from(*length).unwrap_or(i64::MAX);
    }
    let file = model.file_metadata();
    let file = FileMetaData::new(
        file.version(),
        rows,
        file.created_by().map(str::to_owned),
        file.key_value_metadata().cloned(),
        file.schema_descr_ptr(),
        file.column_orders().cloned(),
    );
    let whole = ParquetMetaData::new(file, groups);
    let mut foot = Vec::new();
    ParquetMetaDataWriter::new(&mut foot, &whole).finish()?;
    Ok(foot)
}

/// A group that stands further back in the file than its note says.
fn shifted(
    group: &RowGroupMetaData,
    shift: i64,
    number: usize,
) -> Result<RowGroupMetaData> {
    let columns: Result<Vec<ColumnChunkMetaData>> = group
        .columns()
        .iter()
        .map(|column| {
            let dictionary = column.dictionary_page_offset();
            column
                .clone()
                .into_builder()
                .set_data_page_offset(column.data_page_offset() + shift)
                .set_dictionary_page_offset(dictionary.map(|at| at + shift))
                .build()
        })
        .collect();
    let mut builder =
        group.clone().into_builder().set_column_metadata(columns?);
    if let Some(at) = group.file_offset() {
        builder = builder.set_file_offset(at + shift);
    }
    if let Ok(number) = i16::try_from(number) {
        builder = builder.set_ordinal(number);
    }
    builder.build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Context, extract};
    use crate::text::Text;

    fn record(text: &str) -> Record {
        extract(&Text::new(text), &Context::default())
    }

    fn file(groups: &[Vec<u8>]) -> Vec<u8> {
        let groups: Vec<Group> =
            groups.iter().map(|rows| group(rows).expect("rows")).collect();
        let mut bytes = MAGIC.to_vec();
        for group in &groups {
            bytes.extend_from_slice(&group.data);
        }
        let lengths: Vec<u64> =
            groups.iter().map(|g| g.data.len() as u64).collect();
        let notes: Vec<Vec<u8>> = groups.into_iter().map(|g| g.note).collect();
        bytes.extend(foot(&notes, &lengths).expect("a foot"));
        bytes
    }

    fn ids(file: &[u8]) -> Vec<String> {
        use arrow_array::{Array, StringArray};
        use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
        use std::io::Write;
        let mut kept = tempfile::tempfile().expect("a file");
        kept.write_all(file).expect("written");
        let reader = ParquetRecordBatchReaderBuilder::try_new(kept)
            .expect("a Parquet file")
            .build()
            .expect("readable");
        let mut ids = Vec::new();
        for batch in reader {
            let batch = batch.expect("rows");
            let column = batch.column_by_name("id").expect("a column");
            let column =
                column.as_any().downcast_ref::<StringArray>().expect("text");
            ids.extend((0..column.len()).map(|i| column.value(i).to_owned()));
        }
        ids
    }

    #[test]
    fn joined_groups_are_one_file() {
        let rows = |from: usize, to: usize| {
            let mut lines = Vec::new();
            for n in from..to {
                let mut record = record(&format!(
                    "Ngày 1/10/2021, UBND tỉnh Hà Nam ban hành Kế hoạch số {n}/KH-UBND."
                ));
                record.id = format!("{n:04}");
                lines.extend(row(&record));
            }
            lines
        };
        let groups = [rows(0, 5), rows(5, 3_000), rows(3_000, 3_001)];
        let expected: Vec<String> =
            (0..3_001).map(|n| format!("{n:04}")).collect();
        assert_eq!(ids(&file(&groups)), expected);
        assert_eq!(file(&groups), file(&groups));
        assert!(ids(&file(&[])).is_empty());
    }

    #[test]
    fn deep_items_and_foreign_fields_are_rows_too() {
        let mut deep = record("UBND tỉnh họp.");
        let mut items = Vec::new();
        for level in 0..7 {
            items = vec![Item {
                label: None,
                text: format!("mục {level}"),
                span: crate::text::Span::new(0, 1),
                items,
            }];
        }
        deep.contents = Some(crate::record::Contents {
            lead: None,
            items,
            rule: "r".into(),
        });
        deep.source.fields.insert("tag".into(), serde_json::json!([1]));
        let file = file(&[row(&deep)]);
        assert_eq!(ids(&file).len(), 1);
    }
}
