//! Figures and departments of the same name.

use dabiao_catalog::Text;

use crate::finding::say;
use crate::pass::Pass;

pub(super) fn check(pass: &Pass<'_>) {
    let figures: Vec<&Text> = pass.file.figures.iter().map(|figure| &figure.name).collect();
    let departments: Vec<&Text> = pass.file.departments.iter().map(|department| &department.name).collect();
    for (kind, names) in [("figure", figures), ("department", departments)] {
        for (index, name) in names.iter().enumerate() {
            let earlier = names.iter().take(index);
            let field = if earlier.clone().any(|other| other.zh == name.zh) {
                "zh"
            } else if earlier.clone().any(|other| other.en == name.en) {
                "en"
            } else {
                continue;
            };
            let name = if field == "zh" { &name.zh } else { &name.en };
            pass.report(
                &format!("{kind}.{index}.{field}"),
                say!("“{name}”已有人用", "the name “{name}” is taken"),
                say!("把范围、年份或口径写进名称", "put the area, the year or the definition into the name"),
            );
        }
    }
}
