//! Summary, shared text and rare contents of the page.

use super::markup::{evidence, short, two};
use crate::compare::model::{
    CommonClause, Comparison, OwnPart, Substituted, Substitution,
};
use crate::escape::html;
use crate::text::{Raw, Span};

/// Entries of a list before the rest is folded away.
const SHOWN: usize = 12;

/// What a reader should know first.
pub(super) fn summary(comparison: &Comparison) -> String {
    let of = comparison.documents.len();
    let shared = comparison.rows.iter().filter(|r| r.support > 1).count();
    let everywhere = comparison.rows.iter().filter(|r| r.support == of).count();
    let alone = comparison.rows.iter().filter(|r| r.support == 1).count();
    let moved = comparison
        .rows
        .iter()
        .flat_map(|r| &r.cells)
        .filter(|c| c.moved)
        .count();
    let mut out = String::from("<ul class=\"facts\">");
    for (n, vi, en) in [
        (of, "văn bản", "announcements"),
        (shared, "nội dung từ hai văn bản trở lên", "contents of two or more"),
        (everywhere, "có ở mọi văn bản", "in every one"),
        (alone, "chỉ có ở một văn bản", "in one only"),
        (moved, "đặt khác thứ tự", "in another order"),
    ] {
        out += &format!("<li><b>{n}</b> {}</li>", two(vi, en));
    }
    out += "</ul>";
    for template in comparison.common.templates.iter().take(3) {
        let (vi, en) = match template.field.as_str() {
            "campaign" => ("Khuôn tên phong trào", "Campaign template"),
            _ => ("Khuôn khẩu hiệu", "Slogan template"),
        };
        let text = html(&template.text)
            .replace("{province}", &slot())
            .replace('…', "<span class=\"gap\">…</span>");
        out += &format!(
            "<p class=\"template\"><span class=\"label\">{}</span> “{text}” \
             <span class=\"support\">{}/{of}</span></p>",
            two(vi, en),
            template.support
        );
    }
    out
}

fn slot() -> String {
    format!("<span class=\"slot\">{}</span>", two("tên tỉnh", "province"))
}

/// The text that the copies share, and what each makes of it.
pub(super) fn common(comparison: &Comparison) -> String {
    let clauses = &comparison.common.clauses;
    let mut out = String::new();
    if clauses.is_empty() {
        return format!(
            "<p class=\"absent\">{}</p>",
            two("Không có mệnh đề chung.", "No shared clause.")
        );
    }
    out += "<ol class=\"shared\">";
    for clause in clauses {
        out += &shared(clause);
    }
    out += "</ol>";
    for part in &comparison.common.documents {
        out += &own(comparison, part);
    }
    out
}

fn shared(clause: &CommonClause) -> String {
    let share = clause.support * 100 / clause.of.max(1);
    // The bar is a picture of the count beside it.
    format!(
        "<li><span class=\"count\">{}/{}</span><svg class=\"bar\" \
         viewBox=\"0 0 100 6\" preserveAspectRatio=\"none\" \
         aria-hidden=\"true\"><rect width=\"100\" height=\"6\"/>\
         <rect class=\"on\" width=\"{share}\" height=\"6\"/></svg> {}</li>",
        clause.support,
        clause.of,
        html(&clause.text).replace("{province}", &slot())
    )
}

fn own(comparison: &Comparison, part: &OwnPart) -> String {
    let side = &comparison.documents[part.document];
    let (added, left, changed) =
        (part.additions.len(), part.omissions.len(), part.substitutions.len());
    let mut out = format!(
        "<details class=\"own\"><summary>{} <span class=\"tally\">{}</span>\
         </summary>",
        html(&side.name),
        two(
            &format!("thêm {added}, bỏ {left}, thay {changed}"),
            &format!("{added} added, {left} left out, {changed} changed")
        )
    );
    if added > 0 {
        out +=
            &format!("<h3 class=\"small\">{}</h3><ul>", two("Thêm", "Added"));
        for clause in &part.additions {
            let inner = html(&clause.text);
            let button = evidence("v", part.document, clause.span, &inner);
            out += &format!("<li>{button}</li>");
        }
        out += "</ul>";
    }
    if left > 0 {
        out +=
            &format!("<h3 class=\"small\">{}</h3><ul>", two("Bỏ", "Left out"));
        for &index in &part.omissions {
            let clause = &comparison.common.clauses[index];
            let text = html(&clause.text).replace("{province}", &slot());
            out += &format!(
                "<li>{text} <span class=\"support\">{}/{}</span></li>",
                clause.support, clause.of
            );
        }
        out += "</ul>";
    }
    if changed > 0 {
        out +=
            &format!("<h3 class=\"small\">{}</h3><ul>", two("Thay", "Changed"));
        for substitution in &part.substitutions {
            out += &changed_words(comparison, part.document, substitution);
        }
        out += "</ul>";
    }
    out + "</details>"
}

