//! Papers that no public body issues as its act.
//!
//! # What it finds
//! What is only called a decision (`HLV trưởng ra quyết định …`), resolutions
//! of companies (`13/2016/NQ-HĐQT`, `Công ty vừa ban hành kế hoạch`), measures against one suspect (`Quyết định
//! khởi tố bị can`).
//!
//! # What it must refuse
//! Decisions with a number or with the body that takes them.
//!
//! # Known limits
//! A body that no table knows is none.

use super::{Act, COMPANY};
use crate::extract::citation::Mention;
use crate::extract::reading::Reading;
use crate::lexicon::word_lists;

/// Takes points for what shows that a mention is no public body's act.
pub(super) fn points(reading: &Reading, m: &Mention, act: &mut Act) {
    let code = m.word.map_or("", |(_, kind)| kind.code);
    let unnamed = m.symbol.is_none()
        && m.bare.is_none()
        && m.issuer.is_none()
        && act.subject.is_none();
    if unnamed && word_lists::has("act.everyday_kinds", code) {
        act.give("a decision without its body", -3);
    }
    // `Giám đốc Công ty vừa ban hành kế hoạch`
    let head = reading.before(m.span.start, 90);
    let clause = head.rsplit(['.', ';', '\n']).next().unwrap_or(head);
    if unnamed && COMPANY.is_match(clause, &reading.scan) {
        act.give("a company's", -6);
    }
    let org = m.symbol.map(|s| &*reading.symbols[s].org);
    if org.is_some_and(|org| word_lists::inside("act.company_codes", org)) {
        act.give("a company's", -6);
    }
    let behind = reading.after(m.end, 40).trim_start();
    if word_lists::begins("act.crime_measures", behind) {
        act.give("a measure against a suspect", -6);
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::trial::record;
    use crate::record::Kind;

    #[test]
    fn decisions_of_nobody_public_are_no_acts() {
        for text in [
            "Đội bóng xã ra quyết định đổi thủ môn\n\nĐội bóng vừa ra quyết \
             định đổi thủ môn. Trận đấu diễn ra chiều nay.",
            "Ngày 3/4/2020, Công ty Tre Việt công bố Nghị quyết số \
             13/2020/NQ-HĐQT về trả cổ tức.",
            "Công ty Tre Việt tặng tre cho xã. Giám đốc Công ty vừa ban hành kế \
             hoạch trồng tre ven sông.",
            "Ngày 3/4/2020, Cơ quan Cảnh sát điều tra Bộ Công an đã ra Quyết \
             định khởi tố vụ án trộm tre.",
        ] {
            assert_eq!(record(text).kind, Kind::Other, "{text}");
        }
    }

    #[test]
    fn decisions_of_a_body_are() {
        for text in [
            "UBND tỉnh Hà Nam vừa ra quyết định đóng bến đò. Theo đó, các xã \
             báo cho dân.",
            "Để giúp các công ty trồng tre, UBND tỉnh Hà Nam vừa ban hành kế \
             hoạch mở bến đò.",
            "Ngày 3/4/2020, UBND tỉnh Hà Nam ban hành Nghị quyết số \
             13/2020/NQ-HĐND về trồng tre.",
        ] {
            assert_eq!(record(text).kind, Kind::Announcement, "{text}");
        }
    }
}
