//! Type and number of the act.
//!
//! # What it finds
//! The symbol of the act's mention, or of a later mention of the same kind
//! where the first has none (`vừa ra thông tư … ký ban hành thông tư số
//! 02/2018/TT-BGTVT`); its kind from the code of the symbol, else from the
//! word; a blank of a form (`Số:     /KH-UBND`) as `unfilled`.
//!
//! # What it must refuse
//! Numbers of documents that the act cites, amends or replaces.
//!
//! # Known limits
//! A blank number (`Số:     /KH-UBND`) has neither number nor symbol.

use super::act::{Act, ENOUGH};
use super::citation::Mention;
use super::reading::{Reading, begin_from};
use super::symbol::Symbol;
use crate::lexicon::document_types::{self, DocumentType};
use crate::lexicon::word_lists;
use crate::record::{DocumentId, Evidence, Status};
use crate::text::{Norm, Span};

/// The document of an act; `None` for a launch or a bare decision.
pub fn find(reading: &Reading, acts: &[Act]) -> Option<DocumentId> {
    let act = acts.first()?;
    let Some(mention) = act.mention else {
        return told(reading, act).or_else(|| letter(reading, act));
    };
    let mut mention = &reading.mentions[mention];
    let word = mention.word.map(|(_, kind)| kind);
    if mention.symbol.is_none() && mention.bare.is_none() {
        // A later mention of the same kind may carry the symbol.
        let numbered = acts.iter().skip(1).find_map(|other| {
            let m = &reading.mentions[other.mention?];
            let same = m.word.map(|(_, k)| k.code) == word.map(|k| k.code);
            (m.symbol.is_some() && same && other.points >= ENOUGH).then_some(m)
        });
        let numbered = numbered
            .or_else(|| super::issued::numbered(reading, act))
            .or_else(|| same_letter(reading, act, word?));
        mention = numbered.unwrap_or(mention);
    } else if let Some((_, bare)) = &mention.bare {
        // `ban hành Thông tư 27 …` and behind it `Thông tư số 27/2012/TT-BYT`.
        let whole = reading.mentions.iter().find(|m| {
            m.word.map(|(_, k)| k.code) == word.map(|k| k.code)
                && m.symbol.is_some_and(|i| {
                    let symbol = &reading.symbols[i];
                    symbol.number.as_ref() == Some(bare)
                        && symbol.written.is_some()
                })
        });
        mention = whole.unwrap_or(mention);
    }
    if let Some(i) = mention.symbol {
        let symbol = &reading.symbols[i];
        return Some(with_symbol(reading, symbol, word));
    }
    let bracketed = || bracketed_number(reading, word?.code);
    let (span, number) = match mention.bare.clone().or_else(bracketed) {
        Some((span, number)) => (span, Some(number)),
        None => (mention.span, None),
    };
    // A number in the text is the symbol's evidence, however short.
    let mut id = start(reading, span, "document/number");
    id.symbol = number.clone();
    id.number = number.map(|n| n.split('/').next().unwrap_or(&n).to_owned());
    if id.symbol.is_none() {
        id.rule = "document/word".into();
    }
    if let Some(kind) = word {
        id.type_name = Some(kind.name.to_owned());
        id.code = code_of(kind);
    }
    Some(id)
}

/// Sentences at the top in which a number may stand in brackets.
const TOP: usize = 3;

/// `công văn do ông Lúa ký (số 2715)`: a number in brackets near behind a paper
/// of this kind.
fn bracketed_number(
    reading: &Reading,
    code: &str,
) -> Option<(Span<Norm>, String)> {
    let end = reading.sentences().get(TOP).or(reading.sentences().last())?.end;
    let mentions = reading.mentions.iter().enumerate();
    let own = mentions
        .take_while(|(_, m)| m.span.start < end)
        .filter(|(_, m)| m.word.is_some_and(|(_, kind)| kind.code == code));
    own.filter(|(_, m)| m.symbol.is_none()).find_map(|(i, m)| {
        let tail = reading.after(m.end, 90);
        let at = tail.find(OPEN)?;
        let start = m.end + at + OPEN.len();
        let (number, _) = tail[at + OPEN.len()..].split_once(')')?;
        let other = reading.mentions.get(i + 1).map(|m| m.span.start);
        let near = !tail[..at].contains(['.', ';', '\n'])
            && other.is_none_or(|other| other > start);
        let digits = (1..6).contains(&number.len())
            && number.bytes().all(|b| b.is_ascii_digit());
        let span = Span::new(start, start + number.len());
        (near && digits).then(|| (span, number.to_owned()))
    })
}

