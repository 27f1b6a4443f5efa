//! Title, overall result and the table by group.

use dabiao_catalog::builtin;
use dabiao_core::{GroupIndex, Tally, Verdict};
use dabiao_view::Locale;
use dabiao_view::card::level_word;
use dabiao_view::rule_text::verdict_word;
use dabiao_view::summary::{range, summary};
use dabiao_view::words::key;

use super::description::{Block, Column, Row, Table};
use super::material::Material;

/// The verdicts that a table of totals has columns for.
const COUNTED: [Verdict; 4] = [Verdict::Met, Verdict::NotMet, Verdict::Unknown, Verdict::NotApplicable];

/// The figure that holds the assessed year.
const ASSESSMENT_YEAR: &str = "assessment_year";

/// A line of a title holds twenty Chinese characters.
const HALVES_OF_TITLE_LINE: u32 = 40;
/// Its last word begins so many characters before the last one, which is a mark.
const LAST_WORD_OF_TITLE: usize = 4;

/// The title in lines that make sense by themselves: whose report, by which document, and what it is.
pub(super) fn title(material: &Material<'_>) -> String {
    let standard = material.locale.fill(key::REPORT_TITLE, &[("standard", short_title(material))]);
    let standard = if material.locale == Locale::Zh { broken_title(&standard) } else { standard };
    let place = Some(material.draft.title.trim()).filter(|place| !place.is_empty());
    let lines = place.into_iter().chain([standard.as_str(), material.locale.word(key::REPORT_TITLE_KIND)]);
    lines.collect::<Vec<&str>>().join("\n")
}

/// A title that is a little too long for a line breaks before its last word and not before its last
/// character. The names of plans end in a word of four characters: 实施方案, 重点任务.
fn broken_title(title: &str) -> String {
    let halves = |text: &str| text.chars().map(|character| if character.is_ascii() { 1_u32 } else { 2 }).fold(0, u32::saturating_add);
    let last_word = title.char_indices().rev().nth(LAST_WORD_OF_TITLE).map(|(position, _)| position);
    match last_word.and_then(|position| title.split_at_checked(position)) {
        Some((before, word)) if halves(title) > HALVES_OF_TITLE_LINE && halves(before) <= HALVES_OF_TITLE_LINE => {
            format!("{before}\n{word}")
        }
        _ => title.to_owned(),
    }
}

/// The name of the plan itself. A Chinese notice prints it in book title marks inside its own title:
/// 关于印发《…工作方案》的通知.
fn short_title<'a>(material: &Material<'a>) -> &'a str {
    let source = &material.document.source;
    match material.locale {
        Locale::En => &source.en,
        Locale::Zh => source.title.split_once('《').and_then(|(_, rest)| rest.rsplit_once('》')).map_or(&source.title, |(inner, _)| inner),
    }
}

/// Says of an example that it is one, and of an invented one that it is invented.
pub(super) fn banner(material: &Material<'_>) -> Option<Block> {
    let id = material.draft.sample.as_deref()?;
    let sample = builtin::ENTRIES.iter().flat_map(|entry| entry.samples).find(|sample| sample.id == id)?;
    let word = if sample.real { key::REPORT_SAMPLE_REAL } else { key::BANNER_INVENTED };
    Some(Block::Note(material.locale.word(word).to_owned()))
}

/// How it came out as a whole, and by what it was judged.
pub(super) fn overall(material: &Material<'_>) -> Vec<Block> {
    let locale = material.locale;
    vec![
        Block::Paragraph(basis(material)),
        Block::Paragraph(totals(material)),
        Block::Paragraph(locale.word(key::REPORT_OURS).to_owned()),
        Block::Paragraph(locale.word(key::ABOUT_NO_POINTS).to_owned()),
    ]
}

fn basis(material: &Material<'_>) -> String {
    let (locale, source) = (material.locale, &material.document.source);
    let who = Some(material.draft.title.trim()).filter(|title| !title.is_empty());
    let number = Some(source.number.as_str()).filter(|number| !number.is_empty());
    // A title in title marks: the marks inside it become single ones, as print does.
    let title = match locale {
        Locale::Zh => source.title.replace('《', "〈").replace('》', "〉"),
        Locale::En => source.en.clone(),
    };
    let date = match &source.date_note {
        Some(note) => {
            let note = locale.text(note).trim_end_matches(['。', '.']);
            locale.fill(key::DATE_WITH_NOTE, &[("date", &date_text(locale, &source.date)), ("note", note)])
        }
        None => date_text(locale, &source.date),
    };
    let mut sentences = vec![locale.fill(
        key::REPORT_BASIS,
        &[
            ("who", who.unwrap_or(locale.word(key::REPORT_WHO_BLANK))),
            ("title", &title),
            ("number", number.unwrap_or(locale.word(key::REPORT_NUMBER_NONE))),
            ("issuer", &source.issuer),
            ("date", &date),
        ],
    )];
    if material.document.standard.levels().iter().count() > 1 {
        let level = locale.word(level_word(material.draft.level));
        sentences.push(locale.fill(key::REPORT_LEVEL, &[("level", level)]));
    }
    let year = material.document.standard.find_figure(ASSESSMENT_YEAR).and_then(|figure| material.report().known().number(figure));
    sentences.extend(year.map(|year| locale.fill(key::REPORT_YEAR, &[("year", &year.to_string())])));
    join(locale, &sentences)
}

