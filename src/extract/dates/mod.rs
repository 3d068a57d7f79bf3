//! Calendar dates: every expression of a day, month, quarter, year or range.
//!
//! # What it finds
//! `ngày 16/9/2021`, `16-9-2021`, `ngày 16 tháng 9 năm 2021`, `sáng 16/9`,
//! `tháng 9/2021`, `quý III năm 2021`, `giai đoạn 2021 - 2025`, `từ ngày 1/10
//! đến hết ngày 31/12/2021`, `22, 23 và 24/7`. The span holds the words of
//! the date (`ngày`, `tháng`, `năm`, `quý`, `giai đoạn`, `từ … đến`), not
//! hours, weekdays or parts of the day.
//!
//! # What it must refuse
//! Ratios and counts (`1/3 dân số`, `23/23 đơn vị`), scores, house numbers,
//! phone numbers, `24/7`, decimals (`8,3 - 8,5%`), COVID-19, 5K, document
//! numbers (`07/2021/QĐ-TTg`, `Nghị định số 52/2013`), streets and hospitals
//! named after a day.
//!
//! # Known limits
//! Relative words (`hôm nay`, `tháng tới`) and lunar dates are not calendar
//! expressions of the record. `6 tháng đầu năm 2021` yields its year.

mod atom;
mod forms;
mod ranges;
mod stretches;
mod years;

pub use forms::{Form, find};
pub use years::{Anchor, Tense, nearest_year, parse_metadata, resolve};
