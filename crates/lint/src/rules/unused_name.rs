//! Groups and departments that no clause uses.

use crate::finding::say;
use crate::pass::Pass;

pub(super) fn check(pass: &Pass<'_>) {
    let file = pass.file;
    for (index, group) in file.groups.iter().enumerate() {
        let id = &group.id;
        let is_used = file.clauses.iter().any(|clause| clause.group == *id) || file.groups.iter().any(|other| other.parent.as_ref() == Some(id));
        if !is_used {
            pass.report(
                &format!("group.{index}.id"),
                say!("分组“{id}”下没有条款", "no clause stands under the group `{id}`"),
                say!("补上条款，或删去分组", "add its clauses, or remove the group"),
            );
        }
    }
    for (index, department) in file.departments.iter().enumerate() {
        let id = &department.id;
        let is_used = file.clauses.iter().any(|clause| clause.departments.contains(id))
            || file.figures.iter().any(|figure| figure.holder.as_ref() == Some(id));
        if !is_used {
            pass.report(
                &format!("department.{index}.id"),
                say!("没有条款由“{id}”负责", "no clause names the department `{id}`"),
                say!("补上责任单位，或删去它", "name it where it is responsible, or remove it"),
            );
        }
    }
}
