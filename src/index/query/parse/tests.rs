//! What queries are read as, and what is said of wrong ones.

use super::*;
use crate::index::query::{Value, Years};
use proptest::prelude::*;
use std::time::Instant;

/// A query in brackets.
fn shape(node: &Node) -> String {
    let list =
        |nodes: &[Node]| nodes.iter().map(shape).collect::<Vec<_>>().join(" ");
    let words = |words: &[Word]| {
        words.iter().map(|w| w.key.as_str()).collect::<Vec<_>>().join(" ")
    };
    match node {
        Node::All => "*".to_owned(),
        Node::And(nodes) => format!("and[{}]", list(nodes)),
        Node::Or(nodes) => format!("or[{}]", list(nodes)),
        Node::Not(node) => format!("not[{}]", shape(node)),
        Node::Words(own) => format!("({})", words(own)),
        Node::Phrase(own) => format!("“{}”", words(own)),
        Node::Number(number) => format!("#{}", number.shown),
        Node::Filter(filter) => {
            let value = match &filter.value {
                Value::Phrase(own) => words(own),
                Value::Province(names) | Value::Type(names) => names.join("|"),
                Value::Number(number) => number.key.clone(),
                Value::Issued(period) => format!(
                    "{}..{}",
                    period.from.as_deref().unwrap_or_default(),
                    period.to.as_deref().unwrap_or_default()
                ),
                Value::Years(Years { from, to }) => format!("{from:?}..{to:?}"),
                Value::Theme(value) | Value::Exact(value) => {
                    (*value).to_owned()
                }
            };
            format!("{}={value}", filter.field.name())
        }
    }
}

#[track_caller]
fn check(query: &str, expected: &str) {
    match Query::parse(query) {
        Ok(read) => assert_eq!(shape(&read.root), expected, "{query}"),
        Err(error) => panic!("{query}: {}", error.report(query)),
    }
}

/// The error of a query: message, what is pointed at, hint.
#[track_caller]
fn wrong(query: &str) -> (String, String, String) {
    match Query::parse(query) {
        Ok(read) => panic!("{query} was read as {}", shape(&read.root)),
        Err(error) => (
            error.message,
            query[error.place].to_owned(),
            error.hint.unwrap_or_default(),
        ),
    }
}

#[test]
fn words_stand_side_by_side() {
    check("vùng xanh", "(vùng xanh)");
    check("phòng, chống dịch", "(phòng chống dịch)");
    check("Bà Rịa - Vũng Tàu", "(bà rịa vũng tàu)");
    check("COVID -19", "(covid 19)");
    check("Vĩnh Phúc: ra quân!", "(vĩnh phúc ra quân)");
    check("KHÔNG ĐỂ AI BỊ BỎ LẠI VÀ HOẶC", "(không để ai bị bỏ lại và hoặc)");
    check("ho\u{300}a bi\u{300}nh hoà", "(hòa bình hòa)");
    check("ÐẶNG", "(đặng)");
    check("*", "*");
}

#[test]
fn operators_bind_as_usual() {
    check("a AND b", "and[(a) (b)]");
    check("kế hoạch OR quyết định", "or[(kế hoạch) (quyết định)]");
    check("a b OR c -d", "or[(a b) and[(c) not[(d)]]]");
    check("a (b OR c)", "and[(a) or[(b) (c)]]");
    check("(a OR b) OR c", "or[(a) (b) (c)]");
    check("(a b) c", "and[(a b) (c)]");
    check("((a))", "(a)");
    check("a NOT (b c)", "and[(a) not[(b c)]]");
    check("a -(b OR c)", "and[(a) not[or[(b) (c)]]]");
    check("-a", "and[* not[(a)]]");
    check("a OR -b", "or[(a) and[* not[(b)]]]");
    check("a AND NOT b", "and[(a) not[(b)]]");
    check("-kinh-tế a", "and[not[“kinh tế”] (a)]");
    check("a （b）", "and[(a) (b)]");
}

#[test]
fn phrases_take_any_quotes() {
    check("\"vùng xanh\"", "“vùng xanh”");
    check("“vùng xanh” dịch", "and[“vùng xanh” (dịch)]");
    check("«vùng xanh»", "“vùng xanh”");
    check("-\"vùng đỏ\" a", "and[not[“vùng đỏ”] (a)]");
    check("\"240/KH-UBND\"", "#240/KH-UBND");
    check("\"a OR b (c) x:y *\"", "“a or b c x y”");
}

#[test]
fn numbers_are_one_unit() {
    check("240/KH-UBND", "#240/KH-UBND");
    check(
        "kế hoạch kh ubnd 240 vĩnh phúc",
        "and[(kế hoạch) #240/KH-UBND (vĩnh phúc)]",
    );
    check("chỉ thị 16 -240/KH-UBND", "and[#16/CT not[#240/KH-UBND]]");
}

