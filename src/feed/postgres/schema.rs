//! The schema: functions that fold, text search configurations, the table
//! with its generated columns and indexes, and the upsert.
//!
//! Nothing depends on the locale of the database: letters are lowered by a
//! list of our own, as `lower` leaves them alone in a database made with `C`.

use crate::feed::fields::{FIELDS, Field, Role};
use crate::feed::synonyms;
use std::fmt::Write;

/// Characters of each kind of text that are searched; PostgreSQL refuses
/// vectors of more than a megabyte.
const SEARCHED: [(u8, usize); 5] =
    [(8, 2_000), (6, 4_000), (4, 20_000), (2, 60_000), (1, 120_000)];

/// Characters that part words and mean nothing themselves.
const MARKS: &str = "/\\-–—_.,;:!?()[]{}<>|…“”‘’'`´«»*+=~^@#%&$\u{a0}\u{200b}";

/// Columns that are sent.
fn columns() -> impl Iterator<Item = &'static Field> {
    FIELDS.iter().filter(|field| field.role != Role::SymbolKey)
}

fn kind(field: &Field) -> &'static str {
    match (field.role, field.many) {
        (Role::Day, _) => "date",
        (Role::Integer, _) => "integer",
        (_, true) => "text[]",
        (_, false) => "text",
    }
}

fn names() -> String {
    let names: Vec<String> =
        columns().map(|field| format!("\"{}\"", field.name)).collect();
    names.join(", ")
}

/// The table that one batch is copied into; it is gone with its transaction.
pub(super) fn incoming() -> String {
    let columns: Vec<String> = columns()
        .map(|field| format!("\"{}\" {}", field.name, kind(field)))
        .collect();
    format!(
        "CREATE TEMPORARY TABLE vanban_incoming (n bigint GENERATED ALWAYS AS IDENTITY, {}) ON COMMIT DROP;\n",
        columns.join(", ")
    )
}

pub(super) fn copy() -> String {
    format!("COPY vanban_incoming ({}) FROM STDIN", names())
}

/// Takes a batch over: what comes twice counts as its last, what is there
/// unchanged is not written again.
pub(super) fn upsert(table: &str) -> String {
    let names = names();
    let rest = || columns().filter(|field| field.role != Role::Id);
    let list = |prefix: &str| {
        let all: Vec<String> =
            rest().map(|f| format!("{prefix}\"{}\"", f.name)).collect();
        all.join(", ")
    };
    let set: Vec<String> =
        rest().map(|f| format!("\"{0}\" = excluded.\"{0}\"", f.name)).collect();
    format!(
        "INSERT INTO public.{table} AS old ({names})
SELECT DISTINCT ON (id) {names} FROM vanban_incoming ORDER BY id, n DESC
ON CONFLICT (id) DO UPDATE SET {}
WHERE ({}) IS DISTINCT FROM ({})",
        set.join(", "),
        list("old."),
        list("excluded.")
    )
}

/// All that is needed before the first row. It can be run again and again.
pub(super) fn schema(table: &str) -> String {
    let mut out = String::from(FUNCTIONS_HEAD);
    functions(&mut out);
    configurations(&mut out);
    tables(table, &mut out);
    indexes(table, &mut out);
    synonym_rows(table, &mut out);
    search(table, &mut out);
    out.push_str("COMMIT;\n");
    out
}

const FUNCTIONS_HEAD: &str = "\
-- Made by vanban feed; it can be run again and again.
BEGIN;
SET LOCAL client_min_messages = warning;
-- Two that begin at the same moment wait for each other.
SELECT pg_advisory_xact_lock(hashtext('vanban_feed'));
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
";

fn functions(out: &mut String) {
    let (upper, lower) = capitals();
    let marks = MARKS.replace('\'', "''");
    let blanks = " ".repeat(MARKS.chars().count());
    let function = |name: &str, takes: &str, body: &str| {
        format!(
            "CREATE OR REPLACE FUNCTION public.{name}({takes}) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ {body} $$;
"
        )
    };
    // `lower` leaves letters alone in a database with the locale C.
    out.push_str(&function(
        "vanban_lower",
        "text",
        &format!(
            "SELECT translate(lower(normalize($1, NFC)), '{upper}', '{lower}')"
        ),
    ));
    // `unaccent` is not immutable, as its rules could change.
    out.push_str(&function(
        "vanban_fold",
        "text",
        "SELECT lower(public.unaccent('public.unaccent'::regdictionary, public.vanban_lower($1)))",
    ));
    out.push_str(&function(
        "vanban_words",
        "text",
        &format!("SELECT translate($1, '{marks}', '{blanks}')"),
    ));
    out.push_str(&function(
        "vanban_join",
        "text[]",
        "SELECT array_to_string($1, ' ')",
    ));
    out.push_str(&function(
        "vanban_symbol_key",
        "text",
        "SELECT regexp_replace(btrim(regexp_replace(public.vanban_fold($1), '[^a-z0-9&]+', ' ', 'g')), '^(so )?0*(?=[0-9])', '')",
    ));
}