fn totals(material: &Material<'_>) -> String {
    let (locale, total) = (material.locale, material.report().total);
    let words = summary(locale, total);
    let shown = |count: u32| count.to_string();
    let (met, unknown) = (shown(total.met), shown(total.unknown));
    let mut sentences = vec![locale.fill(
        key::REPORT_COUNT,
        &[
            ("applicable", &shown(total.applicable())),
            ("met", &met),
            ("not_met", &shown(total.not_met)),
            ("unknown", &unknown),
            ("not_applicable", &shown(total.not_applicable)),
        ],
    )];
    sentences.push(match (total.applicable(), total.unknown) {
        (0, _) => locale.word(key::REPORT_RATE_NONE).to_owned(),
        (_, 0) => locale.fill(key::REPORT_RATE_KNOWN, &[("range", &words.range)]),
        _ => locale.fill(key::REPORT_RATE_RANGE, &[("range", &words.range), ("unknown", &unknown), ("known", &words.known)]),
    });
    if total.met > 0 {
        let evidenced = material.with_verdict(Verdict::Met).filter(|clause| material.draft.clause(clause.index).is_evidenced()).count();
        sentences.push(locale.fill(key::REPORT_EVIDENCED, &[("met", &met), ("count", &evidenced.to_string())]));
    }
    if total.not_judged > 0 {
        sentences.push(locale.fill(key::REPORT_NOT_JUDGED, &[("count", &shown(total.not_judged))]));
    }
    join(locale, &sentences)
}

/// The date of a document, from `2021-12-20` or the year alone, without zeros in front.
fn date_text(locale: Locale, date: &str) -> String {
    let mut parts = date.split('-').map(|part| part.parse::<u32>().ok().map(|number| number.to_string()));
    match (parts.next().flatten(), parts.next().flatten(), parts.next().flatten()) {
        (Some(year), Some(month), Some(day)) if locale == Locale::Zh => {
            locale.fill(key::REPORT_DATE, &[("year", &year), ("month", &month), ("day", &day)])
        }
        (Some(year), None, None) => locale.fill(key::REPORT_DATE_YEAR, &[("year", &year)]),
        _ => date.to_owned(),
    }
}

/// Sentences after one another; Chinese ones carry their distance in the full stop.
pub(super) fn join(locale: Locale, sentences: &[String]) -> String {
    sentences.join(match locale {
        Locale::Zh => "",
        Locale::En => " ",
    })
}

/// How every group came out.
pub(super) fn groups(material: &Material<'_>) -> Vec<Block> {
    let locale = material.locale;
    let mut columns = vec![Column::text(locale.word(key::HEAD_GROUP), 46)];
    columns.extend(COUNTED.map(|verdict| Column::short(locale.word(verdict_word(verdict)), 21)));
    columns.push(Column::short(locale.word(key::REPORT_HEAD_RATE), 26));
    let mut table = Table::new(locale.word(key::REPORT_SECTION_GROUPS), columns);
    let tallies = material.groups.iter().filter_map(|group| Some((*group, material.report().groups.get(group.0 as usize).copied()?)));
    // A group that only other levels answer has nothing to count.
    let shown: Vec<(GroupIndex, Tally)> = tallies.filter(|(_, tally)| tally.applicable() > 0 || tally.not_applicable > 0).collect();
    table.rows = shown.iter().map(|(group, tally)| Row::Cells(counts(&material.group_name(*group), *tally))).collect();
    table.rows.push(Row::Total(counts(locale.word(key::REPORT_TOTAL), material.report().total)));
    let mut blocks = vec![Block::Table(table)];
    let is_ours = |group: &GroupIndex| material.document.groups.get(group.0 as usize).is_some_and(|text| text.ours);
    let mut notes = Vec::new();
    if shown.iter().any(|(group, _)| is_ours(group)) {
        notes.push(locale.word(key::REPORT_GROUPS_NOTE).to_owned());
    }
    if material.report().total.unknown > 0 {
        notes.push(locale.word(key::REPORT_GROUPS_RANGE).to_owned());
    }
    if !notes.is_empty() {
        blocks.push(Block::Note(join(locale, &notes)));
    }
    blocks
}

fn counts(name: &str, tally: Tally) -> Vec<String> {
    let mut cells = vec![name.to_owned()];
    cells.extend(COUNTED.map(|verdict| tally.count(verdict).to_string()));
    cells.push(range(tally));
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_title_keeps_its_last_word_together() {
        assert_eq!(broken_title("《渠县省级县城新型城镇化建设试点实施方案》"), "《渠县省级县城新型城镇化建设试点\n实施方案》");
        for fits_or_is_hopeless in ["《渠县创建“省级百强中心镇”工作方案》", "", "案》", &"长".repeat(60)] {
            assert_eq!(broken_title(fits_or_is_hopeless), fits_or_is_hopeless);
        }
    }

    #[test]
    fn dates_are_written_as_in_an_official_paper() {
        assert_eq!(date_text(Locale::Zh, "2021-12-01"), "2021年12月1日");
        assert_eq!(date_text(Locale::Zh, "2024"), "2024年");
        assert_eq!(date_text(Locale::En, "2021-12-01"), "2021-12-01");
        assert_eq!(date_text(Locale::Zh, "不详"), "不详");
    }
}
