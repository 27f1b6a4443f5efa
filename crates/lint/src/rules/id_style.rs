//! Ids in another style than the rest.

use crate::finding::say;
use crate::pass::Pass;

pub(super) fn check(pass: &Pass<'_>) {
    let file = pass.file;
    let own = file.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !own || file.id.is_empty() {
        let id = &file.id;
        pass.report(
            "id",
            say!("标准编号“{id}”不是小写字母、数字和连字符", "the standard's id `{id}` is not of lower-case letters, digits and hyphens"),
            say!("写成 place-scheme-2021 的样子", "write it like place-scheme-2021"),
        );
    }
    let tables = [
        ("figure", file.figures.iter().map(|item| item.id.as_str()).collect::<Vec<_>>()),
        ("clause", file.clauses.iter().map(|item| item.id.as_str()).collect()),
        ("group", file.groups.iter().map(|item| item.id.as_str()).collect()),
        ("department", file.departments.iter().map(|item| item.id.as_str()).collect()),
    ];
    for (path, clause) in pass.clauses() {
        for (index, reading) in clause.readings.iter().enumerate().filter(|(_, reading)| !is_snake_case(&reading.id)) {
            let id = &reading.id;
            pass.report(
                &format!("{path}.reading.{index}.id"),
                say!("编号“{id}”不是小写字母、数字和下划线", "the id `{id}` is not of lower-case letters, digits and underscores"),
                say!("写成 road_area_per_person 的样子", "write it like road_area_per_person"),
            );
        }
    }
    for (kind, ids) in tables {
        for (index, id) in ids.iter().enumerate().filter(|(_, id)| !is_snake_case(id)) {
            pass.report(
                &format!("{kind}.{index}.id"),
                say!("编号“{id}”不是小写字母、数字和下划线", "the id `{id}` is not of lower-case letters, digits and underscores"),
                say!("写成 road_area_per_person 的样子", "write it like road_area_per_person"),
            );
        }
    }
}

fn is_snake_case(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_lowercase()) && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}