/// Capital letters with marks, and the small ones.
fn capitals() -> (String, String) {
    let letters = ('\u{c0}'..='\u{24f}').chain('\u{1e00}'..='\u{1eff}');
    let mut pairs: Vec<(char, char)> = letters
        .filter_map(|upper| {
            let mut lower = upper.to_lowercase();
            let first = lower.next()?;
            (first != upper && lower.next().is_none()).then_some((upper, first))
        })
        .collect();
    // The Icelandic letter that is typed for the Vietnamese one.
    pairs.retain(|(upper, _)| *upper != 'Ð');
    pairs.extend([('Ð', 'đ'), ('ð', 'đ')]);
    pairs.into_iter().unzip()
}

fn configurations(out: &mut String) {
    let words = "asciiword, word, hword, hword_part, hword_asciipart, asciihword, numword, numhword, hword_numpart";
    for name in ["vanban_exact", "vanban_folded"] {
        let _ = write!(
            out,
            "DO $$ BEGIN
IF to_regclass('pg_catalog.pg_ts_config') IS NOT NULL AND NOT EXISTS (
  SELECT FROM pg_catalog.pg_ts_config WHERE cfgname = '{name}' AND cfgnamespace = 'public'::regnamespace) THEN
  CREATE TEXT SEARCH CONFIGURATION public.{name} (COPY = pg_catalog.simple);
  ALTER TEXT SEARCH CONFIGURATION public.{name} ALTER MAPPING FOR {words} WITH pg_catalog.simple;
END IF; END $$;
"
        );
    }
}

/// What is searched of a field, as an expression over its column.
fn searched(field: &Field) -> String {
    let column = match field.many {
        true => format!("public.vanban_join(\"{}\")", field.name),
        false => format!("\"{}\"", field.name),
    };
    let weight = field.role.weight();
    let most = SEARCHED.iter().find(|(w, _)| *w == weight);
    let most = most.map_or(2_000, |(_, most)| *most);
    format!("left(coalesce({column}, ''), {most})")
}

/// A vector of all texts, each with the letter of its weight.
fn vector(configuration: &str, form: &str) -> String {
    let parts = FIELDS.iter().filter(|f| f.role.weight() > 0).map(|field| {
        let letter = match field.role.weight() {
            8 => 'A',
            4 | 6 => 'B',
            2 => 'C',
            _ => 'D',
        };
        let text = searched(field);
        format!(
            "setweight(to_tsvector('public.{configuration}', public.vanban_words(public.{form}({text}))), '{letter}')"
        )
    });
    parts.collect::<Vec<_>>().join("\n    || ")
}

