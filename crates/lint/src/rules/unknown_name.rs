//! Groups, departments, levels, contradictions and fixed words that do not exist.

use dabiao_catalog::Applicability;
use dabiao_core::standard::{Firmness, Level};
use dabiao_core::{Operator, Period, Scope, Unit};

use dabiao_catalog::file::RuleRecord;

use crate::finding::say;
use crate::pass::Pass;

pub(super) fn check(pass: &Pass<'_>) {
    let file = pass.file;
    let unknown = |path: &str, kind: (&str, &str), id: &str| {
        let (zh, en) = kind;
        pass.report(
            path,
            say!("没有“{id}”这个{zh}", "there is no {en} `{id}`"),
            say!("检查拼写，或先声明它", "check the spelling, or declare it first"),
        );
    };
    if pass.document.is_none() {
        unknown("document", ("文件", "document"), &file.document);
    }
    if Level::from_id(&file.level).is_none() {
        unknown("level", ("层级", "level"), &file.level);
    }
    let is_group = |id: &str| file.groups.iter().any(|group| group.id == id);
    let is_department = |id: &str| file.departments.iter().any(|department| department.id == id);
    for (index, group) in file.groups.iter().enumerate() {
        let earlier = file.groups.get(..index).unwrap_or_default();
        if let Some(parent) = group.parent.as_deref().filter(|parent| !earlier.iter().any(|group| group.id == **parent)) {
            unknown(&format!("group.{index}.parent"), ("在前面的分组", "earlier group"), parent);
        }
    }
    for (path, figure) in pass.own_figures() {
        if let Some(unit) = figure.unit.as_deref().filter(|id| Unit::from_id(id).is_none()) {
            unknown(&format!("{path}.unit"), ("单位", "unit"), unit);
        }
        if Scope::from_id(&figure.scope).is_none() {
            unknown(&format!("{path}.scope"), ("范围", "scope"), &figure.scope);
        }
        if Period::from_id(&figure.period).is_none() {
            unknown(&format!("{path}.period"), ("时段", "period"), &figure.period);
        }
        if let Some(kind) = figure.kind.as_deref().filter(|kind| *kind != "yes_no") {
            unknown(&format!("{path}.kind"), ("数据种类", "kind of figure"), kind);
        }
        if let Some(holder) = figure.holder.as_deref().filter(|id| !is_department(id)) {
            unknown(&format!("{path}.holder"), ("单位", "department"), holder);
        }
    }
    for (path, clause) in pass.clauses() {
        if !is_group(&clause.group) {
            unknown(&format!("{path}.group"), ("分组", "group"), &clause.group);
        }
        for (index, id) in clause.departments.iter().enumerate().filter(|(_, id)| !is_department(id)) {
            unknown(&format!("{path}.departments.{index}"), ("单位", "department"), id);
        }
        for (index, id) in clause.levels.iter().enumerate().filter(|(_, id)| Level::from_id(id).is_none()) {
            unknown(&format!("{path}.levels.{index}"), ("层级", "level"), id);
        }
        if let Some(id) = clause.firmness.as_deref().filter(|id| Firmness::from_id(id).is_none()) {
            unknown(&format!("{path}.firmness"), ("语气", "firmness"), id);
        }
        if let Some(id) = clause.applicability.as_deref().filter(|id| Applicability::from_id(id).is_none()) {
            unknown(&format!("{path}.applicability"), ("适用方式", "applicability"), id);
        }
        let contradictions = pass.document.map(|document| document.contradictions.as_slice()).unwrap_or_default();
        for (index, id) in clause.contradictions.iter().enumerate() {
            if !contradictions.iter().any(|record| record.id == *id) {
                unknown(&format!("{path}.contradictions.{index}"), ("矛盾", "contradiction"), id);
            }
        }
    }
    for found in pass.rules() {
        let path = found.path;
        match found.rule {
            RuleRecord::Toward { direction, .. } if !["rising", "falling"].contains(&direction.as_str()) => {
                unknown(&format!("{path}.direction"), ("方向", "direction"), direction);
            }
            RuleRecord::External { op, .. } if Operator::from_symbol(op).is_none() => {
                unknown(&format!("{path}.op"), ("比较方式", "operator"), op);
            }
            RuleRecord::Growth(growth) => {
                if !["percent", "percentage_point"].contains(&growth.measure.as_str()) {
                    unknown(&format!("{path}.measure"), ("增长单位", "measure"), &growth.measure);
                }
                if let Some(method) = growth.method.as_deref().filter(|method| !["compound", "simple"].contains(method)) {
                    unknown(&format!("{path}.method"), ("算法", "method"), method);
                }
            }
            _ => {}
        }
    }
}