fn changed_words(
    comparison: &Comparison,
    document: usize,
    substitution: &Substitution,
) -> String {
    let (vi, en) = match substitution.what {
        Substituted::Name => ("tên riêng", "name"),
        Substituted::Number => ("số, ngày", "number or date"),
        Substituted::Words => ("từ ngữ", "words"),
    };
    let del = |s: &str| format!("<del>{}</del>", html(s));
    let ins = |s: &str| format!("<ins>{}</ins>", html(s));
    let words = match (&*substitution.shared, &*substitution.here) {
        ("", here) => ins(here),
        (shared, "") => del(shared),
        (shared, here) => {
            format!(
                "{} <span aria-hidden=\"true\">→</span> {}",
                del(shared),
                ins(here)
            )
        }
    };
    let span = clause_span(comparison, document, substitution);
    let label = two(
        &format!("mục {}", substitution.item),
        &format!("item {}", substitution.item),
    );
    format!(
        "<li>{words} <span class=\"kind\">{}</span> {}</li>",
        two(vi, en),
        evidence("source", document, span, &label)
    )
}

fn clause_span(
    comparison: &Comparison,
    document: usize,
    substitution: &Substitution,
) -> Option<Span<Raw>> {
    let item = &comparison.documents[document].items[substitution.item - 1];
    let copy = item
        .clauses
        .iter()
        .find(|clause| clause.common == Some(substitution.common));
    copy.and_then(|clause| clause.span).or(Some(item.span))
}

/// Contents of one announcement only, and contents that one lacks.
pub(super) fn rare(comparison: &Comparison) -> String {
    let mut only = Vec::new();
    for found in &comparison.rare.only_here {
        let name = short(&comparison.documents[found.document].name);
        only.push(format!(
            "<li><span class=\"who\">{}</span> {} \
             <span class=\"kind\">{}</span></li>",
            html(name),
            evidence("v", found.document, found.span, &html(&found.text)),
            match found.clause {
                None => two("cả mục", "whole item"),
                Some(_) => two("một mệnh đề", "a clause"),
            }
        ));
    }
    let missing = missing(comparison);
    let mut out = format!(
        "<div class=\"pair\"><div><h3>{}</h3>",
        two("Chỉ có ở đây", "Only here")
    );
    out += &folded(&only);
    out +=
        &format!("</div><div><h3>{}</h3>", two("Thiếu ở đây", "Missing here"));
    out += &folded(&missing);
    out + "</div></div>"
}

/// Each content that most have, with those that lack it.
fn missing(comparison: &Comparison) -> Vec<String> {
    let gaps = &comparison.rare.missing_here;
    gaps.chunk_by(|x, y| x.row == y.row)
        .map(|of_row| {
            let names: Vec<&str> = of_row
                .iter()
                .map(|gap| short(&comparison.documents[gap.document].name))
                .collect();
            format!(
                "<li><span class=\"who\">{}</span> {} \
                 <span class=\"support\">{}</span></li>",
                html(&names.join(", ")),
                html(&of_row[0].text),
                two(
                    &format!(
                        "{}/{} văn bản có",
                        of_row[0].support, of_row[0].of
                    ),
                    &format!(
                        "{} of {} have it",
                        of_row[0].support, of_row[0].of
                    )
                )
            )
        })
        .collect()
}

/// A list whose end is folded away.
fn folded(entries: &[String]) -> String {
    if entries.is_empty() {
        return format!(
            "<p class=\"absent\">{}</p>",
            two("Không có.", "None.")
        );
    }
    let (first, rest) = entries.split_at(entries.len().min(SHOWN));
    let mut out = format!("<ul class=\"rare\">{}</ul>", first.concat());
    if !rest.is_empty() {
        out += &format!(
            "<details><summary>{}</summary><ul class=\"rare\">{}</ul></details>",
            two(
                &format!("{} mục nữa", rest.len()),
                &format!("{} more", rest.len())
            ),
            rest.concat()
        );
    }
    out
}