fn tables(table: &str, out: &mut String) {
    let _ = writeln!(out, "CREATE TABLE IF NOT EXISTS public.{table} (");
    for field in columns() {
        let key = match field.role {
            Role::Id => " PRIMARY KEY",
            _ => "",
        };
        let _ = writeln!(out, "  \"{}\" {}{key},", field.name, kind(field));
    }
    let _ = writeln!(
        out,
        "  symbol_key text GENERATED ALWAYS AS (public.vanban_symbol_key(\"symbol\")) STORED,
  names_folded text GENERATED ALWAYS AS (public.vanban_fold(left(coalesce(\"title\", '') || ' ' || coalesce(\"issuer\", '') || ' ' || coalesce(\"campaign\", ''), 4000))) STORED,
  exact tsvector GENERATED ALWAYS AS (
    {}) STORED,
  folded tsvector GENERATED ALWAYS AS (
    {}) STORED
);",
        vector("vanban_exact", "vanban_lower"),
        vector("vanban_folded", "vanban_fold")
    );
}

fn indexes(table: &str, out: &mut String) {
    let mut index = |name: &str, using: &str| {
        let _ = writeln!(
            out,
            "CREATE INDEX IF NOT EXISTS {table}_{name} ON public.{table} USING {using};"
        );
    };
    index("exact", "gin (exact)");
    index("folded", "gin (folded)");
    index("trigrams", "gin (names_folded public.gin_trgm_ops)");
    index("symbol_key", "btree (symbol_key)");
    for field in columns() {
        let name = field.name;
        match (field.role, field.many) {
            (Role::Word | Role::Symbol, true) => {
                index(name, &format!("gin (\"{name}\")"));
            }
            (Role::Name(2) | Role::Integer | Role::Day, false) => {
                index(name, &format!("btree (\"{name}\")"));
            }
            _ => {}
        }
    }
}

/// Synonyms as `ts_rewrite` takes them.
fn synonym_rows(table: &str, out: &mut String) {
    let _ = writeln!(
        out,
        "CREATE TABLE IF NOT EXISTS public.{table}_synonyms (phrase tsquery PRIMARY KEY, meaning tsquery NOT NULL);
INSERT INTO public.{table}_synonyms (phrase, meaning)
SELECT DISTINCT ON (phrase) phrase, meaning FROM (VALUES"
    );
    let rows: Vec<String> = synonyms::meanings(true)
        .into_iter()
        .map(|(word, meanings)| {
            let meanings: Vec<String> =
                meanings.iter().map(|m| quoted(m)).collect();
            format!("  ({}, ARRAY[{}])", quoted(&word), meanings.join(", "))
        })
        .collect();
    out.push_str(&rows.join(",\n"));
    let _ = writeln!(
        out,
        "
) AS given (word, meanings),
LATERAL (SELECT string_agg('(' || phraseto_tsquery('public.vanban_folded', m)::text || ')', ' | ' ORDER BY i)::tsquery AS meaning
  FROM unnest(array_prepend(word, meanings)) WITH ORDINALITY AS list (m, i)) AS all_of_them,
LATERAL (VALUES (plainto_tsquery('public.vanban_folded', word)), (phraseto_tsquery('public.vanban_folded', word))) AS spelled (phrase)
ON CONFLICT (phrase) DO UPDATE SET meaning = excluded.meaning;"
    );
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A function that searches as well as these means allow: without marks
/// everything is found, with marks what has them too ranks first.
fn search(table: &str, out: &mut String) {
    let _ = writeln!(
        out,
        "CREATE OR REPLACE FUNCTION public.{table}_search(query text, most integer DEFAULT 10)
RETURNS TABLE (id text, score real) LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  plain tsquery := websearch_to_tsquery('public.vanban_folded', public.vanban_words(public.vanban_fold(query)));
  wide tsquery := ts_rewrite(plain, format('SELECT phrase, meaning FROM public.{table}_synonyms WHERE %L::tsquery @> phrase', plain::text));
  marked tsquery := websearch_to_tsquery('public.vanban_exact', public.vanban_words(public.vanban_lower(query)));
  key text := public.vanban_symbol_key(query);
BEGIN
  RETURN QUERY
  SELECT a.id, (ts_rank_cd(a.folded, wide, 1) + 2 * ts_rank_cd(a.exact, marked, 1)
    + CASE WHEN a.symbol_key = key THEN 100 ELSE 0 END)::real AS score
  FROM public.{table} AS a
  WHERE a.folded @@ wide OR a.symbol_key = key
  ORDER BY 2 DESC, 1
  LIMIT most;
END $$;"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vietnamese_capital_is_lowered() {
        let (upper, lower) = capitals();
        assert_eq!(upper.chars().count(), lower.chars().count());
        for capital in "ĂÂĐÊÔƠƯÁÀẢÃẠẮẰẲẴẶẤẦẨẪẬÉÈẺẼẸẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÝỲỶỸỴ".chars() {
            let at = upper.chars().position(|c| c == capital);
            let at = at.unwrap_or_else(|| panic!("{capital} is missing"));
            let small = lower.chars().nth(at).expect("as long");
            assert_eq!(small.to_uppercase().to_string(), capital.to_string());
        }
        // Nothing in the lists ends the text that they stand in.
        assert!(!upper.contains(['\'', '$', '\\']));
    }

    #[test]
    fn weights_of_the_table_have_a_length_each() {
        for field in FIELDS.iter().filter(|f| f.role.weight() > 0) {
            let weight = field.role.weight();
            assert!(SEARCHED.iter().any(|(w, _)| *w == weight), "{weight}");
        }
    }
}