#[test]
fn filters_have_values() {
    check("issuer:UBND dịch", "and[issuer=ubnd (dịch)]");
    check("issuer:\"UBND tỉnh Hà Nam\"", "issuer=ubnd tỉnh hà nam");
    check("province:Vĩnh Phúc dịch", "and[province=Vĩnh Phúc (dịch)]");
    check("tỉnh:vinh phuc", "province=Vĩnh Phúc");
    check("Province：“Hà Nam”", "province=Hà Nam");
    check(
        "province: bà rịa - vũng tàu covid",
        "and[province=Bà Rịa - Vũng Tàu (covid)]",
    );
    check("type:kế hoạch phòng dịch", "and[type=Kế hoạch (phòng dịch)]");
    check("number:240/KH-UBND", "number=240 kh ubnd");
    check("số:240", "number=240");
    check("issued:2021-09..2021-12", "issued=2021-09-01..2021-12-31");
    check("ngày:16/9/2021", "issued=2021-09-16..2021-09-16");
    check("issued:2021.. a", "and[issued=2021-01-01.. (a)]");
    check("issued:..2021-06", "issued=..2021-06-31");
    check("year:2021", "year=Some(2021)..Some(2021)");
    check("theme:health kind:other", "and[theme=health kind=other]");
    check("-province:\"Hà Nội\" a", "and[not[province=Hà Nội] (a)]");
    check(
        "province:(\"Hà Nam\" OR hà nội) a",
        "and[or[province=Hà Nam province=Hà Nội] (a)]",
    );
    check("title:(vùng OR -đỏ)", "or[title=vùng and[* not[title=đỏ]]]");
    check("campaign:“chung sức”", "campaign=chung sức");
}

#[test]
fn an_error_points_at_its_place() {
    for (query, message, place, hint) in [
        (
            "dịch isuer:UBND",
            "unknown field `isuer:`",
            "isuer:",
            "did you mean `issuer:`?",
        ),
        (
            "issuer:",
            "`issuer:` needs a value",
            "issuer:",
            "for example issuer:\"UBND tỉnh Hà Nam\"",
        ),
        (
            "province:Hà Nôi dịch",
            "no province is called `Hà Nôi`",
            "Hà Nôi",
            "did you mean province:\"Hà Nội\"?",
        ),
        (
            "province:Paris",
            "no province is called `Paris`",
            "Paris",
            "for example province:\"Hà Nam\"",
        ),
        (
            "province:\"Hà Nôi\"",
            "no province is called `Hà Nôi`",
            "Hà Nôi",
            "did you mean province:\"Hà Nội\"?",
        ),
        (
            "a \"b c",
            "this quotation mark is not closed",
            "\"",
            "put \" behind the last word of the phrase",
        ),
        (
            "a (b",
            "this parenthesis is not closed",
            "(",
            "put a ) behind its last word",
        ),
        (
            "a b)",
            "this parenthesis was never opened",
            ")",
            "take it out, or put a ( before the words",
        ),
        (
            "a () b",
            "nothing stands between the parentheses",
            "()",
            "take them out, or put words between them",
        ),
        (
            "a \"\" b",
            "no words stand between the quotation marks",
            "\"\"",
            "put some there, or take the marks out",
        ),
        (
            "issued:2021-12..2021-09",
            "the range ends before it begins",
            "2021-12..2021-09",
            "did you mean 2021-09..2021-12?",
        ),
        (
            "issued:..",
            "an empty range",
            "..",
            "give one end at least: 2021.. or ..2021-06",
        ),
        (
            "issued:2021-13",
            "there is no month 13",
            "2021-13",
            "write 2021, 2021-09, 2021-09-16, 16/9/2021 or 2021-Q3",
        ),
        (
            "kế ho*",
            "`*` stands for no letters here",
            "*",
            "words are found whole, with and without tone marks; * alone finds everything",
        ),
        ("", "there are no words to look for", "", "* finds every document"),
        (
            " , ",
            "there are no words to look for",
            " , ",
            "* finds every document",
        ),
        (
            "a\u{1b}[2J",
            "a control character (U+001B) in the query",
            "\u{1b}",
            "take it out",
        ),
        (
            "a || b",
            "`|` has no meaning here",
            "|",
            "write OR between the words",
        ),
    ] {
        let read = wrong(query);
        let expected = (message.to_owned(), place.to_owned(), hint.to_owned());
        assert_eq!(read, expected, "{query}");
    }
    for query in
        ["OR a", "a OR", "a AND OR b", "a AND", "(a OR) b", "a NOT", "NOT OR a"]
    {
        let (message, place, _) = wrong(query);
        assert!(["AND", "OR", "NOT"].contains(&&*place), "{query}: {place}");
        assert!(!message.is_empty());
    }
}

