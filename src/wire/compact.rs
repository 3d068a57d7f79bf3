//! Compact JSON, byte for byte that of `serde_json`: a record is hundreds of
//! short pieces, and most of what it costs to write them is to ask again for
//! each of its bytes whether it must be escaped.
//!
//! The names of fields and variants are ours and written as they stand. What
//! records do not hold is refused, so that whoever asks can turn to
//! `serde_json`.

use serde::Serialize;
use serde::ser::{self, Impossible, Serializer};
use serde_json::Error;

/// Writes one value behind what is there.
pub(super) fn write(
    value: &impl Serialize,
    out: &mut Vec<u8>,
) -> Result<(), Error> {
    value.serialize(Json { out })
}

struct Json<'o> {
    out: &'o mut Vec<u8>,
}

fn refused<T>() -> Result<T, Error> {
    Err(ser::Error::custom("no value of a record"))
}

fn string(out: &mut Vec<u8>, words: &str) -> Result<(), Error> {
    if !is_plain(words.as_bytes()) {
        return serde_json::to_writer(out, words);
    }
    plain(out, words);
    Ok(())
}

/// A string in which nothing must be escaped.
fn plain(out: &mut Vec<u8>, words: &str) {
    out.reserve(words.len() + 2);
    out.push(b'"');
    out.extend_from_slice(words.as_bytes());
    out.push(b'"');
}

/// Whether nothing in a string must be escaped, eight bytes at a time.
fn is_plain(bytes: &[u8]) -> bool {
    let Some(last) = bytes.last_chunk() else {
        return bytes.iter().all(|b| *b >= b' ' && !b"\"\\".contains(b));
    };
    let (eights, _) = bytes.as_chunks();
    eights.iter().fold(escaped(last), |any, eight| any | escaped(eight)) == 0
}

/// Bits where bytes must be escaped; none if none must.
fn escaped(eight: &[u8; 8]) -> u64 {
    const ONES: u64 = u64::MAX / 0xff;
    let eight = u64::from_le_bytes(*eight);
    let below =
        |word: u64, end: u8| word.wrapping_sub(ONES * u64::from(end)) & !word;
    let is = |byte: u8| below(eight ^ (ONES * u64::from(byte)), 1);
    (below(eight, b' ') | is(b'"') | is(b'\\')) & (ONES << 7)
}

fn number(out: &mut Vec<u8>, mut number: u64) {
    let mut digits = [0; 20];
    let mut first = digits.len();
    loop {
        first -= 1;
        digits[first] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[first..]);
}

macro_rules! numbers {
    ($($name:ident $short:ty => $all:ident)*) => {$(
        fn $name(self, value: $short) -> Result<(), Error> {
            self.$all(value.into())
        }
    )*};
}