/// What stands before a number in brackets.
const OPEN: &str = "(số ";

/// `vừa có văn bản gửi …` and behind it `Theo công văn số 12/CHQ-GSQL của Cục
/// Hải quan, …`: a letter of the same body, called by another word.
fn same_letter<'r>(
    reading: &'r Reading,
    act: &Act,
    word: &DocumentType,
) -> Option<&'r Mention> {
    let own = &reading.bodies()[act.subject?].body.name;
    let is_letter = |kind: &DocumentType| {
        code_of(kind).is_some_and(|c| word_lists::has("document.letters", &c))
    };
    if !is_letter(word) {
        return None;
    }
    begin_from(&reading.mentions, |m| m.span.start, act.span.end)
        .map(|(_, m)| m)
        .filter(|m| m.symbol.is_some_and(|i| reading.symbols[i].letter))
        .filter(|m| m.word.is_some_and(|(_, kind)| is_letter(kind)))
        .find(|m| m.issuer.as_ref().is_some_and(|b| b.body.name == *own))
}

/// `Thông báo lịch tiêm` above `UBND phường thông báo …`: the headline names
/// the kind of what a body tells.
fn told(reading: &Reading, act: &Act) -> Option<DocumentId> {
    let title = reading.layout.title?;
    let i = reading.mentions.partition_point(|m| m.span.start < title.start);
    let mention = reading.mentions.get(i)?;
    let (word, kind) = mention.word?;
    let verb = act.span.of(reading.lower());
    if act.rule != "act/request"
        || mention.span.start != title.start
        || mention.symbol.is_some()
        || !verb.ends_with(word.of(reading.lower()))
    {
        return None;
    }
    let mut id = start(reading, word, "document/headline");
    id.type_name = Some(kind.name.to_owned());
    id.code = code_of(kind);
    Some(id)
}

/// Lines at the top among which a letter names whom it is addressed to.
const LETTER_LINES: usize = 6;

/// What a text asks that opens `Kính gửi: …`, though no head with a number is
/// above it.
fn letter(reading: &Reading, act: &Act) -> Option<DocumentId> {
    let line = reading
        .text
        .lines()
        .iter()
        .take(LETTER_LINES)
        .find(|l| l.span.of(reading.lower()).starts_with("kính gửi"))?;
    if act.rule != "act/request" || line.span.start > act.span.start {
        return None;
    }
    let mut id = start(reading, act.span, "document/letter");
    id.type_name = Some("Công văn".into());
    id.code = Some("CV".into());
    id.status = Status::Inferred;
    id.why = Some("those it is addressed to stand above it".into());
    Some(id)
}

/// Letters and papers called just `văn bản` are letters.
fn code_of(kind: &DocumentType) -> Option<String> {
    match kind.code {
        "VB" => Some("CV".into()),
        "Luật" => Some("L".into()),
        "TTri" => Some("TT".into()),
        "" if kind.name == "Công văn" => Some("CV".into()),
        "" => None,
        code => Some(code.to_owned()),
    }
}

fn start(reading: &Reading, span: Span<Norm>, rule: &str) -> DocumentId {
    let (span, text) = reading.text.evidence(span);
    DocumentId {
        type_name: None,
        code: None,
        symbol: None,
        number: None,
        year: None,
        text: Some(text),
        span: Some(span),
        status: Status::Stated,
        rule: rule.into(),
        why: None,
        others: Vec::new(),
    }
}

fn with_symbol(
    reading: &Reading,
    symbol: &Symbol,
    word: Option<&'static DocumentType>,
) -> DocumentId {
    let mut id = start(reading, symbol.span, symbol.rule);
    id.symbol = symbol.written.clone();
    id.number = symbol.number.clone();
    id.year = symbol.year;
    let kind = kind_of(symbol, word);
    id.type_name = kind.map(|k| k.name.to_owned());
    id.code = kind.and_then(code_of);
    // The Party's `QĐ` is a Quyết định or, as the word before it says, a Quy
    // định.
    if kind.is_some_and(|k| k.code == "QĐ")
        && let Some(rules) = word.filter(|w| w.name == "Quy định")
    {
        id.type_name = Some(rules.name.to_owned());
    }
    // `45/2014/QĐTA-TĐKT`: letters have no year; the headline tells the kind.
    let named = symbol.letter.then(|| titled(reading, symbol)).flatten();
    if let Some(kind) = named {
        id.type_name = Some(kind.name.to_owned());
        id.code = code_of(kind);
    } else if symbol.letter
        && word.is_none_or(|w| ["CV", "VB"].contains(&w.code))
    {
        // `Kế hoạch 12/KHPH-SYT-CAT`: what the word says, no letter.
        id.code = Some("CV".into());
        id.type_name = Some("Công văn".into());
    }
    if symbol.written.is_none() {
        id.status = Status::Unfilled;
    }
    id.others = reading
        .symbols
        .iter()
        .filter(|s| s.span != symbol.span && s.written.is_some())
        .filter(|s| s.written == symbol.written)
        .map(|s| {
            let (span, text) = reading.text.evidence(s.span);
            Evidence { text, span }
        })
        .collect();
    id
}