#[test]
fn hostile_queries_are_refused_at_once() {
    let long = "a".repeat(10 << 20);
    let words = "a ".repeat(4000);
    let parentheses = "(".repeat(100_000);
    let some = format!("{}a{}", "(".repeat(2000), ")".repeat(2000));
    let wild = "*".repeat(5000);
    for query in [
        long.as_str(),
        &words,
        &parentheses,
        &some,
        &wild,
        "'; DROP TABLE records; --",
        "x' OR '1'='1",
        "{\"query\": {\"match_all\": {}}}",
        "\u{0}\u{1}\u{7f}",
        "a\u{202e}b",
        "\"\\u0000",
    ] {
        let report = || {
            let error = Query::parse(query).expect_err("an error");
            error.report(query)
        };
        // The best of some tries: the machine may be busy.
        let took = (0..5).map(|_| {
            let start = Instant::now();
            report();
            start.elapsed()
        });
        let took = took.min().expect("some tries");
        let report = report();
        assert!(took.as_millis() < 100, "{took:?}: {report}");
        assert!(report.len() < 1000, "{report}");
    }
}

#[test]
fn limits_are_those_that_are_documented() {
    let deep = |n: usize| format!("{}a{}", "(".repeat(n), ")".repeat(n));
    assert!(Query::parse(&deep(MAX_DEPTH)).is_ok());
    assert!(Query::parse(&deep(MAX_DEPTH + 1)).is_err());
    assert!(Query::parse(&"a ".repeat(MAX_WORDS)).is_ok());
    let (message, place, _) = wrong(&"a ".repeat(MAX_WORDS + 1));
    assert_eq!(message, format!("the query has more than {MAX_WORDS} words"));
    assert_eq!(place, "a");
    assert!(Query::parse(&"a".repeat(MAX_BYTES)).is_ok());
    assert!(Query::parse(&"a".repeat(MAX_BYTES + 1)).is_err());
}

/// Whether a query keeps what [`Node`] promises.
fn sound(node: &Node, depth: usize, beside: bool) -> bool {
    let inside =
        |nodes: &[Node]| nodes.iter().all(|n| sound(n, depth + 1, false));
    depth <= 2 * MAX_DEPTH + 4
        && match node {
            Node::All | Node::Number(_) | Node::Filter(_) => true,
            Node::Words(words) | Node::Phrase(words) => !words.is_empty(),
            Node::Not(node) => beside && sound(node, depth + 1, false),
            Node::Or(nodes) => {
                nodes.len() > 1
                    && !nodes.iter().any(|n| matches!(n, Node::Or(_)))
                    && inside(nodes)
            }
            Node::And(nodes) => {
                nodes.len() > 1
                    && !nodes.iter().any(|n| matches!(n, Node::And(_)))
                    && !nodes.iter().all(|n| matches!(n, Node::Not(_)))
                    && nodes.iter().all(|n| sound(n, depth + 1, true))
            }
        }
}

fn holds(query: &str) -> Result<(), TestCaseError> {
    match Query::parse(query) {
        Ok(read) => {
            prop_assert!(sound(&read.root, 0, false), "{:?}", read.root)
        }
        Err(error) => {
            prop_assert!(error.place.start <= error.place.end);
            prop_assert!(error.place.end <= query.len());
            prop_assert!(query.is_char_boundary(error.place.start));
            prop_assert!(query.is_char_boundary(error.place.end));
            let report = error.report(query);
            prop_assert!(report.contains('^'), "{}", report);
            prop_assert!(
                !report.chars().any(|c| c.is_control() && c != '\n'),
                "{:?}",
                report
            );
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_a_query_or_an_error_with_a_place(query in any::<String>()) {
        holds(&query)?;
    }

    #[test]
    fn any_mixture_of_signs_is_a_query_or_an_error(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "a", "dịch", "Vĩnh Phúc", "(", ")", "\"", "“", "”", "OR",
                "AND", "NOT", "-", "--", ":", "：", "issuer:", "province:",
                "issued:", "2021", "2021-09", "..", "*", "?", "240/KH-UBND",
                "số", "kh", "ubnd", "16", "\u{301}", "漢", "\u{0}", "|",
                "type:", "kế hoạch", "'", ",", "/", "year:", "title:",
            ]),
            0..24,
        ),
        blanks in prop::collection::vec(any::<bool>(), 24),
    ) {
        let mut query = String::new();
        for (piece, blank) in pieces.iter().zip(blanks) {
            query.push_str(piece);
            if blank {
                query.push(' ');
            }
        }
        holds(&query)?;
    }
}
