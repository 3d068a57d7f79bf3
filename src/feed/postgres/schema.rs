//! The schema: functions that fold, text search configurations, the table
//! with its generated columns and indexes, and the upsert.
//!
//! Nothing depends on the locale of the database, not even `C`.

use crate::feed::fields::{FIELDS, Field, Role};
use crate::feed::synonyms;
use std::fmt::Write;

/// Letters of the weights in a vector, and how many characters of the texts
/// with each are searched; PostgreSQL refuses vectors of more than a megabyte.
const LETTERS: [(char, &[u8], usize); 4] = [
    ('A', &[8], 2_000),
    ('B', &[6, 4], 24_000),
    ('C', &[2], 60_000),
    ('D', &[1], 120_000),
];

/// Characters of which the parser makes more than words: paths, addresses,
/// numbers with a sign; and marks that it takes for letters in a database with
/// the locale C.
const MARKS: &str = "/-._@:~&<+–—…“”‘’«»•\u{a0}\u{200b}";

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
    // What is there unchanged is left out before its vectors are made.
    format!(
        "INSERT INTO public.{table} AS old ({names})
SELECT {names} FROM (SELECT DISTINCT ON (id) * FROM vanban_incoming ORDER BY id, n DESC) AS new
WHERE NOT EXISTS (SELECT FROM public.{table} AS old WHERE old.id = new.id AND ({old}) IS NOT DISTINCT FROM ({new}))
ON CONFLICT (id) DO UPDATE SET {set}",
        old = list("old."),
        new = list("new."),
        set = set.join(", "),
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
    let blanks = " ".repeat(MARKS.chars().count());
    let function = |name: &str, takes: &str, body: &str| {
        format!(
            "CREATE OR REPLACE FUNCTION public.{name}({takes}) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ {body} $$;
"
        )
    };
    // In a database with the locale C, `lower` leaves letters with marks
    // alone; a list of them is right everywhere, and slow.
    let (upper, lower) = capitals();
    let listed = function(
        "vanban_lower",
        "text",
        &format!(
            "SELECT translate(lower(normalize($1, NFC)), '{upper}', '{lower}')"
        ),
    );
    let icu = function(
        "vanban_lower",
        "text",
        "SELECT replace(lower(normalize($1, NFC) COLLATE pg_catalog.\"und-x-icu\"), 'ð', 'đ')",
    );
    let _ = write!(
        out,
        "DO $make$ BEGIN
IF EXISTS (SELECT FROM pg_catalog.pg_collation WHERE collname = 'und-x-icu') THEN
{icu}ELSE
{listed}END IF; END $make$;
"
    );
    // `unaccent` is not immutable, as its rules could change.
    out.push_str(&function(
        "vanban_fold",
        "text",
        "SELECT lower(public.unaccent('public.unaccent'::regdictionary, normalize($1, NFC)))",
    ));
    out.push_str(&function(
        "vanban_words",
        "text",
        &format!("SELECT translate($1, '{MARKS}', '{blanks}')"),
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

/// Vietnamese capital letters with marks, and the small ones.
fn capitals() -> (String, String) {
    const SMALL: &str =
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ";
    let mut lower = SMALL.to_owned();
    let mut upper = lower.to_uppercase();
    // The Icelandic letter that is typed for the Vietnamese one.
    upper.push_str("Ðð");
    lower.push_str("đđ");
    (upper, lower)
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

/// A vector of all texts, each with the letter of its weight.
fn vector(configuration: &str, form: &str) -> String {
    let part = |(letter, weights, most): &(char, &[u8], usize)| {
        let fields = FIELDS
            .iter()
            .filter(|field| weights.contains(&field.role.weight()));
        let texts: Vec<String> = fields
            .map(|Field { name, many, .. }| match many {
                true => format!("coalesce(public.vanban_join(\"{name}\"), '')"),
                false => format!("coalesce(\"{name}\", '')"),
            })
            .collect();
        let texts = texts.join(" || ' ' || ");
        format!(
            "setweight(to_tsvector('public.{configuration}', public.vanban_words(public.{form}(left({texts}, {most})))), '{letter}')"
        )
    };
    LETTERS.iter().map(part).collect::<Vec<_>>().join("\n    || ")
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
SELECT DISTINCT ON (phrase) phrase, phrase || meaning FROM (VALUES"
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
  wide tsquery := ts_rewrite(plain, format('SELECT phrase, meaning FROM public.{table}_synonyms WHERE %L::tsquery @> phrase ORDER BY numnode(phrase) DESC, phrase', plain::text));
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
        assert!(!MARKS.contains(['\'', '$', '\\']));
    }

    #[test]
    fn every_weight_of_the_table_has_a_letter() {
        for field in FIELDS.iter().filter(|f| f.role.weight() > 0) {
            let weight = field.role.weight();
            let letters = LETTERS.iter().filter(|l| l.1.contains(&weight));
            assert_eq!(letters.count(), 1, "{weight}");
        }
    }
}