/// The kind with which the headline begins, of a symbol that has a year.
fn titled(reading: &Reading, symbol: &Symbol) -> Option<&'static DocumentType> {
    symbol.year?;
    let title = reading.layout.title?.of(reading.lower());
    let first = document_types::find_words(title).into_iter().next()?;
    (first.span.start == 0).then_some(first.kind)
}

/// The kind: of the code, but in the Party's `QĐ` and `TT`, and where the
/// symbol has no code, of the word.
fn kind_of(
    symbol: &Symbol,
    word: Option<&'static DocumentType>,
) -> Option<&'static DocumentType> {
    match (symbol.kind, word) {
        (Some(kind), Some(word)) if kind.code == word.code => Some(word),
        (Some(kind), _) if kind.code == "CV" => {
            document_types::by_name("Công văn").or(Some(kind))
        }
        (Some(kind), _) => Some(kind),
        (None, word) => word,
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::trial::record;
    use crate::record::Status;

    #[test]
    fn the_word_before_letters_unknown_tells_the_kind() {
        for (text, kind, code) in [
            (
                "Sở Y tế tỉnh Hà Nam vừa ban hành Kế hoạch số 31/KHPH-SYT-CAT \
                 về bảo đảm an ninh bệnh viện.",
                "Kế hoạch",
                "KH",
            ),
            (
                "Sở Y tế tỉnh Hà Nam vừa ban hành Văn bản số 731/SYT-NVY về \
                 phòng bệnh sởi.",
                "Công văn",
                "CV",
            ),
            (
                "Sở Y tế tỉnh Hà Nam vừa ban hành Công văn số 731/SYT-NVY về \
                 phòng bệnh sởi.",
                "Công văn",
                "CV",
            ),
        ] {
            let document = record(text).document.unwrap();
            assert_eq!(document.type_name.as_deref(), Some(kind), "{text}");
            assert_eq!(document.code.as_deref(), Some(code), "{text}");
        }
    }

    #[test]
    fn symbol_number_and_kind_are_the_acts_own() {
        let found = record(
            "UBND tỉnh Hà Nam ban hành Kế hoạch số 71/KH-UBND thực hiện Chỉ \
             thị số 05/CT-TTg của Thủ tướng Chính phủ.",
        );
        let document = found.document.unwrap();
        assert_eq!(document.symbol.as_deref(), Some("71/KH-UBND"));
        assert_eq!(document.number.as_deref(), Some("71"));
        assert_eq!(document.code.as_deref(), Some("KH"));
        assert_eq!(document.type_name.as_deref(), Some("Kế hoạch"));
        assert_eq!(document.status, Status::Stated);
    }

    #[test]
    fn the_headline_or_a_bracket_may_hold_kind_and_number() {
        for (text, code, symbol) in [
            (
                "Thông báo nghỉ chợ phiên\n\nUBND xã An Hòa thông báo việc nghỉ \
                 chợ phiên như sau:\n1. Chợ nghỉ một hôm.\n2. Chợ mở lại.",
                "TB",
                None,
            ),
            (
                "UBND tỉnh Hà Nam vừa ban hành Kế hoạch trồng tre (Kế hoạch số \
                 11/KH-UBND ngày 15/01/2020).",
                "KH",
                Some("11/KH-UBND"),
            ),
            (
                "Hà Nam ra chỉ thị tiết kiệm nước\n\nChủ tịch UBND tỉnh Hà Nam \
                 vừa có Chỉ thị số 7/CT-UBND về tiết kiệm nước.",
                "CT",
                Some("7/CT-UBND"),
            ),
        ] {
            let document = record(text).document.unwrap();
            assert_eq!(document.code.as_deref(), Some(code), "{text}");
            assert_eq!(document.symbol.as_deref(), symbol, "{text}");
        }
        let text = "Chợ phiên nghỉ\n\nUBND xã An Hòa thông báo việc nghỉ chợ \
                    phiên như sau:\n1. Chợ nghỉ một hôm.\n2. Chợ mở lại.";
        assert!(record(text).document.is_none());
    }

    #[test]
    fn a_number_is_completed_behind_the_act_or_at_the_source() {
        let symbol = |text: &str| record(text).document.unwrap().symbol;
        let lead = "Bộ Y tế vừa ban hành Thông tư 27 bỏ lệ cũ ở chợ.";
        for (rest, found) in [
            ("Thông tư số 27/2012/TT-BYT có hiệu lực.", "27/2012/TT-BYT"),
            ("Thông tư số 28/2012/TT-BYT có hiệu lực.", "27"),
        ] {
            let text = format!("{lead}\n\n{rest}");
            assert_eq!(symbol(&text).as_deref(), Some(found));
        }
        let lead = "UBND tỉnh Hà Nam vừa ban hành quyết định trồng tre ở bãi.";
        let told = "Theo quyết định này, các xã trồng tre giữ đất.";
        for (source, found) in [
            ("Nguồn: Quyết định số 57/QĐ-UBND ngày 9/4/2019", true),
            ("Nguồn: Kế hoạch số 57/KH-UBND ngày 9/4/2019", false),
        ] {
            let found = found.then_some("57/QĐ-UBND");
            let text = format!("{lead}\n\n{told}\n\n{source}\n\nHoa Lúa");
            assert_eq!(symbol(&text).as_deref(), found);
            let day = record(&text).issued.map(|d| d.value);
            assert_eq!(day.as_deref(), found.map(|_| "2019-04-09"));
        }
    }

    #[test]
    fn a_number_may_stand_in_brackets_behind_the_signer() {
        let symbol = |rest: &str| {
            let text = format!(
                "UBND tỉnh Hà Nam vừa ra công văn về trồng tre. Theo đó, công văn \
                 do ông Lò Văn Lúa {rest} yêu cầu các xã trồng tre."
            );
            record(&text).document.unwrap().symbol
        };
        assert_eq!(symbol("ký (số 2715)").as_deref(), Some("2715"));
        assert_eq!(symbol("ký (nhà số 26)"), None);
    }

    #[test]
    fn a_letter_has_the_code_of_letters() {
        let found =
            record("Bộ Y tế vừa có Công văn số 1246/BYT-DP gửi các tỉnh.");
        let document = found.document.unwrap();
        assert_eq!(document.symbol.as_deref(), Some("1246/BYT-DP"));
        assert_eq!(document.code.as_deref(), Some("CV"));
    }

    #[test]
    fn a_letter_may_be_called_by_another_word_behind() {
        let lead = "Bộ Y tế vừa ban hành công văn gửi các tỉnh về diệt muỗi. ";
        let symbol = |rest: &str| {
            let found = record(&format!("{lead}{rest}"));
            found.document.and_then(|d| d.symbol)
        };
        let own = "Theo thông báo số 1246/BYT-DP của Bộ Y tế, chợ được phun.";
        assert_eq!(symbol(own).as_deref(), Some("1246/BYT-DP"));
        let other = "Theo văn bản số 46/BTC-NS của Bộ Tài chính, chợ có tiền.";
        assert_eq!(symbol(other), None);
    }

    #[test]
    fn the_headline_tells_the_kind_of_a_number_with_a_year() {
        let paper = |kind: &str, number: &str| {
            let text = format!(
                "{kind} {number}\n\nTÒA ÁN NHÂN DÂN TỐI CAO\n\nCỘNG HÒA XÃ HỘI \
                 CHỦ NGHĨA VIỆT NAM\n\nSố: {number}\n\nHà Nội, ngày 28 tháng 7 \
                 năm 2014\n\nChánh án giao các tòa trồng cây."
            );
            record(&text).document.and_then(|d| d.code)
        };
        let code = paper("Quyết định", "45/2014/QĐTA-TĐKT");
        assert_eq!(code.as_deref(), Some("QĐ"));
        let code = paper("Công văn", "45/TANDTC-TĐKT");
        assert_eq!(code.as_deref(), Some("CV"));
    }

    #[test]
    fn the_word_tells_rules_of_the_party_from_decisions() {
        for (word, name) in
            [("Quy định", "Quy định"), ("Quyết định", "Quyết định")]
        {
            let found = record(&format!(
                "Bộ Chính trị vừa ban hành {word} số 28-QĐ/TW ngày 8/2/2023."
            ));
            let document = found.document.unwrap();
            assert_eq!(document.type_name.as_deref(), Some(name));
            assert_eq!(document.code.as_deref(), Some("QĐ"));
        }
    }

    #[test]
    fn a_launch_without_paper_has_none() {
        let found =
            record("UBND tỉnh Hà Nam phát động phong trào trồng cây gây rừng.");
        assert!(found.document.is_none());
    }
}
