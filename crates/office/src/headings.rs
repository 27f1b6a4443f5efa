//! Tables of people's own: which columns name figures and which hold their values.

use std::collections::BTreeMap;

use dabiao_catalog::Document;
use dabiao_core::FigureIndex;
use dabiao_view::Locale;
use dabiao_view::words::key;

use crate::sheet::Sheet;

/// How many rows with content are searched for headings.
const SEARCHED_ROWS: usize = 30;

const IDS: &[&str] = &["figureid", "figure_id", "id", "指标id", "指标编号", "指标代码", "编号"];
const NAMES: &[&str] = &["指标", "指标名称", "指标项", "名称", "数据项", "figure", "indicator", "name"];
const VALUES: &[&str] = &["填报值", "数值", "指标值", "实际值", "完成值", "现状值", "数据", "值", "answer", "value"];
const UNITS: &[&str] = &["单位", "计量单位", "unit"];
const REMARKS: &[&str] = &["来源、备注", "数据来源", "来源", "备注", "source,remark", "source", "remark"];

/// A table that was recognised; columns from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    /// The row of the headings.
    pub(crate) row: u32,
    /// Ids of figures.
    pub(crate) id: Option<u32>,
    /// Names of figures.
    pub(crate) name: Option<u32>,
    /// Their values.
    pub(crate) value: u32,
    /// Units of the values.
    pub(crate) unit: Option<u32>,
    /// Sources and remarks.
    pub(crate) remark: Option<u32>,
}

/// The table of a sheet, if it has headings that are known.
pub(crate) fn find(sheet: &Sheet) -> Option<Table> {
    sheet.rows().take(SEARCHED_ROWS).find_map(|row| {
        let cells = sheet.cells.range((row, 0)..=(row, u32::MAX));
        let heads: Vec<(String, u32)> = cells.map(|((_, column), cell)| (head(cell.shown()), *column)).collect();
        // The earlier of two headings in a list is the more exact one.
        let column = |words: &[&str]| words.iter().find_map(|word| heads.iter().find(|(head, _)| head == word).map(|(_, column)| *column));
        let (id, name) = (column(IDS), column(NAMES));
        let value = column(VALUES)?;
        (id.is_some() || name.is_some()).then(|| Table { row, id, name, value, unit: column(UNITS), remark: column(REMARKS) })
    })
}

/// Whether a cell is a heading of a template, in either language.
pub(crate) fn is_heading(text: &str) -> bool {
    let words = [key::TEMPLATE_HEAD_ANSWER, key::TEMPLATE_HEAD_ID];
    words.iter().any(|word| [Locale::Zh, Locale::En].iter().any(|locale| locale.word(*word) == text))
}

/// The figures of each name, in both languages and without regard to spaces, width and case.
pub(crate) fn figure_names(document: &Document) -> BTreeMap<String, Vec<FigureIndex>> {
    let mut names: BTreeMap<String, Vec<FigureIndex>> = BTreeMap::new();
    for (index, text) in (0..).map(FigureIndex).zip(&document.figures) {
        for name in [&text.name.zh, &text.name.en] {
            let figures = names.entry(squeezed(name)).or_default();
            if !figures.contains(&index) {
                figures.push(index);
            }
        }
    }
    names.remove("");
    names
}

/// A heading without what stands in brackets behind it, and without marks for fields that must be filled in.
fn head(text: &str) -> String {
    let text = squeezed(text);
    let text = text.trim_matches(['*', ':']);
    match text.find('(') {
        Some(position) if position > 0 => text.get(..position).unwrap_or(text).to_owned(),
        _ => text.to_owned(),
    }
}

/// A text without spaces, in half-width lower case.
pub(crate) fn squeezed(text: &str) -> String {
    let half_width = |character: char| match character {
        '\u{ff01}'..='\u{ff5e}' => u32::from(character).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(character),
        other => other,
    };
    let kept = text.chars().filter(|character| !character.is_whitespace() && !matches!(character, '\u{200b}' | '\u{feff}'));
    kept.map(half_width).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::Cell;

    #[test]
    fn headings_are_found_below_titles_and_in_any_order() {
        for (headings, id, name, value) in [
            (vec!["序号", "指 标", "单位", "数值（必填）"], None, Some(1), 3),
            (vec!["Value", "Figure"], None, Some(1), 0),
            (vec!["指标名称*", "填报值："], None, Some(0), 1),
            (vec!["figure_id", "名称", "值", "备注"], Some(0), Some(1), 2),
        ] {
            let mut sheet = Sheet::default();
            sheet.cells.insert((0, 0), Cell::Text("某镇数据".into()));
            for (column, heading) in (0_u32..).zip(&headings) {
                sheet.cells.insert((2, column), Cell::Text((*heading).into()));
            }
            let table = find(&sheet).unwrap_or_else(|| panic!("{headings:?}"));
            assert_eq!((table.row, table.id, table.name, table.value), (2, id, name, value), "{headings:?}");
        }
        assert_eq!(find(&Sheet::default()), None);
    }
}