impl<'o> Serializer for Json<'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Parts<'o>;
    type SerializeTuple = Parts<'o>;
    type SerializeTupleStruct = Impossible<(), Error>;
    type SerializeTupleVariant = Impossible<(), Error>;
    type SerializeMap = Parts<'o>;
    type SerializeStruct = Parts<'o>;
    type SerializeStructVariant = Impossible<(), Error>;

    numbers! {
        serialize_u8 u8 => serialize_u64
        serialize_u16 u16 => serialize_u64
        serialize_u32 u32 => serialize_u64
        serialize_i8 i8 => serialize_i64
        serialize_i16 i16 => serialize_i64
        serialize_i32 i32 => serialize_i64
    }

    fn serialize_u64(self, value: u64) -> Result<(), Error> {
        number(self.out, value);
        Ok(())
    }

    fn serialize_i64(self, value: i64) -> Result<(), Error> {
        if value < 0 {
            self.out.push(b'-');
        }
        number(self.out, value.unsigned_abs());
        Ok(())
    }

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        let word = if value { "true" } else { "false" };
        self.out.extend_from_slice(word.as_bytes());
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        serde_json::to_writer(self.out, &value)
    }

    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        serde_json::to_writer(self.out, &value)
    }

    fn serialize_char(self, value: char) -> Result<(), Error> {
        string(self.out, value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        string(self.out, value)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Error> {
        refused()
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: ?Sized + Serialize>(
        self,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.out.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
    ) -> Result<(), Error> {
        plain(self.out, name);
        Ok(())
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Error> {
        refused()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Parts<'o>, Error> {
        Ok(Parts::new(self.out, *b"[]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Parts<'o>, Error> {
        Ok(Parts::new(self.out, *b"[]"))
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Error> {
        refused()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Error> {
        refused()
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Parts<'o>, Error> {
        Ok(Parts::new(self.out, *b"{}"))
    }

    fn serialize_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Parts<'o>, Error> {
        Ok(Parts::new(self.out, *b"{}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Error> {
        refused()
    }
}

/// The parts of a list or object.
struct Parts<'o> {
    out: &'o mut Vec<u8>,
    /// Where the first part begins.
    first: usize,
    close: u8,
}

impl<'o> Parts<'o> {
    fn new(out: &'o mut Vec<u8>, [open, close]: [u8; 2]) -> Self {
        out.push(open);
        let first = out.len();
        Self { out, first, close }
    }

    fn comma(&mut self) {
        if self.out.len() > self.first {
            self.out.push(b',');
        }
    }

    fn value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(Json { out: self.out })
    }

    fn close(self) -> Result<(), Error> {
        self.out.push(self.close);
        Ok(())
    }
}

impl ser::SerializeSeq for Parts<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: ?Sized + Serialize>(
        &mut self,
        value: &T,
    ) -> Result<(), Error> {
        self.comma();
        self.value(value)
    }

    fn end(self) -> Result<(), Error> {
        self.close()
    }
}

impl ser::SerializeTuple for Parts<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: ?Sized + Serialize>(
        &mut self,
        value: &T,
    ) -> Result<(), Error> {
        self.comma();
        self.value(value)
    }

    fn end(self) -> Result<(), Error> {
        self.close()
    }
}

impl ser::SerializeMap for Parts<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: ?Sized + Serialize>(
        &mut self,
        key: &T,
    ) -> Result<(), Error> {
        self.comma();
        let begin = self.out.len();
        self.value(key)?;
        match self.out.get(begin) {
            Some(b'"') => Ok(()),
            _ => refused(),
        }
    }

    fn serialize_value<T: ?Sized + Serialize>(
        &mut self,
        value: &T,
    ) -> Result<(), Error> {
        self.out.push(b':');
        self.value(value)
    }

    fn end(self) -> Result<(), Error> {
        self.close()
    }
}

impl ser::SerializeStruct for Parts<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: ?Sized + Serialize>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.comma();
        plain(self.out, name);
        self.out.push(b':');
        self.value(value)
    }

    fn end(self) -> Result<(), Error> {
        self.close()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Context, extract};
    use crate::text::Text;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn agrees(value: &impl Serialize) {
        let mut out = b"before".to_vec();
        write(value, &mut out).expect("a value of a record");
        let serde = serde_json::to_string(value).expect("JSON");
        assert_eq!(String::from_utf8_lossy(&out[6..]), serde);
    }

    #[test]
    fn records_are_as_serde_writes_them() {
        let text = Text::new(
            "UBND TỈNH VĨNH PHÚC\nSố: 240/KH-UBND\nKẾ HOẠCH\nPhát động \
             phong trào “Sạch \"nhà\"”\n1. Mục đích\n2. Yêu cầu\nNgày \
             16/9/2021, theo Quyết định số 7\\8/QĐ-TTg",
        );
        let mut record = extract(&text, &Context::default());
        agrees(&record);
        for value in [json!(null), json!({}), json!({"a\n": [1, -2, 0.5]})] {
            record.source.fields.insert(value.to_string(), value);
        }
        agrees(&record);
    }

    #[test]
    fn values_are_as_serde_writes_them() {
        agrees(&(0_u8, u64::MAX, i64::MIN, -1_i8, 1e300, 0.1_f32, f64::NAN));
        agrees(&(Some("a"), None::<u8>, (), true, 'ế', '"', [0_u8; 0]));
        agrees(&(0..=0x2030).filter_map(char::from_u32).collect::<String>());
    }

    #[test]
    fn what_must_be_escaped_is_seen_wherever_it_stands() {
        for sign in ['"', '\\', '\0', '\u{1f}', ' ', '!', '#', '[', ']', 'ế']
        {
            for before in 0..18 {
                for behind in 0..9 {
                    let (before, behind) =
                        ("x".repeat(before), "ữ ".repeat(behind));
                    agrees(&format!("{before}{sign}{behind}"));
                }
            }
        }
    }

    #[test]
    fn what_could_come_out_wrong_is_refused() {
        #[derive(Serialize)]
        enum Unlike {
            One(u8),
            Two(u8, u8),
            Named { a: u8 },
        }
        for value in [Unlike::One(1), Unlike::Two(1, 2), Unlike::Named { a: 1 }]
        {
            write(&value, &mut Vec::new()).expect_err("refused");
        }
        let keys = std::collections::BTreeMap::from([(1, 2)]);
        write(&keys, &mut Vec::new()).expect_err("refused");
    }

    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4)
                    .prop_map(Value::from),
                prop::collection::vec((any::<String>(), inner), 0..4)
                    .prop_map(|all| Value::Object(all.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn all_json_is_as_serde_writes_it(value in values()) {
            agrees(&value);
        }
    }
}
