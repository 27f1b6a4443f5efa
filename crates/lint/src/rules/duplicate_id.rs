//! Ids that are taken.

use crate::finding::say;
use crate::pass::Pass;

pub(super) fn check(pass: &Pass<'_>) {
    let file = pass.file;
    let shared: Vec<&str> = pass.shared.figures.iter().map(|figure| figure.id.as_str()).collect();
    let figures: Vec<&str> = file.figures.iter().map(|figure| figure.id.as_str()).collect();
    let clauses: Vec<&str> = file.clauses.iter().map(|clause| clause.id.as_str()).collect();
    unique(pass, "figure", &figures);
    unique(pass, "clause", &clauses);
    unique(pass, "group", &file.groups.iter().map(|group| group.id.as_str()).collect::<Vec<_>>());
    unique(pass, "department", &file.departments.iter().map(|department| department.id.as_str()).collect::<Vec<_>>());
    unique(pass, "place", &file.places.iter().map(|place| place.id.as_str()).collect::<Vec<_>>());
    let groups: Vec<&str> = file.groups.iter().map(|group| group.id.as_str()).collect();
    let departments: Vec<&str> = file.departments.iter().map(|department| department.id.as_str()).collect();
    for (index, id) in clauses.iter().enumerate() {
        if groups.contains(id) || departments.contains(id) {
            taken(pass, &format!("clause.{index}.id"), id);
        }
    }
    for (index, id) in figures.iter().enumerate() {
        if shared.contains(id) {
            pass.report(
                &format!("figure.{index}.id"),
                say!("“{id}”是几份标准共用的数据", "`{id}` is a figure that several standards share"),
                say!("删去这里的声明，直接使用", "remove it here and use the shared one"),
            );
        }
        if clauses.contains(id) && pass.is_implicit(id) {
            pass.report(
                &format!("figure.{index}.id"),
                say!("条款“{id}”自动带有同名的是否数据", "the clause `{id}` makes a yes/no figure of this name"),
                say!("给数据换一个编号，或在条款的规则里写明 figure", "give the figure another id, or name it in the clause's rule"),
            );
        }
    }
    for (path, clause) in pass.clauses() {
        for (index, reading) in clause.readings.iter().enumerate() {
            let id = &reading.id;
            if clause.readings.iter().take(index).any(|other| other.id == *id) {
                taken(pass, &format!("{path}.reading.{index}.id"), id);
            }
        }
    }
}

fn unique(pass: &Pass<'_>, kind: &str, ids: &[&str]) {
    for (index, id) in ids.iter().enumerate() {
        if ids.iter().take(index).any(|other| other == id) {
            taken(pass, &format!("{kind}.{index}.id"), id);
        }
    }
}

fn taken(pass: &Pass<'_>, path: &str, id: &str) {
    pass.report(path, say!("编号“{id}”已有人用", "the id `{id}` is taken"), say!("换一个编号", "choose another id"));
}
